import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import { apiVersionOf } from "./apiVersion";
import type { LocalAzure, TraceEntry } from "azure-mlflow-rollout-local";

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** Parsed if JSON, else text. */
  readonly body: unknown;
}

export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent unchanged if text, else as JSON. */
  readonly body?: unknown;
}

export const API_VERSION = "2025-12-01";
const ENDED = new Set<unknown>(["Succeeded", "Failed", "Canceled"]);

/** A local Azure in this process and a client that speaks HTTPS to it. */
export class AzureClient {
  private readonly agent: Agent;
  private armToken: string | undefined;

  constructor(readonly azure: LocalAzure) {
    this.agent = new Agent({ ca: readFileSync(azure.ca), keepAlive: true });
  }

  async close(): Promise<void> {
    this.agent.destroy();
    await this.azure.close();
  }

  /** Sends a request unchanged, to a path or URL of the server. */
  send(method: string, path: string, { headers = {}, body }: Sent = {}): Promise<Answer> {
    const payload = body === undefined || typeof body === "string" ? body : JSON.stringify(body);
    const url = new URL(path, this.azure.url);
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent: this.agent, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.once("error", reject);
        response.once("end", () => {
          const text = Buffer.concat(chunks).toString("utf8");
          const isJson = text !== "" && /json/.test(response.headers["content-type"] ?? "");
          const parsed: unknown = isJson ? JSON.parse(text) : text;
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: parsed });
        });
      });
      sent.once("error", (error: NodeJS.ErrnoException) => {
        // The server may close an idle connection just as it is reused; faults never affect the control interface.
        const repeatable = sent.reusedSocket && error.code === "ECONNRESET" && path.startsWith("/_local/");
        if (repeatable) resolve(this.send(method, path, { headers, body }));
        else reject(error);
      });
      sent.end(payload);
    });
  }

  /** Requests a token as an application does. */
  requestToken(form: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { tenantId, clientId, clientSecret, url } = this.azure;
    const defaults = {
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
      scope: `${url}/.default`,
    };
    return this.send("POST", `/${tenantId}/oauth2/v2.0/token`, {
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: new URLSearchParams({ ...defaults, ...form }).toString(),
    });
  }

  async token(scope?: string): Promise<string> {
    return textAt((await this.requestToken(scope === undefined ? {} : { scope })).body, "access_token");
  }

  /** A request to Azure Resource Manager: an address, an id, or a path below the subscription. */
  async arm(method: string, path: string, body?: unknown): Promise<Answer> {
    this.armToken ??= await this.token();
    const full = /^(https:|\/)/.test(path) ? path : `/subscriptions/${this.azure.subscriptionId}/${path}`;
    const versioned = full.includes("api-version=")
      ? full
      : `${full}${full.includes("?") ? "&" : "?"}api-version=${apiVersionOf(full.replace(/^https:\/\/[^/]+|\?.*$/g, ""))}`;
    const headers = { authorization: `Bearer ${this.armToken}`, "content-type": "application/json" };
    return this.send(method, versioned, { headers, ...(body !== undefined && { body }) });
  }

  /** Sends a request and waits for the operation that it starts; returns its last answer. */
  async operate(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.finish(await this.arm(method, path, body));
  }

  /** Advances the clock until the operation of an answer has ended. */
  async finish(answer: Answer): Promise<Answer> {
    const url = answer.headers["azure-asyncoperation"] ?? answer.headers.location;
    if (typeof url !== "string") return answer;
    for (;;) {
      const poll = await this.arm("GET", url);
      const status = valueAt(poll.body, "status");
      if (poll.status !== 202 && (status === undefined || ENDED.has(status))) return poll;
      await this.advance(60);
    }
  }

  async advance(seconds: number): Promise<void> {
    await this.clock({ advanceSeconds: seconds });
  }

  clock(body: unknown): Promise<Answer> {
    return this.send("POST", "/_local/clock", { body });
  }

  /** The resources whose type ends with the given text. */
  async resources(type = ""): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { body } = await this.send("GET", "/_local/state");
    const all = valueAt(body, "resources") as readonly Readonly<Record<string, unknown>>[];
    return all.filter((document) => String(document["type"]).endsWith(type));
  }

  /** The live weights of the only endpoint. */
  async liveTraffic(): Promise<unknown> {
    const [endpoint] = await this.resources("/onlineEndpoints");
    return valueAt(endpoint, "properties.traffic");
  }

  async trace(query = ""): Promise<readonly TraceEntry[]> {
    const { body } = await this.send("GET", `/_local/trace?${query}`);
    return valueAt(body, "entries") as readonly TraceEntry[];
  }
}

/** A member of a parsed body by its path, such as `properties.traffic`. */
export function valueAt(body: unknown, path: string): unknown {
  return path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | null)?.[key], body);
}

/** @throws Error when there is no text at the path */
export function textAt(body: unknown, path: string): string {
  const value = valueAt(body, path);
  if (typeof value !== "string") throw new Error(`no text at ${path} of ${JSON.stringify(body)}`);
  return value;
}
