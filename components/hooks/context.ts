import * as pulumi from "@pulumi/pulumi";
import type { KnownContract } from "../contract/contractFacts";
import type { DeployedModels } from "./deployedModels";
import type { Machines } from "../rollout/machines";
import type { CountSource } from "../rollout/liveCount";
import type { AcceptedSettings } from "../rollout/liveSettings";
import { liveStateOf } from "../rollout/liveState";
import type { RolloutPlan } from "../settings/plan";
import type { RolloutPolicy } from "../settings/policy";
import type { Ownership } from "../rollout/owner";
import { planStep } from "../rollout/planStep";
import type { Step, StepRequest } from "../rollout/step";
import type { TrafficState, Weights } from "../rollout/weights";
import type { ModelFolders } from "../models/modelFolders";
import type { ModelPlace, ModelSource, VersionFacts } from "../azure/modelVersions";
import { Unanswered, readEndpoint } from "../azure/readEndpoint";
import type { LiveEndpoint } from "../azure/readEndpoint";
import type { EndpointPath } from "../azure/ids";
import type { WeightsFrom } from "../args/rollout";

/** What the hooks of one component decide with. */
export interface RolloutContext {
  readonly component: pulumi.ComponentResource;
  readonly declared: TrafficState;
  readonly policy: RolloutPolicy;
  /** Undefined when none is declared. */
  readonly plan?: RolloutPlan | undefined;
  readonly acceptLive: Weights | undefined;
  readonly acceptLiveSettings?: AcceptedSettings | undefined;
  /** Who says how many instances a deployment has; the program, where it is not known. */
  readonly countSources?: Readonly<Record<string, CountSource>>;
  readonly allowOutage: string | undefined;
  readonly weightsFrom: WeightsFrom | undefined;
  readonly configNamespace: string | undefined;
  /** The instant of this run: given by the user, else the one of the clock. */
  readonly now: () => Date;
  readonly isProtected: boolean;
  readonly ownership: Promise<Ownership>;
  readonly deployedModels: DeployedModels;
  readonly modelFolders: ModelFolders;
  /** What is known of the versions that the component registers, by version; filled when they are declared. */
  readonly modelVersions: Map<string, Promise<VersionFacts>>;
  /** Where the files of versions are that the program has no folder of, by version; filled when they are declared. */
  readonly modelSources: Map<string, Promise<ModelSource>>;
  readonly machines: Machines;
  readonly memory: StepMemory;
  /** Set when the endpoint is declared. */
  order?: StepOrder;
  /** Set when the models are declared; undefined while a preview does not know their workspace. */
  modelPlace?: Promise<ModelPlace | undefined>;
}

/** What hooks learn, kept for those that come later in the same run. */
interface StepMemory {
  /** Whether the endpoint was created in this run: what was written earlier says nothing of it. */
  isNewEndpoint?: boolean;
  /** What the step before wrote; undefined when there is none or nothing has to be written. */
  lastStep?: TrafficState;
  /** Whether the step of this run has a change, so that its hook was called. */
  isStepAsked?: boolean;
  /** What the step of this run will leave, in a preview, or was read back after it; undefined while there is no step. */
  stepLeaves?: TrafficState;
  /** What was live before the first deployment was written; undefined when none was, or nothing served. */
  servedBefore?: TrafficState;
  /** What the stable deployment runs, by its name in lower case; undefined when no candidate has asked. */
  stableModel?: KnownContract & { readonly deployment: string };
  /** What was read in Azure of models that the program has no folder of, by deployment. */
  readContracts?: Readonly<Record<string, KnownContract>>;
  /** Whether the quota was looked at. */
  quotaChecked?: boolean;
}

/** Decides the step against an endpoint as it is; `earlier` are states that may have been written last. */
export function planLive(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): Step {
  return planStep(requestOf(context, live, earlier));
}

/** What a step is decided from, against an endpoint as it is. */
export function requestOf(
  { declared, policy, plan, acceptLive, allowOutage, isProtected, weightsFrom, configNamespace, now }: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): StepRequest {
  return {
    declared,
    live: live && liveStateOf(live, earlier),
    policy,
    plan,
    now: now(),
    isProtected,
    ...(acceptLive && { acceptLive }),
    ...(allowOutage !== undefined && { allowOutage }),
    ...{ weightsFrom, configNamespace },
  };
}

/** The live endpoint for a hook, which may fail: a refusal is better than a write nobody checked. */
export function readLive(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return readEndpoint(path, context.component);
}

/** What a hook finds where its inputs say that an endpoint is. */
export interface FoundEndpoint {
  /** Undefined in a preview that cannot know yet where it is, or cannot ask: what needs it is left to the update. */
  readonly path: EndpointPath | undefined;
  /** Undefined when Azure has none. */
  readonly live: LiveEndpoint | undefined;
}

/** As {@link readLive}, for a hook that runs in a preview too. @throws Error in an update that cannot know or ask */
export async function findEndpoint(
  context: RolloutContext,
  what: string,
  path: EndpointPath | undefined,
  read = readLive,
): Promise<FoundEndpoint> {
  const isPreview = pulumi.runtime.isDryRun();
  if (path === undefined) {
    if (isPreview) return { path, live: undefined };
    throw new Error(`${what} cannot be checked: its endpoint is not known`);
  }
  try {
    return { path, live: await read(context, path) };
  } catch (error) {
    if (isPreview && error instanceof Unanswered) return { path: undefined, live: undefined };
    throw error;
  }
}

/** What is written first in a run. */
export interface Decision {
  /** The traffic step before the deployments, or after them. */
  readonly isTrafficFirst: boolean;
  /** Declared deployments that Azure does not have; they are made after the step, which leaves them out. */
  readonly missing: readonly string[];
}

/** What hooks ask of the order in which a run writes, and tell it. */
export interface StepOrder {
  /** Where the endpoint is, once it is registered, or let pass; undefined while a preview does not know it. */
  readonly path: Promise<EndpointPath | undefined>;
  readonly decision: Promise<Decision>;
  /** Lets the step go on before the endpoint is registered: the engine holds it back to repair what needs no repair. */
  passEndpoint(path: EndpointPath): void;
  /** The step is about to be written. */
  beginStep(): void;
  /**
   * Waits until the step is done.
   *
   * @param patience - seconds that it may take to begin
   * @returns whether it was done
   */
  stepDone(patience: number): Promise<boolean>;
}
