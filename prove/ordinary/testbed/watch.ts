import type { TraceEntry } from "azure-mlflow-rollout-local";
import { Callers } from "../../../driver/callers";
import type { AzureClient } from "../../../driver/azureClient";
import { valueAt } from "../../../driver/azureClient";
import type { Weights } from "./program";

/** What was seen since the last take. */
export interface Seen {
  /** Writes of Azure Resource Manager, as `PUT /subscriptions/…`; those within a template deployment are not counted. */
  readonly writes: readonly string[];
  /** What took traffic from the endpoint, one line each. */
  readonly outages: readonly string[];
  readonly requests: number;
  readonly lost: number;
}

/** Leaves the machine to the engine. */
const PAUSE_MS = 100;
const WRITE = /^(PUT|PATCH|DELETE)$/;

/** Watches whether an endpoint keeps its weights and its callers get answers. */
export class Watch {
  private seq = 0;

  private constructor(
    private readonly azure: AzureClient,
    /** ARM id of the endpoint. */
    readonly endpointId: string,
    private readonly callers: Callers,
  ) {}

  static async start(azure: AzureClient): Promise<Watch> {
    const [endpoint] = await azure.resources("/onlineEndpoints");
    const watch = new Watch(azure, String(endpoint?.["id"]), await Callers.start({ azure }, PAUSE_MS));
    await watch.take();
    return watch;
  }

  stop(): Promise<void> {
    return this.callers.stop();
  }

  /** What was seen since it was last taken. */
  async take(): Promise<Seen> {
    const trace = await this.azure.trace(`kind=arm&since=${this.seq}`);
    this.seq = trace.at(-1)?.seq ?? this.seq;
    const { requests, lost } = this.callers.take();
    const live = await this.live();
    const outages = [
      ...trace.flatMap((entry) => this.outageOf(entry)),
      ...(live === undefined ? ["there is no endpoint"] : []),
      ...(live !== undefined && sum(live) !== 100 ? [`the live weights are ${JSON.stringify(live)}`] : []),
      ...(lost > 0 ? [`${lost} of ${requests} requests were lost`] : []),
    ];
    const writes = trace.filter(({ method, via }) => WRITE.test(method) && via === undefined);
    return {
      writes: writes.map(({ method, path }) => `${method} ${path}`),
      outages: [...new Set(outages)],
      requests,
      lost,
    };
  }

  /** The live weights above 0; undefined when there is no endpoint. */
  async live(): Promise<Weights | undefined> {
    const endpoints = await this.azure.resources("/onlineEndpoints");
    const endpoint = endpoints.find(({ id }) => String(id) === this.endpointId);
    if (endpoint === undefined) return undefined;
    const weights = Object.entries((valueAt(endpoint, "properties.traffic") ?? {}) as Weights);
    return Object.fromEntries(weights.filter(([, weight]) => weight > 0));
  }

  private outageOf({ method, path, status, body }: TraceEntry): readonly string[] {
    const [id, written] = [this.endpointId.toLowerCase(), path.toLowerCase()];
    if (status >= 400) return [];
    if (method === "DELETE" && `${id}/`.startsWith(`${written}/`)) return [`DELETE ${path}`];
    if (method !== "PUT" || written !== id) return [];
    const weights = (valueAt(body, "properties.traffic") ?? {}) as Weights;
    return sum(weights) === 100 ? [] : [`PUT of the endpoint with the weights ${JSON.stringify(weights)}`];
  }
}

function sum(weights: Weights): number {
  return Object.values(weights).reduce((total, weight) => total + weight, 0);
}
