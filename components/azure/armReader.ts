import { get } from "node:https";
import type { IncomingMessage } from "node:http";
import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken";
import type * as pulumi from "@pulumi/pulumi";
import { at } from "../values/shape";

/** Clouds whose token audience differs from the address of Azure Resource Manager. */
const ADDRESSES: Readonly<Record<string, string>> = {
  "management.core.windows.net": "management.azure.com",
  "management.core.usgovcloudapi.net": "management.usgovcloudapi.net",
  "management.core.chinacloudapi.cn": "management.chinacloudapi.cn",
};
const TIMEOUT_MS = 10_000;

/** Reads what azure-native has no function for. Paths start with a slash and include the API version. */
export interface ArmReader {
  /** @returns undefined when Azure has none. @throws Error when Azure does not answer it */
  get(path: string): Promise<unknown>;
  /** All pages. @throws Error when Azure does not answer it */
  list(path: string): Promise<readonly unknown[]>;
}

/** A reader of one subscription. */
export interface SubscriptionReader {
  readonly subscriptionId: string;
  /** @param path - below the subscription. @throws Error when Azure does not answer it */
  list(path: string): Promise<readonly unknown[]>;
}

/** A reader with the credentials of the component's own provider. */
export async function armReader(component: pulumi.ComponentResource): Promise<SubscriptionReader> {
  const parent = { parent: component };
  const [{ token }, { subscriptionId }] = await Promise.all([getClientToken({}, parent), getClientConfig(parent)]);
  const arm = armReaderWith(token);
  return { subscriptionId, list: (path) => arm.list(`/subscriptions/${subscriptionId}/${path}`) };
}

/**
 * A reader with a token. The token's audience tells which cloud the provider is configured for; the token is sent only
 * there.
 *
 * @throws Error when the token has no known audience
 */
export function armReaderWith(token: string): ArmReader {
  const origin = armOrigin(token);
  const read = (path: string): Promise<unknown> => readPage(new URL(path, origin), origin, token);
  return {
    get: (path) =>
      read(path).catch((error: unknown) => {
        if (error instanceof RefusedRead && error.status === 404) return undefined;
        throw error;
      }),
    list: async (path) => {
      const found: unknown[] = [];
      let next: unknown = path;
      while (typeof next === "string" && next !== "") {
        const page = await read(next);
        found.push(...valuesOf(page));
        next = at(page, ["nextLink"]);
      }
      return found;
    },
  };
}

/**
 * The address of Azure Resource Manager that an access token is for.
 *
 * @throws Error when the token has no known audience
 */
export function armOrigin(token: string): string {
  const audience = at(claimsOf(token), ["aud"]);
  if (typeof audience !== "string" || !URL.canParse(audience)) throw new Error("the token names no address");
  const url = new URL(audience);
  if (url.protocol !== "https:") throw new Error("the token names no address");
  return `https://${ADDRESSES[url.host] ?? url.host}`;
}

function claimsOf(token: string): unknown {
  const [, payload = ""] = token.split(".");
  return parsed(Buffer.from(payload, "base64url").toString("utf8"));
}

/** Undefined when it is not JSON, such as a proxy's error page. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

class RefusedRead extends Error {
  constructor(
    readonly status: number,
    code: unknown,
  ) {
    super(`Azure answers ${status}${typeof code === "string" ? ` ${code}` : ""}`);
  }
}

async function readPage(url: URL, origin: string, token: string): Promise<unknown> {
  if (url.origin !== origin) throw new Error(`${url.origin} is not Azure Resource Manager`);
  const response = await send(url, token);
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  const body = parsed(Buffer.concat(chunks).toString("utf8"));
  if (response.statusCode === 200) return body;
  const code = at(body, ["error", "code"]);
  throw new RefusedRead(response.statusCode ?? 0, code);
}

function send(url: URL, token: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` };
    const request = get(url, { headers, timeout: TIMEOUT_MS }, resolve);
    request.once("timeout", () => request.destroy(new Error(`no answer in ${TIMEOUT_MS / 1000} s`)));
    request.once("error", reject);
  });
}

function valuesOf(page: unknown): readonly unknown[] {
  const value = at(page, ["value"]);
  return Array.isArray(value) ? value : [];
}
