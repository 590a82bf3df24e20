import { EarlyReads } from "../../components/azure/earlyReads";
import * as pulumi from "@pulumi/pulumi";
import type { RolloutContext } from "../../components/hooks/context";
import type { Inputs } from "../../components/hooks/hookInputs";
import type { DeployedModels } from "../../components/hooks/deployedModels";
import type { Machines } from "../../components/rollout/machines";
import type { CountSource } from "../../components/rollout/liveCount";
import type { AcceptedSettings } from "../../components/rollout/liveSettings";
import { planOf } from "../../components/settings/plan";
import { policyOf } from "../../components/settings/policy";
import type { Weights } from "../../components/rollout/weights";
import { armId } from "./mockedAzure";
import type { Answers } from "./mockedAzure";
import { mockRun } from "./mocks";
import type { MockedRun } from "./mocks";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../components/args/rollout";

export const NOW = "2026-11-24T09:00:00.000Z";
const OWNERSHIP = { owner: "organization/project/stack heart", formerly: [] };
export const HEART_PATH = { resourceGroupName: "rg-heart", workspaceName: "ws-1", endpointName: "heart" };

interface Rollout {
  readonly traffic: Weights;
  readonly mirrorTraffic?: Weights;
  readonly policy?: RolloutPolicyArgs;
  readonly plan?: RolloutPlanArgs;
  readonly acceptLive?: Weights;
  readonly acceptLiveSettings?: AcceptedSettings;
  readonly countSources?: Readonly<Record<string, CountSource>>;
  readonly answers?: Answers;
  readonly preview?: boolean;
  readonly deployedModels?: DeployedModels;
  readonly machines?: Machines;
}

/** What the hooks of a component decide with, against a mocked Azure. */
export async function rollout(given: Rollout): Promise<{ context: RolloutContext; run: MockedRun }> {
  const run = await mockRun(given.answers, { preview: given.preview ?? false });
  const component = new pulumi.ComponentResource("test:index:Component", "heart");
  const deployedModels = given.deployedModels ?? sameModels(given.traffic);
  const context: RolloutContext = {
    component,
    declared: { traffic: given.traffic, mirrorTraffic: given.mirrorTraffic ?? {} },
    policy: policyOf(given.policy),
    plan: given.plan && planOf(given.plan),
    acceptLive: given.acceptLive,
    acceptLiveSettings: given.acceptLiveSettings,
    ...(given.countSources && { countSources: given.countSources }),
    allowOutage: undefined,
    weightsFrom: undefined,
    configNamespace: undefined,
    now: () => new Date(NOW),
    isProtected: true,
    ownership: Promise.resolve(OWNERSHIP),
    deployedModels,
    modelFolders: Object.fromEntries(
      Object.entries(deployedModels.unreadable).map(([version, problem]) => [version, Promise.resolve({ problem })]),
    ),
    modelVersions: new Map(),
    modelSources: new Map(),
    machines: given.machines ?? { sizes: {}, checkQuota: false },
    memory: {},
    earlyReads: new EarlyReads(),
  };
  return { context, run };
}

/** Deployments of which nothing is to be said: all run models with the same contract. */
function sameModels(traffic: Weights): DeployedModels {
  const contract = { flavours: [], pythonVersion: undefined, signature: undefined, condaFile: undefined };
  const contracts = Object.keys(traffic).map((name) => [name, { contract, accepted: undefined }] as const);
  return {
    model: { name: "heart-classifier", versions: { "1": { contract } } },
    contracts: Object.fromEntries(contracts),
    preflights: {},
    unreadable: {},
    modelVersions: {},
  };
}

interface Live {
  readonly traffic: Weights;
  readonly mirrorTraffic?: Weights;
  /** What the last step recorded; nothing when it is left out. */
  readonly recorded?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly changedAt?: string;
  readonly location?: string;
  readonly provisioningState?: string;
}

/** An endpoint as azure-native reads it. */
export function liveEndpoint({
  traffic,
  mirrorTraffic,
  recorded,
  changedAt,
  tags,
  location,
  provisioningState,
}: Live): Inputs {
  return {
    location: location ?? "westeurope",
    tags: {
      ...tags,
      ...(recorded !== undefined && { "mlflow-rollout-traffic": recorded }),
      ...(changedAt !== undefined && { "mlflow-rollout-changed-at": changedAt }),
    },
    properties: {
      authMode: "AADToken",
      publicNetworkAccess: "Enabled",
      traffic,
      ...(mirrorTraffic && { mirrorTraffic }),
      ...(provisioningState !== undefined && { provisioningState }),
    },
  };
}

/** A deployment as azure-native reads it. */
export function liveDeployment(provisioningState: string, model: string | undefined = modelId("1")): Inputs {
  return { properties: { provisioningState, ...(model !== undefined && { model }) } };
}

/** ARM id of a version of `heart-classifier`. */
export function modelId(version: string): string {
  const { resourceGroupName, workspaceName } = HEART_PATH;
  const workspace = `Microsoft.MachineLearningServices/workspaces/${workspaceName}`;
  return armId(resourceGroupName, `${workspace}/models/heart-classifier/versions/${version}`);
}

interface StepChanges {
  readonly mirrorTraffic?: Weights;
  readonly authMode?: string;
  readonly location?: string;
  readonly declared?: Partial<typeof HEART_PATH>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** The inputs of a traffic step as its hooks get them. */
export function trafficInputs(traffic: Weights, changes: StepChanges = {}): Inputs {
  const { mirrorTraffic = {}, authMode = "AADToken", location = "westeurope", declared = {}, tags = {} } = changes;
  const { resourceGroupName, workspaceName, endpointName } = HEART_PATH;
  const parameters = {
    traffic,
    mirrorTraffic,
    tags,
    endpoint: { name: `${workspaceName}/${endpointName}`, location, authMode },
    declared: { ...HEART_PATH, ...declared },
  };
  const wrapped = Object.entries(parameters).map(([name, value]) => [name, { value }]);
  return {
    resourceGroupName,
    deploymentName: "heart-traffic",
    properties: { parameters: Object.fromEntries(wrapped) as unknown },
  };
}
