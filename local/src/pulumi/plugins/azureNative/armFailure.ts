import { STATUS_CODES } from "node:http";
import { isValues, text as textOf } from "../values";
import type { Values } from "../values";

export interface ArmReply {
  readonly method: string;
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  /** As it was sent. */
  readonly text: string;
  /** Undefined when it is no JSON object. */
  readonly body: Values | undefined;
}

const RULE = "-".repeat(80);

/**
 * A request that Azure refused, in the words of azure-native: it tells status, code and message, without quoting them, and
 * drops the details. Of a reply that is no JSON it shows what the Azure SDK for Go shows.
 */
export class ArmFailure extends Error {
  readonly status: number;

  constructor({ method, url, status, headers, text, body }: ArmReply) {
    const error = isValues(body?.["error"]) ? body["error"] : undefined;
    const code = headers.get("x-ms-error-code") ?? textOf(error?.["code"] ?? body?.["code"]);
    const message = typeof error?.["message"] === "string" ? error["message"] : text;
    const shown = [`Status=${status}`, ...(code === "" ? [] : [`Code="${code}"`]), `Message="${message}"`].join(" ");
    super(body === undefined ? responseText(`${method} ${withoutQuery(url)}`, status, text) : shown);
    this.status = status;
  }
}

function responseText(request: string, status: number, text: string): string {
  const body = text === "" ? "Response contained no body" : text;
  const response = `RESPONSE ${status}: ${status} ${STATUS_CODES[status] ?? ""}`;
  return [request, RULE, response, "ERROR CODE UNAVAILABLE", RULE, body, RULE, ""].join("\n");
}

function withoutQuery(url: string): string {
  return url.split("?")[0] ?? url;
}
