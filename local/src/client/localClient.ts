import { readFileSync } from "node:fs";
import type { IncomingHttpHeaders } from "node:http";
import { Agent, request } from "node:https";
import type { TraceEntry } from "../log/trace";
import type { LocalAzure } from "../server/server";

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

/** Speaks HTTPS to a local Azure, whatever this process trusts, and to its control interface. */
export class LocalAzureClient {
  private readonly agent: Agent;

  constructor(readonly azure: LocalAzure) {
    this.agent = new Agent({ ca: readFileSync(azure.ca), keepAlive: true });
  }

  /** Ends the connections, and the local Azure with them. */
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

  /** @param scope - what it is for; Azure Resource Manager when it is left out. @throws Error when it is refused */
  async token(scope?: string): Promise<string> {
    const { status, body } = await this.requestToken(scope === undefined ? {} : { scope });
    const { access_token: token } = body as { readonly access_token?: unknown };
    if (typeof token !== "string") throw new Error(`the local Azure gives no token: ${status}`);
    return token;
  }

  /**
   * Sets the virtual clock.
   *
   * @param body - `freeze`, `speed` and `advanceSeconds`, as `POST /_local/clock` takes them
   */
  clock(body: unknown): Promise<Answer> {
    return this.send("POST", "/_local/clock", { body });
  }

  async advance(seconds: number): Promise<void> {
    await this.clock({ advanceSeconds: seconds });
  }

  /** What time it is there, in milliseconds since 1970. */
  async now(): Promise<number> {
    const { body } = await this.send("GET", "/_local/clock");
    return Date.parse((body as { readonly now: string }).now);
  }

  /** Adds fault rules. @throws Error when one is refused */
  async addFaults(rules: readonly object[]): Promise<void> {
    const { status, body } = await this.send("POST", "/_local/faults", { body: rules });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }

  /** The resources whose type ends with the given text. */
  async resources(type = ""): Promise<readonly Readonly<Record<string, unknown>>[]> {
    const { body } = await this.send("GET", "/_local/state");
    const { resources } = body as { readonly resources: readonly Readonly<Record<string, unknown>>[] };
    return resources.filter((document) => String(document["type"]).endsWith(type));
  }

  async trace(query = ""): Promise<readonly TraceEntry[]> {
    const { body } = await this.send("GET", `/_local/trace?${query}`);
    return (body as { readonly entries: readonly TraceEntry[] }).entries;
  }
}
