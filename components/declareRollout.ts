import * as pulumi from "@pulumi/pulumi";
import type { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import type { ProgressiveMlflowEndpointArgs } from "./args";
import { declaredTraffic } from "./checks/checkArgs";
import type { Admission } from "./hooks/admission";
import { beforeComponent } from "./hooks/component";
import type { RolloutContext } from "./hooks/context";
import { createHooks } from "./hooks/createHooks";
import { componentAzure } from "./azure/armReader";
import { placedOptions } from "./azure/lookups";
import { readModelFolders } from "./models/modelFolders";
import { ownershipOf } from "./pulumi/componentIdentity";
import { logAtOnce } from "./pulumi/later";
import { engineTarget } from "./pulumi/sdkInternals";
import type { LiveEndpoint } from "./azure/readEndpoint";
import { DISK } from "./models/disk";
import { planOf } from "./settings/plan";
import { policyOf } from "./settings/policy";
import { declareAlerts, declareDiagnostics } from "./resources/observability";
import { readDeployedModels } from "./hooks/deployedModels";
import { declareDeployments } from "./resources/deployments";
import { declareEndpoint, endpointDeclaration } from "./resources/endpoint";
import { withHardened } from "./settings/hardened";
import { declareKeySecret } from "./resources/keySecret";
import { countSourcesOf, machinesOf } from "./rollout/machines";
import { declareModels } from "./resources/models";
import type { ModelVersionIds } from "./resources/models";
import { WriteOrder } from "./hooks/writeOrder";
import { isProtected } from "./scope/scope";
import { declareIdentityRoles, declareRoleAssignments } from "./resources/roles";
import type { Scope, WorkspaceRef } from "./scope/scope";
import { declareSeal, startRandom, suffixOf } from "./resources/random";
import { EarlyReads } from "./azure/earlyReads";
import { logWithoutStep } from "./hooks/withoutStep";
import { declareTraffic, liveBeforeStep, restoreDropped } from "./resources/traffic";
import { declareWorkspace } from "./resources/workspace";

/** What a component has declared and its outputs need. */
export interface DeclaredRollout {
  readonly context: RolloutContext;
  readonly workspace: WorkspaceRef;
  readonly models: ModelVersionIds;
  readonly endpoint: OnlineEndpoint;
  /** In the order of the arguments. */
  readonly deployments: readonly OnlineDeployment[];
  /** The endpoint before the step. */
  readonly live: pulumi.Output<LiveEndpoint | undefined>;
  readonly step: pulumi.CustomResource;
  readonly keySecretUri: pulumi.Output<string> | undefined;
}

/**
 * Declares all children of a component, in the order in which they depend on each other.
 *
 * @param instant - the one given for this run, if any
 */
export function declareRollout(
  component: pulumi.ComponentResource,
  name: string,
  admission: Admission<ProgressiveMlflowEndpointArgs>,
  instant: string | undefined,
): DeclaredRollout {
  const { args, lookups } = admission;
  startProviders(component);
  const context = contextOf(component, args, instant);
  admission.alsoAsk((inputs) => beforeComponent(context, inputs));
  const hooks = createHooks(context, admission);
  const placed = placedOptions(component, hooks.lookups);
  const scope: Scope = {
    name,
    args: withHardened(args),
    component,
    lookups,
    placed,
    suffix: suffixOf(name, component),
  };
  const workspace = declareWorkspace(scope, hooks);
  const models = declareModels(scope, workspace, hooks, context);
  const declared = endpointDeclaration(scope, workspace);
  const endpoint = declareEndpoint(scope, declared, hooks);
  const roles = declareIdentityRoles(scope, workspace);
  const order = new WriteOrder(context, endpoint);
  context.order = order;
  const deployments = declareDeployments(scope, workspace, endpoint, models, roles, hooks, order);
  declareRoleAssignments(scope, endpoint);
  declareDiagnostics(scope, endpoint);
  declareAlerts(scope, endpoint);
  const { declared: state, now, ownership } = context;
  const live = liveBeforeStep(context, deployments, order);
  const traffic = { scope, endpoint: declared, hooks, order, state, now, ownership, live };
  const step = declareTraffic(traffic, deployments);
  restoreDropped(traffic, [step, ...deployments]);
  logWithoutStep(name, context, { live, step, instant, path: admission.path });
  const keySecretUri = declareKeySecret(scope, { endpoint, live, step });
  declareSeal(scope);
  return { context, workspace, models, endpoint, deployments, live, step, keySecretUri };
}

/** Before a hook may wait for the engine, which cannot always start a provider meanwhile. With mocks there is none. */
function startProviders(component: pulumi.ComponentResource): void {
  if (engineTarget() === undefined) return;
  componentAzure(component).catch(() => undefined);
  startRandom(component);
}

function contextOf(
  component: pulumi.ComponentResource,
  args: ProgressiveMlflowEndpointArgs,
  instant: string | undefined,
): RolloutContext {
  const ownership = ownershipOf(component, args.takeOver);
  // A refused component has no outputs to ask for.
  ownership.catch(() => undefined);
  const deployedModels = readDeployedModels(args, DISK);
  return {
    component,
    declared: { traffic: declaredTraffic(args), mirrorTraffic: args.mirrorTraffic ?? {} },
    policy: policyOf(args.policy),
    plan: args.rollout && planOf(args.rollout),
    acceptLive: args.acceptLive,
    acceptLiveSettings: args.acceptLiveSettings,
    countSources: countSourcesOf(args),
    allowOutage: args.allowOutage,
    isProtected: isProtected(args),
    ownership,
    weightsFrom: args.weightsFrom,
    configNamespace: args.configNamespace,
    now: () => (instant === undefined ? new Date() : new Date(instant)),
    deployedModels,
    modelFolders: readModelFolders(args.model.versions, deployedModels.unreadable, logAtOnce(component)),
    modelVersions: new Map(),
    modelSources: new Map(),
    machines: machinesOf(args),
    memory: {},
    earlyReads: new EarlyReads(),
  };
}
