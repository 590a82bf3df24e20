import { randomUUID } from "node:crypto";
import { bearerToken } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { SCRIPT_FAILED, ScoringError } from "../score/inputData";
import type { Scorer } from "../score/scorer";
import { chooseRoute } from "./route";

/** A deployment that can answer. */
export interface ServedDeployment {
  readonly name: string;
  readonly scorer: Scorer;
  readonly requestTimeoutMs: number;
  readonly maxConcurrentRequestsPerInstance: number;
  readonly instances: number;
  /** Adds a line to the log of its container. */
  log(line: string): void;
}

export interface ServedEndpoint {
  readonly name: string;
  /** Whether the bearer token of a request may score. */
  authorize(token: string | undefined): boolean;
  readonly traffic: Readonly<Record<string, number>>;
  readonly mirrorTraffic: Readonly<Record<string, number>>;
  /** Deployments that can answer, by lower-case name. */
  readonly deployments: ReadonlyMap<string, ServedDeployment>;
}

export interface GatewayOptions {
  find(endpoint: string, region: string): ServedEndpoint | undefined;
  /** @default Math.random */
  readonly random?: () => number;
  /** Stands between the gateway and the containers. @default lets every request through */
  readonly disturb?: Disturbance;
}

/** Lets a deployment score, or does what a fault does; may throw `ScoringError`, `Timeout` or `Saturated`. */
export type Disturbance = (
  exchange: Exchange,
  deployment: ServedDeployment,
  score: () => Promise<unknown>,
) => Promise<unknown>;

/** The container took longer than the deployment's request timeout. */
export class Timeout extends Error {}

/** The deployment has no room for another request. */
export class Saturated extends Error {}

const SERVER = { server: "azureml-frontdoor" };
/** The service echoes at most 40 characters of a client's own id. */
const MAX_CLIENT_ID = 40;
/** The container refuses ids that are longer. */
const MAX_CONTAINER_ID = 100;
const SATURATED = "too many pending requests";

/** The data plane: authenticates, routes by header or weight, lets the model answer, words it as the service does. */
export class Gateway {
  private readonly pending = new WeakMap<Scorer, number>();
  private readonly random: () => number;

  constructor(private readonly options: GatewayOptions) {
    this.random = options.random ?? Math.random;
  }

  /** Answers `score` and `swagger.json` of one endpoint. */
  async handle(exchange: Exchange, endpointName: string, region: string, path: string): Promise<Reply> {
    const endpoint = this.options.find(endpointName, region);
    const ids = requestIds(exchange);
    if (endpoint === undefined) return refusal(404, ids, "no such endpoint");
    if (!endpoint.authorize(bearerToken(exchange.headers))) return refusal(401, ids, "key_auth_access_denied");
    const route = chooseRoute({
      addressed: headerOf(exchange, "azureml-model-deployment"),
      traffic: endpoint.traffic,
      mirrorTraffic: endpoint.mirrorTraffic,
      deployments: new Set(endpoint.deployments.keys()),
      random: this.random,
    });
    // The status for an unknown name is not documented; 404 is the likely one.
    if (route.kind === "unknown-deployment")
      return refusal(404, ids, `deployment ${route.name} not found in the endpoint`);
    if (route.kind === "nothing-serves") return refusal(404, ids, "no deployment has traffic");
    const deployment = endpoint.deployments.get(route.name);
    if (deployment === undefined) return refusal(404, ids, "no deployment has traffic");
    if (path === "swagger.json")
      return { status: 200, headers: { ...SERVER, ...ids }, body: deployment.scorer.swagger(endpoint.name, "/score") };
    if (path !== "score") return refusal(404, ids, "not found");
    const mirror = route.mirror === undefined ? undefined : endpoint.deployments.get(route.mirror);
    if (mirror !== undefined) void this.score(mirror, exchange, ids);
    return this.score(deployment, exchange, ids);
  }

  private async score(deployment: ServedDeployment, exchange: Exchange, ids: Record<string, string>): Promise<Reply> {
    const { scorer, maxConcurrentRequestsPerInstance, instances, requestTimeoutMs } = deployment;
    const pending = this.pending.get(scorer) ?? 0;
    if (pending >= 2 * maxConcurrentRequestsPerInstance * instances) return refusal(429, ids, SATURATED);
    this.pending.set(scorer, pending + 1);
    const started = performance.now();
    const elapsed = (): number => performance.now() - started;
    const log = (status: number): void =>
      deployment.log(`${exchange.method} /score ${status} ${elapsed().toFixed(3)}ms`);
    const container = async (): Promise<unknown> => {
      const began = performance.now();
      const answer = await withTimeout(scoreBody(scorer, exchange), requestTimeoutMs);
      log(200);
      // A graph that holds the thread keeps the timer from running.
      if (performance.now() - began > requestTimeoutMs) throw new Timeout();
      return answer;
    };
    try {
      const { disturb } = this.options;
      const answer = await (disturb === undefined ? container() : disturb(exchange, deployment, container));
      return {
        status: 200,
        headers: { ...SERVER, ...ids, ...containerHeaders(deployment.name, elapsed()) },
        body: answer,
      };
    } catch (error) {
      if (error instanceof Saturated) return refusal(429, ids, SATURATED);
      if (error instanceof Timeout)
        return refusal(408, { ...ids, "azureml-model-deployment": deployment.name }, "request timeout");
      const reason = error instanceof ScoringError ? error : new ScoringError(500, SCRIPT_FAILED, String(error));
      if (reason.status === 500) deployment.log(`Encountered Exception: ${reason.log}`);
      log(reason.status);
      return failure(deployment.name, ids, reason);
    } finally {
      this.pending.set(scorer, (this.pending.get(scorer) ?? 1) - 1);
    }
  }
}

/** What the inference server in the container does with a request. */
async function scoreBody(scorer: Scorer, { method, headers, body }: Exchange): Promise<unknown> {
  const tooLong = ["x-ms-request-id", "x-ms-client-request-id"].some(
    (name) => String(headers[name] ?? "").length > MAX_CONTAINER_ID,
  );
  if (tooLong) throw new ScoringError(431, "x-ms-request-id and x-ms-client-request-id must not exceed 100 characters");
  if (method !== "POST") throw new ScoringError(405, "Method not allowed");
  if (!/^application\/json\b/i.test(headers["content-type"] ?? "")) {
    throw new ScoringError(415, "Expects Content-Type to be application/json");
  }
  let value: unknown;
  try {
    value = JSON.parse(body.toString("utf8"));
  } catch {
    throw new ScoringError(400, "POST body could not be decoded as JSON.");
  }
  return scorer.score(value);
}

/** The platform answers 424 for whatever the container answers but 200. */
function failure(deployment: string, ids: Record<string, string>, { status, message }: ScoringError): Reply {
  const headers = {
    ...SERVER,
    ...ids,
    "azureml-model-deployment": deployment,
    "ms-azureml-model-error-statuscode": String(status),
    "ms-azureml-model-error-reason": "model_error",
    ...(status === 500 && { "x-ms-run-function-failed": "True" }),
  };
  return { status: 424, headers, body: { message } };
}

function containerHeaders(deployment: string, elapsedMs: number): Record<string, string> {
  return {
    "azureml-model-deployment": deployment,
    "azureml-model-session": deployment,
    "x-ms-server-version": "azmlinfsrv/1.4.0",
    "x-ms-run-function-failed": "False",
    "x-ms-run-fn-exec-ms": elapsedMs.toFixed(3),
  };
}

/** The service gives each request an id of its own and echoes the client's. */
function requestIds(exchange: Exchange): Record<string, string> {
  const client = headerOf(exchange, "x-ms-client-request-id");
  const id = randomUUID();
  return {
    "x-ms-request-id": id,
    "x-request-id": id,
    ...(client !== undefined && { "x-ms-client-request-id": client.slice(0, MAX_CLIENT_ID) }),
  };
}

function refusal(status: number, headers: Record<string, string>, message: string): Reply {
  return { status, headers: { ...SERVER, ...headers }, body: { message } };
}

function headerOf({ headers }: Exchange, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}

async function withTimeout<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Timeout()), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
