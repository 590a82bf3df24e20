import * as pulumi from "@pulumi/pulumi";
import { listOnlineEndpointKeysOutput } from "@pulumi/azure-native/machinelearningservices/listOnlineEndpointKeys";
import type { ProgressiveMlflowEndpointArgs } from "./args";
import { checkArgs } from "./checks/checkArgs";
import { Admission } from "./hooks/admission";
import { askCli } from "./pulumi/engineVersion";
import { reportLive, trafficAfter } from "./hooks/report";
import { endpointPath, parseEndpointId } from "./azure/ids";
import { redact } from "./values/redact";
import { azureBehind } from "./pulumi/azureBehind";
import { requireSdkInternals } from "./pulumi/sdkInternals";
import { hideSecretAnswers } from "./pulumi/secretAnswers";
import { warnOnceRegistered } from "./pulumi/later";
import { withoutStacks } from "./pulumi/withoutStacks";
import { DISK } from "./models/disk";
import { DEFAULT_DATASTORE } from "./hooks/component";
import { declareRollout } from "./declareRollout";
import type { DeclaredRollout } from "./declareRollout";
import type { RolloutReport } from "./hooks/report";
import { formatViolations } from "./values/violation";

/**
 * An Azure ML online endpoint whose MLflow model versions are rolled out step by step: the weights in the program are
 * the live weights after `pulumi up`.
 *
 * Declares the workspace (or adopts one), the registered model versions, the endpoint, its deployments and the traffic
 * step. Deployments removed from the program are deleted after the weights without them have been written and read
 * back; an endpoint that serves never loses its weights.
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
  /** Where callers send requests; known once the declared traffic is live. */
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
  /** Address of the secret of `keySecret`, without a version, so always that of the newest key. Undefined without `keySecret`. */
  public readonly keySecretUri: pulumi.Output<string | undefined>;
  /** The traffic step of this run as an object: weights before and after, rules, what comes next. */
  public readonly rollout: pulumi.Output<RolloutReport>;

  /**
   * @param name - name of the component; part of the names of its children in Pulumi, not in Azure
   * @throws ResourceError with every broken rule, or when the Pulumi CLI is too old; the engine then registers nothing
   */
  constructor(name: string, args: ProgressiveMlflowEndpointArgs, opts?: pulumi.ComponentResourceOptions) {
    const admission = new Admission(name, args, opts);
    const shown = { ...shownInputs(admission.args), refused: admission.verdict };
    super("azure-mlflow-rollout:index:ProgressiveMlflowEndpoint", name, shown, admission.options);
    const rollout = declare(this, name, args, admission);
    const { context, workspace, models, endpoint, deployments, live, step, keySecretUri } = rollout;

    this.endpointName = endpointPath(endpoint).endpointName;
    this.endpointId = endpoint.id;
    this.principalId = endpoint.identity.apply((identity) => identity?.principalId);
    this.scoringUri = pulumi.all([endpoint.properties, step.id]).apply(([{ scoringUri }]) => scoringUri);
    // After the step, whose hooks know more about it.
    this.traffic = pulumi.all([live, step.id]).apply(([before]) => trafficAfter(context, before).traffic);
    this.workspaceName = workspace.name;
    this.workspaceId = workspace.id;
    this.deploymentIds = pulumi.output(deploymentIds(args, deployments));
    this.modelVersionIds = pulumi.output(models);
    this.deploymentHeader = pulumi.output("azureml-model-deployment");
    this.keySecretUri = pulumi.output(keySecretUri);
    this.rollout = pulumi.all([live, step.id]).apply(([before]) => reportLive(context, before));
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

  /** The primary key of the endpoint, as a secret. Only for `authMode` `Key`; read on each call. */
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

/**
 * What a preview compares on the component's own line: all arguments but the switches for one run; where model files
 * are, since earlier versions kept them elsewhere; and which resources of the program contain the component.
 */
function shownInputs(args: ProgressiveMlflowEndpointArgs): pulumi.Inputs {
  const { acceptLive: _, acceptLiveSettings: __, allowOutage: ___, takeOver: ____, ...others } = { ...args };
  const { weightsFrom: _____, configNamespace: ______, ...shown } = others;
  const standsIn = azureBehind([args.resourceGroupName, args.workspace]);
  return { ...shown, modelFiles: DEFAULT_DATASTORE, standsIn };
}

const UNPROTECTED =
  "deletion protection is off: what is removed from the program is deleted in the same update, even an endpoint that serves; " +
  "remove deletionProtection from config again when that is done";

/**
 * Declares the children, or refuses the component: with an error for the program and, should that be caught, a verdict
 * for the engine.
 */
function declare(
  component: ProgressiveMlflowEndpoint,
  name: string,
  args: ProgressiveMlflowEndpointArgs,
  admission: Admission<ProgressiveMlflowEndpointArgs>,
): DeclaredRollout {
  const instant = process.env["MLFLOW_ROLLOUT_NOW"];
  let problem: string | undefined;
  try {
    const cliProblem = askCli();
    const problemOfArguments = argumentProblem(args, instant);
    problem = cliProblem() ?? problemOfArguments;
    if (problem === undefined) {
      requireSdkInternals(component);
      hideSecretAnswers();
      if (args.deletionProtection === false) warnOnceRegistered(component, UNPROTECTED);
      const declared = withoutStacks(() => declareRollout(component, name, admission, instant));
      admission.close();
      return declared;
    }
  } catch (error) {
    problem = `the component cannot be declared, nothing was written: ${redact(String(error))}`;
  }
  admission.refuse(problem);
  // Not on the component: to report the error, the SDK would wait for its URN, which a refused component never gets.
  throw new pulumi.ResourceError(problem, undefined, true);
}

function argumentProblem(args: ProgressiveMlflowEndpointArgs, instant: string | undefined): string | undefined {
  const violations = checkArgs(args, DISK, instant);
  return violations.length === 0
    ? undefined
    : `invalid arguments, nothing was written:\n${formatViolations(violations)}`;
}
