import { bearerToken } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { NETWORK_HEADER } from "../network/records";
import { SCRIPT_FAILED, ScoringError } from "../scoring/inputData";
import type { Scorer } from "../scoring/scorer";
import { scoreInContainer, swaggerInContainer } from "./container";
import { Saturated, Timeout, withTimeout } from "./limits";
import { modelAnswered, modelFailed, platformRefused, requestIds, toReply } from "./reply";
import type { Outcome, RequestIds } from "./reply";
import { chooseRoute } from "./route";
import type { ScoringInterceptor, ServedDeployment, ServedEndpoint, ServedRequest } from "./served";

export interface GatewayOptions {
  find(endpoint: string, region: string): ServedEndpoint | undefined;
  /** Called for every request to an endpoint and every mirrored copy. */
  readonly observe?: (request: ServedRequest) => void;
  /** @default Math.random */
  readonly random?: () => number;
  /** Sits between the gateway and the containers. @default lets every request through */
  readonly intercept?: ScoringInterceptor;
}

/** Body limit of the container's web server (`client_max_body_size`, microsoft/azureml-inference-server). */
const MAX_BODY = 100 * 1024 * 1024;

/**
 * The data plane: authenticates, routes by header or weight, lets the model answer, and replies as the service does.
 */
export class Gateway {
  private readonly pending = new WeakMap<Scorer, number>();
  private readonly random: () => number;

  constructor(private readonly options: GatewayOptions) {
    this.random = options.random ?? Math.random;
  }

  /** Answers `score` and `swagger.json` of one endpoint. */
  async handle(exchange: Exchange, endpointName: string, region: string, path: string): Promise<Reply> {
    const ids = requestIds(exchange.headers);
    const endpoint = this.options.find(endpointName, region);
    if (endpoint === undefined) return toReply(platformRefused(404, "no such endpoint"), ids, 0);
    const request = { endpoint, exchange, ids, mirrored: false };
    const route = this.route(request, path);
    if ("status" in route) return this.finish(request, route, 0);
    if (path === "swagger.json") return this.finish(request, swaggerOutcome(request, route.deployment), 0);
    if (route.mirror !== undefined) void this.score({ ...request, mirrored: true }, route.mirror);
    return this.score(request, route.deployment);
  }

  private route({ endpoint, exchange }: Request, path: string): Target | Outcome {
    const { traffic, mirrorTraffic, deployments } = endpoint;
    const network = exchange.headers[NETWORK_HEADER];
    // The status is not documented; 403 is the likely one.
    if (endpoint.isOpenTo?.(typeof network === "string" ? network : undefined) === false)
      return platformRefused(403, "public network access is disabled");
    if (!endpoint.authorize(bearerToken(exchange.headers))) return platformRefused(401, "key_auth_access_denied");
    if (exchange.body.length > MAX_BODY) return platformRefused(413, "request entity too large");
    const header = exchange.headers["azureml-model-deployment"];
    const addressed = Array.isArray(header) ? header[0] : header;
    const route = chooseRoute({ addressed, traffic, mirrorTraffic, deployments, random: this.random });
    // The status for an unknown name is not documented; 404 is the likely one.
    if (route.kind === "unknown-deployment")
      return platformRefused(404, `deployment ${route.name} not found in the endpoint`);
    const deployment = route.kind === "deployment" ? deployments.get(route.name) : undefined;
    if (route.kind === "nothing-serves" || deployment === undefined)
      return platformRefused(404, "no deployment has traffic");
    if (path !== "score" && path !== "swagger.json") return platformRefused(404, "not found");
    return { deployment, mirror: route.mirror === undefined ? undefined : deployments.get(route.mirror) };
  }

  private async score(request: Request, deployment: ServedDeployment): Promise<Reply> {
    const { scorer, maxConcurrentRequestsPerInstance, instances } = deployment;
    const pending = this.pending.get(scorer) ?? 0;
    if (pending >= 2 * maxConcurrentRequestsPerInstance * instances)
      return this.finish(request, toOutcome(deployment, new Saturated()), 0);
    this.pending.set(scorer, pending + 1);
    let durationMs = 0;
    const spend = (ms: number): void => {
      durationMs += ms;
    };
    const container = (): Promise<unknown> => scoreWithinTimeout(deployment, request.exchange, spend);
    const { intercept } = this.options;
    const work = intercept === undefined ? container() : intercept(request.exchange, deployment, container, spend);
    const outcome = await work.then(
      (answer) => modelAnswered(deployment, answer),
      (error: unknown) => toOutcome(deployment, error),
    );
    this.pending.set(scorer, (this.pending.get(scorer) ?? 1) - 1);
    if (outcome.modelStatus !== undefined)
      deployment.log(`${request.exchange.method} /score ${outcome.modelStatus} ${durationMs.toFixed(3)}ms`);
    return this.finish(request, outcome, durationMs);
  }

  private finish({ endpoint, exchange, ids, mirrored }: Request, outcome: Outcome, durationMs: number): Reply {
    const reply = toReply(outcome, ids, durationMs);
    this.options.observe?.({
      endpointId: endpoint.id,
      endpointName: endpoint.name,
      exchange,
      deployment: outcome.deployment?.name,
      status: outcome.status,
      modelStatus: outcome.modelStatus,
      reason: outcome.reason,
      durationMs,
      responseBytes: outcome.body === undefined ? 0 : Buffer.byteLength(outcome.body),
      requestId: ids.requestId,
      clientRequestId: ids.clientRequestId,
      mirrored,
    });
    return reply;
  }
}

interface Request {
  readonly endpoint: ServedEndpoint;
  readonly exchange: Exchange;
  readonly ids: RequestIds;
  /** A mirrored copy, whose answer is dropped. */
  readonly mirrored: boolean;
}

interface Target {
  readonly deployment: ServedDeployment;
  readonly mirror: ServedDeployment | undefined;
}

function swaggerOutcome({ endpoint, exchange }: Request, deployment: ServedDeployment): Outcome {
  try {
    return modelAnswered(deployment, swaggerInContainer(deployment.scorer, exchange, endpoint.name));
  } catch (error) {
    return toOutcome(deployment, error);
  }
}

/** @param spend - called with the milliseconds it took */
async function scoreWithinTimeout(
  { scorer, requestTimeoutMs }: ServedDeployment,
  exchange: Exchange,
  spend: (ms: number) => void,
): Promise<unknown> {
  const began = performance.now();
  try {
    const answer = await withTimeout(scoreInContainer(scorer, exchange), requestTimeoutMs);
    // A graph that blocks the thread keeps the timer from firing.
    if (performance.now() - began > requestTimeoutMs) throw new Timeout();
    return answer;
  } finally {
    spend(performance.now() - began);
  }
}

function toOutcome(deployment: ServedDeployment, error: unknown): Outcome {
  if (error instanceof Saturated) return platformRefused(429, "too many pending requests", deployment);
  if (error instanceof Timeout) return platformRefused(408, "request timeout", deployment);
  const reason = error instanceof ScoringError ? error : new ScoringError(500, SCRIPT_FAILED, String(error));
  if (reason.status === 500) deployment.log(`Encountered Exception: ${reason.log}`);
  return modelFailed(deployment, reason);
}
