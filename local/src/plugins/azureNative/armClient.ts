import { setTimeout as sleep } from "node:timers/promises";
import { isValues, text as textOf } from "../values";
import type { Values } from "../values";

export interface ArmReply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Values | undefined;
}

/** A request that Azure refused, in the words of azure-native. */
export class ArmFailure extends Error {
  constructor(
    readonly status: number,
    error: Values,
  ) {
    const details = error["details"] === undefined ? "" : ` Details=${JSON.stringify(error["details"])}`;
    super(`Status=${status} Code="${String(error["code"])}" Message="${String(error["message"])}"${details}`);
  }
}

interface Endpoints {
  readonly resourceManager: string;
  readonly login: string;
}

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);
const RETRIED = new Set([408, 429, 500, 502, 503, 504]);
const MAX_TRIES = 4;
const FIRST_POLL_MS = 20;
const LAST_POLL_MS = 1000;

/** Speaks to Azure Resource Manager on this machine, and to nothing else. */
export class ArmClient {
  private config: Readonly<Record<string, string>> = {};
  private endpoints: Promise<Endpoints> | undefined;
  /** By scope. */
  private readonly tokens = new Map<string, { readonly value: string; readonly expires: number }>();

  configure(config: Readonly<Record<string, string>>): void {
    this.config = config;
  }

  get subscriptionId(): string {
    return this.setting("subscriptionId", "ARM_SUBSCRIPTION_ID");
  }

  get location(): string | undefined {
    return this.config["location"] ?? process.env["ARM_LOCATION"];
  }

  async clientConfig(): Promise<Values> {
    const { subscriptionId } = this;
    const { resourceManager } = await this.discover();
    return {
      clientId: this.setting("clientId", "ARM_CLIENT_ID"),
      tenantId: this.setting("tenantId", "ARM_TENANT_ID"),
      objectId: objectIdOf(await this.accessToken(`${resourceManager}/.default`)),
      subscriptionId,
    };
  }

  /** A token for an endpoint, Azure Resource Manager by default. */
  async clientToken(endpoint: unknown): Promise<string> {
    const { resourceManager } = await this.discover();
    const audience = typeof endpoint === "string" && endpoint !== "" ? endpoint : resourceManager;
    return this.accessToken(`${audience.replace(/\/$/, "")}/.default`);
  }

  /** Answers any status; use {@link must} for those that have to succeed. @param otherScope what the token is for, else Azure Resource Manager */
  async send(
    method: string,
    pathOrUrl: string,
    apiVersion: string,
    body?: Values,
    otherScope?: string,
  ): Promise<ArmReply> {
    const { resourceManager } = await this.discover();
    const scope = otherScope ?? `${resourceManager}/.default`;
    const url = pathOrUrl.startsWith("http") ? pathOrUrl : `${resourceManager}${pathOrUrl}?api-version=${apiVersion}`;
    requireLoopback(url);
    for (let tries = 1; ; tries += 1) {
      const response = await attempt(tries, method, url, {
        method,
        headers: { authorization: `Bearer ${await this.accessToken(scope)}`, "content-type": "application/json" },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      if (response === undefined) continue;
      const reply = { status: response.status, headers: response.headers, body: parse(await response.text()) };
      if (tries === MAX_TRIES || !isTransient(reply)) return reply;
      await sleep(Number(response.headers.get("retry-after") ?? 1) * 1000);
    }
  }

  async must(method: string, pathOrUrl: string, apiVersion: string, body?: Values): Promise<ArmReply> {
    const reply = await this.send(method, pathOrUrl, apiVersion, body);
    if (reply.status >= 400) throw failureOf(reply);
    return reply;
  }

  /** Waits until a write or delete has ended; throws what the operation failed with. */
  async settle(reply: ArmReply): Promise<void> {
    const operation = reply.headers.get("azure-asyncoperation");
    const location = reply.status === 202 ? reply.headers.get("location") : null;
    if (operation !== null) await this.pollOperation(operation);
    else if (location !== null) await this.pollLocation(location);
  }

  private async pollOperation(url: string): Promise<void> {
    for (let wait = FIRST_POLL_MS; ; wait = nextWait(wait)) {
      const { status, headers, body } = await this.must("GET", url, "");
      const state = body?.["status"] ?? "Succeeded";
      if (state === "Succeeded") return;
      if (state === "Failed" || state === "Canceled") {
        const error = body?.["error"];
        throw new ArmFailure(
          status,
          isValues(error) ? error : { code: state, message: "the operation gave no reason" },
        );
      }
      await sleep(retryAfterMs(headers) ?? wait);
    }
  }

  private async pollLocation(url: string): Promise<void> {
    for (let wait = FIRST_POLL_MS; ; wait = nextWait(wait)) {
      const reply = await this.must("GET", url, "");
      if (reply.status !== 202) return;
      await sleep(retryAfterMs(reply.headers) ?? wait);
    }
  }

  private discover(): Promise<Endpoints> {
    this.endpoints ??= this.readMetadata();
    return this.endpoints;
  }

  private async readMetadata(): Promise<Endpoints> {
    const host = this.config["metadataHost"] ?? process.env["ARM_METADATA_HOSTNAME"];
    if (host === undefined || host === "") {
      throw new Error(
        "the stand-in for azure-native reaches a local Azure ML only; set ARM_METADATA_HOSTNAME, or install the azure-native plugin for Azure itself",
      );
    }
    const base = host.includes("://") ? host : `https://${host}`;
    requireLoopback(base);
    const response = await fetch(`${base}/metadata/endpoints?api-version=2022-09-01`);
    const metadata = parse(await response.text()) ?? {};
    const authentication = isValues(metadata["authentication"]) ? metadata["authentication"] : {};
    const endpoints = {
      resourceManager: String(metadata["resourceManager"]),
      login: String(authentication["loginEndpoint"]),
    };
    requireLoopback(endpoints.resourceManager);
    requireLoopback(endpoints.login);
    return endpoints;
  }

  private async accessToken(scope: string): Promise<string> {
    const known = this.tokens.get(scope);
    if (known !== undefined && known.expires > Date.now()) return known.value;
    const { login } = await this.discover();
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.setting("clientId", "ARM_CLIENT_ID"),
      client_secret: this.setting("clientSecret", "ARM_CLIENT_SECRET"),
      scope,
    });
    const tenant = this.setting("tenantId", "ARM_TENANT_ID");
    const response = await fetch(`${login}/${tenant}/oauth2/v2.0/token`, { method: "POST", body: form });
    const body = parse(await response.text()) ?? {};
    if (!response.ok) throw new Error(`no token from ${login}: ${String(body["error_description"])}`);
    const value = String(body["access_token"]);
    this.tokens.set(scope, { value, expires: Date.now() + (Number(body["expires_in"]) - 300) * 1000 });
    return value;
  }

  private setting(name: string, variable: string): string {
    const value = this.config[name] ?? process.env[variable];
    if (value !== undefined && value !== "") return value;
    throw new Error(`azure-native:${name} is not set; set it in the stack's config or as ${variable}`);
  }
}

/** Refuses any host but this machine, before a request is sent. */
export function requireLoopback(url: string): void {
  const { hostname, protocol } = new URL(url);
  if (LOOPBACK.has(hostname) && protocol === "https:") return;
  throw new Error(
    `the stand-in for azure-native refuses ${hostname}: it reaches a local Azure ML over https on this machine only`,
  );
}

export function failureOf({ status, body }: ArmReply): ArmFailure {
  const error = body?.["error"];
  return new ArmFailure(status, isValues(error) ? error : { code: String(status), message: "no reason given" });
}

/** What azure-native tries again: throttling, server errors, and a conflict only when it says why. */
function isTransient({ status, body }: ArmReply): boolean {
  const error = body?.["error"];
  return RETRIED.has(status) || (status === 409 && isValues(error) && error["code"] === "AnotherOperationInProgress");
}

/** The object id in an access token. */
function objectIdOf(token: string): string {
  const [, payload = ""] = token.split(".");
  return textOf(parse(Buffer.from(payload, "base64url").toString("utf8"))?.["oid"]);
}

/** Sends a request; a connection that broke is tried again like a server error, and then told as Go does. */
async function attempt(tries: number, method: string, url: string, init: RequestInit): Promise<Response | undefined> {
  try {
    return await fetch(url, init);
  } catch {
    if (tries === MAX_TRIES) throw new Error(`${method} "${url.split("?")[0] ?? ""}": EOF`);
    await sleep(1000);
    return undefined;
  }
}

function nextWait(wait: number): number {
  return Math.min(wait * 1.5, LAST_POLL_MS);
}

function retryAfterMs(headers: Headers): number | undefined {
  const value = headers.get("retry-after");
  return value === null ? undefined : Number(value) * 1000;
}

function parse(text: string): Values | undefined {
  if (text === "") return undefined;
  const value: unknown = JSON.parse(text);
  return isValues(value) ? value : undefined;
}
