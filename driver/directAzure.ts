import { generateKeyPairSync, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { validateHeaderName, validateHeaderValue } from "node:http";
import { startServices } from "../local/src/azure/azure";
import type { Azure, AzureOptions } from "../local/src/azure/azure";
import { toSent } from "../local/src/http/exchange";
import type { Credentials } from "../local/src/identity/identity";
import type { Reply, SentReply } from "../local/src/http/exchange";

export const BASE_URL = "https://localhost:1";
export const SUBSCRIPTION = "10ca1000-0000-4000-8000-000000000001";

/** Of all that are started, since making one takes long. */
let signingKey: KeyObject | undefined;

export interface RawRequest {
  readonly method: string;
  /** Path and query, as in a request line. */
  readonly target: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** The services of a local Azure without HTTP in front, for thousands of requests in seconds. */
export class DirectAzure {
  private constructor(
    private readonly services: Azure,
    readonly azure: Credentials,
  ) {}

  static async start(more: Pick<AzureOptions, "saved" | "throttled"> = {}): Promise<DirectAzure> {
    const credentials = {
      subscriptionId: SUBSCRIPTION,
      tenantId: randomUUID(),
      clientId: randomUUID(),
      clientSecret: randomUUID(),
    };
    signingKey ??= generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey;
    const options = { url: BASE_URL, credentials, signingKey, directory: undefined, ...more };
    const direct = new DirectAzure(await startServices(options), credentials);
    await direct.control("POST", "clock", { freeze: true });
    return direct;
  }

  close(): Promise<void> {
    return this.services.close();
  }

  /** @throws what the services throw, which the server would answer with 500 */
  async send({ method, target, headers = {}, body = "" }: RawRequest): Promise<SentReply> {
    const cut = target.indexOf("?");
    const reply = await this.services.handle({
      method,
      path: (cut < 0 ? target : target.slice(0, cut)).replace(/^\/+/, "/"),
      query: new URLSearchParams(cut < 0 ? "" : target.slice(cut + 1)),
      headers,
      body: Buffer.from(body),
    });
    return sendable(method, reply);
  }

  /** A token for a service, such as `https://storage.azure.com`. */
  async token(audience: string): Promise<string> {
    const form = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: this.azure.clientId,
      client_secret: this.azure.clientSecret,
      scope: `${audience}/.default`,
    });
    const { body } = await this.send({ method: "POST", target: "/t/oauth2/v2.0/token", body: form.toString() });
    return String((JSON.parse(String(body)) as Record<string, unknown>)["access_token"]);
  }

  async control(method: string, name: string, body?: object): Promise<unknown> {
    const sent = await this.send({
      method,
      target: `/_local/${name}`,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return sent.body === undefined ? undefined : JSON.parse(String(sent.body));
  }

  /** Everything a request could change: resources and running operations. */
  async state(): Promise<string> {
    const { resources } = (await this.control("GET", "state")) as { resources: unknown };
    const { waiting } = (await this.control("GET", "clock")) as { waiting: unknown };
    return JSON.stringify({ resources, waiting });
  }
}

/** A reply in the form that is sent; throws if it cannot be sent. */
function sendable(method: string, reply: Reply): SentReply {
  const sent = toSent(method, reply);
  for (const [name, value] of Object.entries(sent.headers)) {
    validateHeaderName(name);
    validateHeaderValue(name, value);
  }
  return sent;
}
