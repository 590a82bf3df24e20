import * as pulumi from "@pulumi/pulumi";
import { listOnlineEndpointKeysOutput } from "@pulumi/azure-native/machinelearningservices/listOnlineEndpointKeys";
import type { ProgressiveMlflowEndpointArgs } from "./args";
import { checkArgs, declaredTraffic } from "./checks/checkArgs";
import { reportLive } from "./live/context";
import type { RolloutContext } from "./live/context";
import { createHooks } from "./live/hooks";
import { Lookups, placedOptions } from "./live/lookups";
import { endpointPath, parseEndpointId } from "./live/path";
import { hideSecretAnswers } from "./live/secretAnswers";
import { declareAlerts } from "./resources/alerts";
import { readDeployedModels } from "./resources/deployedModels";
import { declareDeployments } from "./resources/deployments";
import { declareEndpoint, endpointDeclaration } from "./resources/endpoint";
import { declareDiagnostics } from "./resources/diagnostics";
import { withHardened } from "./resources/hardened";
import { declareKeySecret } from "./resources/keySecret";
import { machinesOf } from "./resources/machines";
import { DISK } from "./resources/modelFolder";
import { declareModels } from "./resources/models";
import { declareIdentityRoles, declareRoleAssignments } from "./resources/roles";
import type { Scope } from "./resources/scope";
import { suffixOf } from "./resources/suffix";
import { declareTraffic, liveBeforeStep } from "./resources/traffic";
import { declareWorkspace } from "./resources/workspace";
import { policyOf } from "./rollout/policy";
import type { RolloutReport } from "./rollout/report";
import { formatViolations } from "./rollout/violation";

/**
 * An Azure ML online endpoint whose MLflow model versions are rolled out step by step: the weights in the program are
 * the live weights after `pulumi up`.
 *
 * Declares the workspace (or adopts one), the registered model versions, the endpoint, its deployments and the traffic
 * step. Deployments that leave the program are deleted after the weights without them are written and read back; the
 * weights of a serving endpoint are never dropped.
 *
 * @example
 * new ProgressiveMlflowEndpoint("heart", {
 *   resourceGroupName: "rg-heart",
 *   model: { name: "heart-classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } },
 *   deployments: { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2" } },
 *   traffic: { default: 90, "xgboost-model-2": 10 },
 * });
 */
export class ProgressiveMlflowEndpoint extends pulumi.ComponentResource {
  /** Name of the endpoint. */
  public readonly endpointName: pulumi.Output<string>;
  /** ARM id of the endpoint. */
  public readonly endpointId: pulumi.Output<string>;
  /** Principal id of the system-assigned identity of the endpoint; undefined when it has none. */
  public readonly principalId: pulumi.Output<string | undefined>;
  /** Where requests are scored; known when the declared traffic is live. */
  public readonly scoringUri: pulumi.Output<string>;
  /** The live weights after this update, in percent by deployment. */
  public readonly traffic: pulumi.Output<{ [deployment: string]: number }>;
  /** Name of the workspace. */
  public readonly workspaceName: pulumi.Output<string>;
  /** ARM id of the workspace. */
  public readonly workspaceId: pulumi.Output<string>;
  /** ARM ids of the deployments, by name. */
  public readonly deploymentIds: pulumi.Output<{ [deployment: string]: string }>;
  /** Ids of the model versions, by version. */
  public readonly modelVersionIds: pulumi.Output<{ [version: string]: string }>;
  /** Name of the request header that addresses one deployment, whatever its weight. */
  public readonly deploymentHeader: pulumi.Output<string>;
  /** Address of the secret of `keySecret`, without a version: the newest key is there. Undefined without `keySecret`. */
  public readonly keySecretUri: pulumi.Output<string | undefined>;
  /** The traffic step of this run for machines: weights before and after, rules, what comes next. */
  public readonly rollout: pulumi.Output<RolloutReport>;

  /**
   * @param name - name of the component; part of the names of its children in Pulumi, not in Azure
   * @throws ResourceError with every broken rule, before anything is registered
   */
  constructor(name: string, args: ProgressiveMlflowEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    super("azure-mlflow-rollout:index:ProgressiveMlflowEndpoint", name, shownInputs(args), opts);
    const instant = process.env["MLFLOW_ROLLOUT_NOW"];
    rejectIfInvalid(this, args, instant);
    hideSecretAnswers();

    const state = { traffic: declaredTraffic(args), mirrorTraffic: args.mirrorTraffic ?? {} };
    const now = instant === undefined ? new Date() : new Date(instant);
    const context: RolloutContext = {
      component: this,
      declared: state,
      policy: policyOf(args.policy),
      acceptLive: args.acceptLive,
      allowOutage: args.allowOutage,
      weightsFrom: args.weightsFrom,
      configNamespace: args.configNamespace,
      now,
      deployedModels: readDeployedModels(args, DISK),
      machines: machinesOf(args),
      memory: {},
    };
    const lookups = new Lookups();
    const hooks = createHooks(context, lookups);
    const placed = placedOptions(this, hooks.lookups);
    const suffix = suffixOf(name, this);
    const scope: Scope = { name, args: withHardened(args), component: this, lookups, placed, suffix };
    const workspace = declareWorkspace(scope, hooks);
    const models = declareModels(scope, workspace, hooks);
    const declared = endpointDeclaration(scope, workspace);
    const endpoint = declareEndpoint(scope, declared, hooks);
    const roles = declareIdentityRoles(scope, workspace);
    const deployments = declareDeployments(scope, workspace, endpoint, models, roles, hooks);
    declareRoleAssignments(scope, endpoint);
    declareDiagnostics(scope, endpoint);
    declareAlerts(scope, endpoint);
    const live = liveBeforeStep(this, endpoint, deployments);
    const step = declareTraffic(scope, declared, endpoint, deployments, { state, now, live }, hooks);
    const keySecretUri = declareKeySecret(scope, { endpoint, live, step });

    this.endpointName = endpointPath(endpoint).endpointName;
    this.endpointId = endpoint.id;
    this.principalId = endpoint.identity.apply((identity) => identity?.principalId);
    this.scoringUri = pulumi.all([endpoint.properties, step.id]).apply(([{ scoringUri }]) => scoringUri);
    this.traffic = step.id.apply(() => state.traffic);
    this.workspaceName = workspace.name;
    this.workspaceId = workspace.id;
    this.deploymentIds = pulumi.output(deploymentIds(args, deployments));
    this.modelVersionIds = pulumi.output(models);
    this.deploymentHeader = pulumi.output("azureml-model-deployment");
    this.keySecretUri = pulumi.output(keySecretUri);
    // After the step, whose hook knows more of it.
    this.rollout = pulumi.all([live, step.id]).apply(([endpointBefore]) => reportLive(context, endpointBefore));
    this.registerOutputs({
      endpointName: this.endpointName,
      endpointId: this.endpointId,
      principalId: this.principalId,
      scoringUri: this.scoringUri,
      traffic: this.traffic,
      workspaceName: this.workspaceName,
      workspaceId: this.workspaceId,
      deploymentIds: this.deploymentIds,
      modelVersionIds: this.modelVersionIds,
      deploymentHeader: this.deploymentHeader,
      keySecretUri: this.keySecretUri,
      rollout: this.rollout,
    });
  }

  /** The primary key of the endpoint, as a secret. Only for `authMode` `Key`; read each time it is asked for. */
  public primaryKey(): pulumi.Output<string> {
    const keys = this.endpointId.apply((id) =>
      listOnlineEndpointKeysOutput({ ...parseEndpointId(id) }, { parent: this }),
    );
    return pulumi.secret(keys.apply(({ primaryKey }) => primaryKey ?? ""));
  }
}

/** The deployments stand in the order of the arguments. */
function deploymentIds(
  { deployments: declared }: ProgressiveMlflowEndpointArgs,
  deployments: readonly pulumi.CustomResource[],
): { [deployment: string]: pulumi.Input<string> } {
  return Object.fromEntries(Object.keys(declared).map((name, index) => [name, deployments[index]?.id ?? ""]));
}

/** What a preview compares on the component's own line: all arguments but the switches for one run. */
function shownInputs(args: ProgressiveMlflowEndpointArgs): pulumi.Inputs {
  const { acceptLive: _, allowOutage: __, weightsFrom: ___, configNamespace: ____, ...shown } = { ...args };
  return shown;
}

function rejectIfInvalid(component: pulumi.Resource, args: ProgressiveMlflowEndpointArgs, instant?: string): void {
  const violations = checkArgs(args, DISK, instant);
  if (violations.length === 0) return;
  throw new pulumi.ResourceError(
    `invalid arguments, nothing was written:\n${formatViolations(violations)}`,
    component,
    true,
  );
}
