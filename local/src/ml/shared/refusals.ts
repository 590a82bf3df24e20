import { ArmError } from "../../arm/errors";

interface QuotaRefusal {
  readonly instanceType: string;
  readonly subscriptionId: string;
  /** Cores that the region's other deployments have. */
  readonly used: number;
  readonly limit: number;
  /** Cores that the deployment needs. */
  readonly cores: number;
}

/**
 * What Azure ML refuses, at one place. The rules are documented; where the service's own text was found it is used and
 * its source named, else the text is ours and marked `assumed`.
 */
export const refusals = {
  // assumed text; rule: "how-to-safely-rollout-online-endpoints"
  trafficSum: (total: number) => invalid("traffic", `The sum of traffic percentages must be 0 or 100, got ${total}.`),
  // assumed text; rule: "reference-yaml-endpoint-online"
  trafficUnknown: (name: string) =>
    invalid("traffic", `Traffic is set for deployment '${name}', which does not exist in this endpoint.`),
  // assumed text; int32 in the specification
  trafficValue: (key: string, name: string, value: unknown) =>
    invalid(
      key,
      `The value of '${name}' must be an integer from 0 to ${key === "traffic" ? 100 : 50}, got ${JSON.stringify(value)}.`,
    ),
  // assumed text; reported: traffic to a deployment that is not ready is refused
  trafficNotReady: (name: string, state: string) =>
    invalid("traffic", `Traffic cannot be set for deployment '${name}' because it is in ${state} provisioning state.`),
  // assumed text; rule: "how-to-safely-rollout-online-endpoints"
  mirrorTargets: (count: number) =>
    invalid("mirrorTraffic", `Traffic can be mirrored to one deployment only, got ${count}.`),
  // assumed text; rule: "how-to-safely-rollout-online-endpoints"
  mirrorLive: (name: string) =>
    invalid("mirrorTraffic", `Deployment '${name}' cannot have both live and mirror traffic.`),
  // assumed text; rule: "how-to-deploy-online-endpoints"
  deleteWithTraffic: (name: string, weight: number) =>
    invalid(
      "deployment",
      `Deployment '${name}' has ${weight}% of the traffic and cannot be deleted. Set its traffic to 0 first.`,
    ),
  // Azure/azure-sdk-for-net#36961; the status of that reply is assumed
  busy: (deployment: string, endpoint: string, state: string) =>
    new ArmError(409, {
      code: "Conflict",
      message: `Cannot create a deployment in endpoint ${endpoint} because it is in ${state} provisioning state. (${deployment})`,
    }),
  // assumed text; "one operation at a time" is documented by TSG "OperationCanceled"
  busyEndpoint: (endpoint: string, state: string) =>
    new ArmError(409, {
      code: "Conflict",
      message: `Endpoint ${endpoint} is in ${state} provisioning state; try again later.`,
    }),
  // Azure/azure-cli-extensions#7660
  endpointNameTaken: () =>
    inferencing(
      "There is already an endpoint with this name, Endpoint name needs to be unique within a region. Try some other name.",
    ),
  // assumed text; rule: "how-to-manage-quotas"
  name: (what: string, name: string) =>
    invalid(
      what,
      `'${name}' is not a valid ${what} name: 3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit.`,
    ),
  // MicrosoftLearning/mslearn-azure-ml#30
  outOfQuota: ({ instanceType, subscriptionId, used, limit, cores }: QuotaRefusal) =>
    inferencing(
      `Not enough quota available for ${instanceType} in SubscriptionId ${subscriptionId}. Current usage/limit: ${used}/${limit}. Additional needed: ${cores} Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota`,
      "VmSize",
      "InferencingClientCreateDeploymentFailed",
    ),
  // assumed text
  computeNotFound: (compute: string) =>
    invalid("compute", `'${compute}' is not a Kubernetes compute attached to the workspace.`),
  // assumed text; rule: "how-to-safely-rollout-online-endpoints"
  mirrorOnKubernetes: () => invalid("mirrorTraffic", "Kubernetes online endpoints do not support mirrored traffic."),
  // assumed text
  computeType: (type: string, expected: string) =>
    invalid("endpointComputeType", `A deployment of this endpoint must be ${expected}, got '${type}'.`),
  // assumed text; rule: "reference-yaml-deployment-managed-online"
  managedScaling: (type: string) =>
    invalid(
      "scaleSettings",
      `A managed deployment has the scale type Default, got '${type}'; use Azure Monitor autoscale.`,
    ),
  // assumed text; rule: "how-to-manage-quotas"
  namesTooLong: (length: number, most: number) =>
    invalid(
      "deployment",
      `The names of endpoint and deployment have ${length} characters together, ${most} are allowed.`,
    ),
  // assumed text
  environmentNotFound: (environment: string) => invalid("environmentId", `Environment '${environment}' was not found.`),
  // assumed text
  codeNotFound: (code: string) => invalid("codeConfiguration", `Code '${code}' was not found.`),
  // assumed text; rule: "how-to-manage-quotas"
  tooManyDeployments: () => inferencing("The endpoint has reached the limit of 20 deployments."),
  // assumed text; rule: managed identity how-to, "cannot be changed after creation"
  immutable: (property: string) =>
    invalid(property, `Property '${property}' cannot be changed after the endpoint is created.`),
  // assumed; the other reading is a PUT that starts the deployment anew
  failedDeployment: (name: string) =>
    invalid(
      "deployment",
      `Deployment '${name}' is in Failed provisioning state. Delete it before it is created again.`,
    ),
  // assumed text
  modelNotFound: (model: string) => invalid("model", `Model '${model}' was not found.`),
  // azure-ai-ml `_artifacts/_constants.py`
  assetPath: () => new ArmError(400, { code: "UserError", message: "Asset paths cannot be updated." }),
  // Azure/azureml-examples#2725: other versions are refused; assumed text
  modelVersion: (version: string) => invalid("version", `Version '${version}' is not a positive integer.`),
  // Azure/ResourceModules#3596
  softDeleted: () =>
    new ArmError(400, {
      code: "BadRequest",
      message: "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
    }),
};

function invalid(target: string, message: string): ArmError {
  return new ArmError(400, {
    code: "BadRequest",
    message: "The request is invalid.",
    details: [{ code: "InferencingClientCallFailed", message, target }],
  });
}

/** The service hands the inner service's validation problem on as text (Azure/azure-cli-extensions#7660). */
function inferencing(message: string, target = "", code = "InferencingClientCallFailed"): ArmError {
  const inner = JSON.stringify({ errors: { [target]: [message] }, title: "One or more validation errors occurred." });
  return new ArmError(400, {
    code: "BadRequest",
    message: "The request is invalid.",
    details: [{ code, message: inner }],
  });
}
