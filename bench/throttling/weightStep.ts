import { trafficTemplate } from "../../components/resources/traffic";
import { AZURE_PACE } from "../../local/src/pulumi/plugins/azureNative/pace";
import type { Pause } from "./inVirtualTime";
import { STEP_REQUESTS, stepPath } from "./stepRequests";
import type { StepPlace } from "./stepRequests";
import type { Answer, SentRequest } from "./subscription";

/** `answer`: until Azure answers; `operation`: until the next look at what is under way; `throttled`: until it may be asked again. */
export type Reason = "answer" | "operation" | "throttled" | "again";
type Steps<T> = AsyncGenerator<Pause<Reason>, T, number>;

/** Assumed of Azure, for any request. */
const ANSWER_MS = 200;
/** Until a step that failed is made again: how often `run` looks. */
const AGAIN_MS = 60_000;

export interface StepWorld {
  send(request: SentRequest, atMs: number): Promise<Answer>;
  readonly counts: StepCounts;
}

/** What is counted of all steps. */
export interface StepCounts {
  requests: number;
  /** Answers of 429. */
  throttled: number;
  /** Updates that failed since the provider has given up. */
  failed: number;
}

/** A request that was throttled more often than azure-native tries. */
class GivenUp extends Error {}

/** A weight step of an endpoint, made again until it succeeds. */
export async function* weightStep(world: StepWorld, place: StepPlace, weight: number, startMs: number): Steps<void> {
  const clock = { now: startMs };
  for (;;) {
    try {
      yield* update(world, place, weight, clock);
      return;
    } catch (error) {
      if (!(error instanceof GivenUp)) throw error;
      world.counts.failed += 1;
      clock.now = yield { ms: AGAIN_MS, reason: "again" };
    }
  }
}

interface WorkClock {
  now: number;
}

async function* update(world: StepWorld, place: StepPlace, weight: number, clock: WorkClock): Steps<void> {
  for (const { method, of } of STEP_REQUESTS.filter(({ inside }) => inside !== true)) {
    const body = of === "record" && method === "PUT" ? writeBody(place, weight) : undefined;
    const request = { method, path: stepPath(of, place), ...(body && { body }) };
    const answer = yield* answered(world, request, clock);
    const operation = answer.headers["azure-asyncoperation"];
    if (operation !== undefined) yield* ended(world, method, operation, clock);
  }
}

/** Waits for an operation as azure-native does. */
async function* ended(world: StepWorld, method: string, path: string, clock: WorkClock): Steps<void> {
  for (let looks = 1; ; looks += 1) {
    const { body } = yield* answered(world, { method: "GET", path }, clock);
    const { status } = body as { readonly status?: string };
    if (status === "Succeeded") return;
    if (status === "Failed" || status === "Canceled") throw new Error(`the write ${status}: ${JSON.stringify(body)}`);
    clock.now = yield { ms: AZURE_PACE.poll(method, looks), reason: "operation" };
  }
}

/** Sends a request, and sends it again when it is throttled, as azure-native does. @throws GivenUp when it no longer does */
async function* answered(world: StepWorld, request: SentRequest, clock: WorkClock): Steps<Answer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await world.send(request, clock.now);
    world.counts.requests += 1;
    clock.now = yield { ms: ANSWER_MS, reason: "answer" };
    if (answer.status < 400) return answer;
    if (answer.status !== 429) throw new Error(`${request.method} ${request.path}: ${JSON.stringify(answer.body)}`);
    world.counts.throttled += 1;
    const pause = AZURE_PACE.retries[tries];
    if (pause === undefined) throw new GivenUp();
    const asked = Number(answer.headers["retry-after"]) * 1000;
    clock.now = yield { ms: asked > 0 ? asked : pause, reason: "throttled" };
  }
}

function writeBody({ workspace, endpoint, stable, ...place }: StepPlace, weight: number): object {
  const traffic = { [stable]: 100 - weight, green: weight };
  const parameters = {
    traffic,
    mirrorTraffic: {},
    tags: { "mlflow-rollout-traffic": `${stable}=${100 - weight} green=${weight}` },
    endpoint: {
      name: `${workspace}/${endpoint}`,
      location: place.location,
      authMode: "Key",
      publicNetworkAccess: "Enabled",
    },
    declared: { resourceGroupName: place.resourceGroup, workspaceName: workspace, endpointName: endpoint },
  };
  return {
    properties: {
      mode: "Incremental",
      template: trafficTemplate("Managed"),
      parameters: Object.fromEntries(Object.entries(parameters).map(([key, value]) => [key, { value }])),
    },
  };
}
