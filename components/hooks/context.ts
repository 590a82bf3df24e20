import * as pulumi from "@pulumi/pulumi";
import type { KnownContract } from "../contract/contractFacts";
import type { GateVerdict } from "../gates/verdict";
import type { DeployedModels } from "./deployedModels";
import type { Machines } from "../rollout/machines";
import type { CountSource } from "../rollout/liveCount";
import type { AcceptedSettings } from "../rollout/liveSettings";
import { liveStateOf } from "../rollout/liveState";
import type { RolloutPlan } from "../settings/plan";
import type { RolloutPolicy } from "../settings/policy";
import type { Ownership } from "../rollout/owner";
import { planStep } from "../rollout/planStep";
import type { Step, StepLoad, StepRequest } from "../rollout/step";
import type { TrafficState, Weights } from "../rollout/weights";
import type { ModelFolders } from "../models/modelFolders";
import type { ModelPlace, ModelSource, VersionFacts } from "../azure/modelVersions";
import { Unanswered, readEndpoint } from "../azure/readEndpoint";
import type { LiveEndpoint } from "../azure/readEndpoint";
import type { EarlyReads } from "../azure/earlyReads";
import type { EndpointPath } from "../azure/ids";
import type { WeightsFrom } from "../args/rollout";

/** What the hooks of one component need to decide. */
export interface RolloutContext {
  readonly component: pulumi.ComponentResource;
  readonly declared: TrafficState;
  readonly policy: RolloutPolicy;
  /** Undefined when none is declared. */
  readonly plan?: RolloutPlan | undefined;
  readonly acceptLive: Weights | undefined;
  readonly acceptLiveSettings?: AcceptedSettings | undefined;
  /** Who controls a deployment's instance count; the program, when unknown. */
  readonly countSources?: Readonly<Record<string, CountSource>>;
  readonly allowOutage: string | undefined;
  readonly weightsFrom: WeightsFrom | undefined;
  readonly configNamespace: string | undefined;
  /** The instant of this run: set by the user, else the clock's. */
  readonly now: () => Date;
  readonly isProtected: boolean;
  readonly ownership: Promise<Ownership>;
  readonly deployedModels: DeployedModels;
  readonly modelFolders: ModelFolders;
  /** What is known about the versions that the component registers, by version; set when they are declared. */
  readonly modelVersions: Map<string, Promise<VersionFacts>>;
  /** Where the files of versions without a local folder are, by version; set when they are declared. */
  readonly modelSources: Map<string, Promise<ModelSource>>;
  readonly machines: Machines;
  readonly memory: StepMemory;
  readonly earlyReads: EarlyReads;
  /** Set when the endpoint is declared. */
  order?: StepOrder;
  /** Set when the models are declared; undefined while a preview does not know their workspace. */
  modelPlace?: Promise<ModelPlace | undefined>;
}

/** What hooks learn, for later hooks of the same run. */
interface StepMemory {
  /** Whether the endpoint was created in this run: earlier records say nothing about it then. */
  isNewEndpoint?: boolean;
  /** What the previous step wrote; undefined when there was none or nothing has to be written. */
  lastStep?: TrafficState;
  /** Whether the step of this run has a change, so its hook was called. */
  isStepAsked?: boolean;
  /** The state after this run's step: predicted in a preview, read back in an update; undefined without a step. */
  stepLeaves?: TrafficState;
  /** What was live before the first deployment was written; undefined when none was written or nothing served. */
  servedBefore?: TrafficState;
  /** The model of the stable deployment, by its lower-case name; undefined until a candidate needs it. */
  stableModel?: KnownContract & { readonly deployment: string };
  /** Contracts read from Azure for models without a local folder, by deployment. */
  readContracts?: Readonly<Record<string, KnownContract>>;
  /** What the gates of this run's step said; undefined when none was asked. */
  gates?: readonly GateVerdict[];
  /** What the error budget of this run's step is compared with. */
  load?: StepLoad;
  /** Whether the quota was checked. */
  quotaChecked?: boolean;
}

/** Decides the step against a live endpoint; `earlier` are states that may have been written last. */
export function planLive(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): Step {
  return planStep(requestOf(context, live, earlier));
}

/** The input for deciding a step against a live endpoint. */
export function requestOf(
  context: RolloutContext,
  live: LiveEndpoint | undefined,
  earlier: readonly TrafficState[],
): StepRequest {
  const { declared, policy, plan, acceptLive, allowOutage, isProtected, weightsFrom, configNamespace, now } = context;
  const { load } = context.memory;
  return {
    declared,
    live: live && liveStateOf(live, earlier),
    policy,
    plan,
    now: now(),
    isProtected,
    ...(load && { load }),
    ...(acceptLive && { acceptLive }),
    ...(allowOutage !== undefined && { allowOutage }),
    ...{ weightsFrom, configNamespace },
  };
}

/** The live endpoint for a hook. It may throw: refusing is better than an unchecked write. */
export function readLive(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return readEndpoint(path, context.component);
}

/** As {@link readLive}, for what is decided before anything is written; see {@link EarlyReads}. */
export function readEarly(context: RolloutContext, path: EndpointPath): Promise<LiveEndpoint | undefined> {
  return context.earlyReads.read(`endpoint ${path.endpointName}`, () => readLive(context, path));
}

/** The endpoint that a hook's inputs name. */
export interface FoundEndpoint {
  /**
   * Undefined in a preview that does not know yet where it is, or cannot ask; checks that need it are left to the
   * update.
   */
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

/** The order of writes in a run. */
export interface Decision {
  /** The traffic step before the deployments, or after them. */
  readonly isTrafficFirst: boolean;
  /** Declared deployments that Azure does not have; they are created after the step, which leaves them out. */
  readonly missing: readonly string[];
}

/** What hooks ask and tell the write order of a run. */
export interface StepOrder {
  /** Where the endpoint is, once it is registered or let through; undefined while a preview does not know it. */
  readonly path: Promise<EndpointPath | undefined>;
  readonly decision: Promise<Decision>;
  /**
   * Lets the step proceed before the endpoint is registered, when the engine delays it for a repair that is not needed.
   */
  passEndpoint(path: EndpointPath): void;
  /** The step is about to be written. */
  beginStep(): void;
  /**
   * Waits until the step is done.
   *
   * @param patience - seconds to wait for it to begin
   * @returns whether it was done
   */
  stepDone(patience: number): Promise<boolean>;
}
