import { LocalAzureClient } from "azure-mlflow-rollout-local";
import type { Answer } from "azure-mlflow-rollout-local";
import { apiVersionOf } from "./apiVersion";

export type { Answer, Sent } from "azure-mlflow-rollout-local";

export const API_VERSION = "2025-12-01";
const ENDED = new Set<unknown>(["Succeeded", "Failed", "Canceled"]);

/** A local Azure in this process and a client that speaks HTTPS to it. */
export class AzureClient extends LocalAzureClient {
  private armToken: string | undefined;

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

  /** The live weights of the only endpoint. */
  async liveTraffic(): Promise<unknown> {
    const [endpoint] = await this.resources("/onlineEndpoints");
    return valueAt(endpoint, "properties.traffic");
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
