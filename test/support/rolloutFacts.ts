import type { RolloutFacts } from "../../cli/status/situation";
import type { LiveRollout } from "../../cli/azure/liveRollout";
import type { StackUse } from "../../cli/stack/updateUnderWay";
import type { PendingOperation, ResourceState } from "../../cli/stack/exportedStack";
import { parseRollout } from "../../components/config/rolloutValues";
import { RECORD_TAGS, recordedTraffic } from "../../components/rollout/record";
import type { Weights } from "../../components/rollout/weights";
import type { MetricsView } from "../../cli/view/rolloutView";

export const NOW = new Date("2026-11-30T14:20:05.000Z");
const ENDPOINT =
  "/subscriptions/s/resourceGroups/heart/providers/Microsoft.MachineLearningServices/workspaces/heart/onlineEndpoints/heart-a1b2c";
const URN = "urn:pulumi:dev::heart::azure-mlflow-rollout:index:ProgressiveMlflowEndpoint::heart";

type Config = Readonly<Record<string, unknown>>;

/** A rollout between two deployments, by what differs from one that serves 100/0. */
export interface Scene {
  /** Config of the stack, by keys without a namespace. */
  readonly config?: Config;
  /** Arguments of the last update, beside those of config. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Outputs of the last update. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Undefined for an endpoint that is not there. */
  readonly live?: Partial<NonNullable<LiveRollout["endpoint"]>> | undefined;
  /** Provisioning state by deployment. */
  readonly states?: Readonly<Record<string, string>>;
  /** The weights that the tags of the endpoint name; the live ones unless they are given. */
  readonly recorded?: Weights | undefined;
  /** The weights that the step in the state has written; the recorded ones unless they are given. */
  readonly written?: Weights | undefined;
  readonly changedAt?: string;
  readonly stable?: string;
  readonly metrics?: Readonly<Record<string, MetricsView>> | undefined;
  readonly missing?: readonly string[];
  readonly use?: StackUse;
  readonly pending?: readonly PendingOperation[];
  /** Deployments that the state has. */
  readonly inState?: readonly string[];
  readonly now?: Date;
  readonly options?: RolloutFacts["options"];
}

export const TWO = {
  deployments: { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } },
  candidate: "model-2",
};

/** Config of two deployments with some weight for the candidate. */
export function at(candidateTraffic: number, others: Readonly<Record<string, unknown>> = {}): Config {
  return { ...TWO, candidateTraffic, ...others };
}

const METRICS: Readonly<Record<string, MetricsView>> = {
  "model-1": { minutes: 5, requestsPerMinute: 412, errorPercent: 0, p50: 21, p95: 38.4 },
  "model-2": { minutes: 5, requestsPerMinute: 138.2, errorPercent: 0.24, p50: 24, p95: 41 },
};

export function factsOf(scene: Scene = {}): RolloutFacts {
  const { config = at(0), inputs, now = NOW, use = {}, options } = scene;
  const entries = Object.entries(config).map(([key, value]) => [key, textOf(value)] as const);
  const text: Readonly<Record<string, string>> = Object.fromEntries(entries);
  const { values } = parseRollout((key) => text[key]);
  const { traffic = { "model-1": 100 } } = scene.live ?? {};
  const written = "written" in scene ? scene.written : (scene.recorded ?? traffic);
  const names = scene.inState ?? Object.keys(scene.states ?? values.deployments);
  const exists = !("live" in scene && scene.live === undefined);
  const isInState = exists || scene.inState !== undefined;
  return {
    rollout: {
      place: { name: "dev", fullName: "organization/heart/dev", backendUrl: "file://~" },
      state: {
        deployment: {
          resources: [...names.map(deploymentInState), ...(written ? [stepInState(written)] : [])],
          pending_operations: scene.pending ?? [],
        },
      },
      component: isInState
        ? {
            name: "heart",
            urn: URN,
            inputs: { deployments: values.deployments, ...inputs },
            outputs: scene.outputs ?? {},
            endpointId: ENDPOINT,
          }
        : undefined,
      declared: values,
      file: { config: () => text },
      namespace: "heart",
    },
    live: liveOf(scene, exists, now),
    use,
    now,
    ...(options && { options }),
  };
}

function liveOf(scene: Scene, exists: boolean, now: Date): LiveRollout {
  const { live = {}, states = { "model-1": "Succeeded", "model-2": "Succeeded" }, missing = [] } = scene;
  if (!exists) return { at: now, endpoint: undefined, deployments: [], metrics: undefined, missing };
  const traffic = live.traffic ?? { "model-1": 100 };
  const mirrorTraffic = live.mirrorTraffic ?? {};
  const recorded = "recorded" in scene ? scene.recorded : traffic;
  return {
    at: now,
    endpoint: {
      name: "heart-a1b2c",
      id: ENDPOINT,
      state: "Succeeded",
      authMode: "Key",
      tags: {
        ...(recorded && { [RECORD_TAGS.traffic]: recordedTraffic({ traffic: recorded, mirrorTraffic }) }),
        [RECORD_TAGS.changedAt]: scene.changedAt ?? "2026-11-29T09:00:00.000Z",
        [RECORD_TAGS.stable]: scene.stable ?? "model-1",
      },
      ...live,
      traffic,
      mirrorTraffic,
    },
    deployments: Object.entries(states).map(([name, state]) => ({ name, state, instances: 1 })),
    metrics: "metrics" in scene ? scene.metrics : METRICS,
    missing,
  };
}

function deploymentInState(name: string): ResourceState {
  return {
    urn: `${URN}$azure-native:machinelearningservices:OnlineDeployment::heart-deployment-${name}`,
    type: "azure-native:machinelearningservices:OnlineDeployment",
    id: `${ENDPOINT}/deployments/${name}`,
    parent: URN,
  };
}

function stepInState(traffic: Weights): ResourceState {
  return {
    urn: `${URN}$azure-native:resources:Deployment::heart-traffic`,
    type: "azure-native:resources:Deployment",
    parent: URN,
    inputs: { properties: { parameters: { traffic: { value: traffic }, mirrorTraffic: { value: {} } } } },
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
