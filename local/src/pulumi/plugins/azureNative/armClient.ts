import { STATUS_CODES } from "node:http";
import { isValues, text as textOf } from "../values";
import type { Values } from "../values";
import { ArmLogin } from "./armLogin";
import { isRefused, requireLoopback, unreachable } from "./loopback";
import { wantedPace } from "./pace";
import type { Fetch, HttpRequest, Surroundings } from "./surroundings";
import type { Pace } from "./pace";

const RETRIED = new Set([408, 429, 500, 502, 503, 504]);

/** Speaks to Azure Resource Manager on this machine, and to nothing else. */
export class ArmClient {
  readonly login: ArmLogin;
  private readonly pace: Pace;
  private readonly fetch: Fetch;

  constructor({
    env = process.env,
    pace = wantedPace(env),
    fetch: ownFetch = (url, init) => fetch(url, init),
  }: Surroundings = {}) {
    [this.pace, this.fetch] = [pace, ownFetch];
    this.login = new ArmLogin(env, ownFetch);
  }

  get subscriptionId(): string {
    return this.login.subscriptionId;
  }

  /** Answers any status; use {@link sendOrThrow} for those that have to succeed. @param scope what the token is for, else Azure Resource Manager */
  async send(method: string, pathOrUrl: string, apiVersion: string, body?: Values, scope?: string): Promise<ArmReply> {
    const url = pathOrUrl.startsWith("http")
      ? pathOrUrl
      : `${await this.login.resourceManager()}${pathOrUrl}?api-version=${apiVersion}`;
    requireLoopback(url);
    const headers = { authorization: `Bearer ${await this.login.token(scope)}`, "content-type": "application/json" };
    const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
    for (const pause of this.pace.retries) {
      const reply = await this.attempt(url, init).catch((error: unknown) => error);
      const wait = this.pauseBeforeRetry(reply, pause);
      if (wait === undefined) return reply as ArmReply;
      await this.pace.wait(wait);
    }
    return this.attempt(url, init).catch((error: unknown) => {
      throw brokenOff(url, method, error);
    });
  }

  async sendOrThrow(method: string, pathOrUrl: string, apiVersion: string, body?: Values): Promise<ArmReply> {
    const reply = await this.send(method, pathOrUrl, apiVersion, body);
    if (reply.status >= 400) throw new ArmFailure(reply);
    return reply;
  }

  /** Waits until a write or delete has ended, and says whether there was something to wait for. @throws what it failed with */
  async waitForOperation(reply: ArmReply): Promise<boolean> {
    const operation = reply.headers.get("azure-asyncoperation");
    const url = operation ?? (reply.status === 202 ? reply.headers.get("location") : null);
    if (url === null) return false;
    const asked = retryAfterMs(reply.headers);
    if (asked !== undefined) await this.pace.wait(asked);
    for (let looks = 1; ; looks += 1) {
      const look = await this.sendOrThrow("GET", url, "");
      if (isOver(look, operation !== null)) return true;
      await this.pace.wait(retryAfterMs(look.headers) ?? this.pace.poll(reply.method, looks));
    }
  }

  /** How long to wait before the next try; undefined when there is to be none. */
  private pauseBeforeRetry(reply: unknown, pause: number): number | undefined {
    if (reply instanceof Error) return pause;
    const { headers } = reply as ArmReply;
    if (!isTransient(reply as ArmReply)) return undefined;
    const asked = retryAfterMs(headers) ?? pause;
    return asked > this.pace.longestRetry ? undefined : asked;
  }

  private async attempt(url: string, init: HttpRequest): Promise<ArmReply> {
    const response = await this.fetch(url, init);
    const text = await response.text();
    return { method: init.method, url, status: response.status, headers: response.headers, text, body: parsed(text) };
  }
}

/** Whether an operation is over. @param hasState - whether its state stands in the body, and not in the status */
function isOver(look: ArmReply, hasState: boolean): boolean {
  if (!hasState) return look.status !== 202;
  const state = look.body?.["status"] ?? "Succeeded";
  if (state === "Failed" || state === "Canceled") throw new ArmFailure(look);
  return state === "Succeeded";
}

/** What azure-native tries again: throttling, server errors, and a conflict only when it says why. */
function isTransient({ status, body }: ArmReply): boolean {
  const error = body?.["error"];
  return RETRIED.has(status) || (status === 409 && isValues(error) && error["code"] === "AnotherOperationInProgress");
}

/** A connection that broke at every try, as Go tells it. */
function brokenOff(url: string, method: string, error: unknown): Error {
  if (isRefused(error)) return unreachable(url, error);
  return new Error(`${method[0] ?? ""}${method.slice(1).toLowerCase()} "${url}": EOF`);
}

function retryAfterMs(headers: Headers): number | undefined {
  const seconds = Number(headers.get("retry-after"));
  return seconds > 0 ? seconds * 1000 : undefined;
}

function parsed(text: string): Values | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isValues(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

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
