import { PUT_DEPLOYMENT, PUT_ENDPOINT, TROUBLESHOOTING } from "./rule";
import type { KnownFault, KnownFaults, Target } from "./rule";

/** Operations that are accepted and fail when they end; the deployment stays, in state Failed. */
export const KNOWN_FAILURES: KnownFaults = {
  "liveness-probe": fails(
    "ResourceNotReady",
    () =>
      "User container has crashed or terminated: Liveness probe failed: HTTP probe failed with statuscode: 502. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready",
    "Azure/mlops-v2#120",
  ),
  "liveness-probe-bad-argument": fails(
    "BadArgument",
    () => "User container has crashed or terminated: Liveness probe failed: HTTP probe failed with statuscode: 502.",
    "Azure/azureml-examples#3983, the code since 2026",
  ),
  "image-build": fails(
    "ImageBuildFailure",
    () =>
      "Image build failed. For more details, you might be able to find the build log under the storage account 'heartstorage' in the container 'azureml' at the path 'azureml/ImageLogs/your-image-id/build.log'.",
    `${TROUBLESHOOTING}#error-imagebuildfailure names the place of the log; the first sentence is ours`,
  ),
  "image-build-timeout": fails(
    "ResourceNotFound",
    () =>
      "Deployment failed due to timeout while waiting for Environment Image to become available. Check Environment Build Log in ML Studio Workspace or Workspace storage for potential failures. Image build summary: [N/A]. Environment info: Name: CliV2AnonymousEnvironment, Version: '1', you might be able to find the build log under the storage account 'heartstorage' in the container 'azureml' at the Path 'azureml/ImageLogs/your-image-id/image_build_aggregate_log.txt'.",
    "azure/data-product-analytics#137 and Microsoft's page on deployment failures of prompt flow",
  ),
  "out-of-capacity": fails(
    "OutOfCapacity",
    ({ instanceType }) =>
      `The specified VM size ${instanceType} failed to provision due to a lack of Azure Machine Learning capacity in the region.`,
    `${TROUBLESHOOTING} (earlier versions); the text follows its description`,
  ),
  "out-of-quota-while-deploying": fails(
    "OutOfQuota",
    () => "The container could not be scheduled: the model needs more disk or memory than the instance type has.",
    `${TROUBLESHOOTING}#error-outofquota; the text is ours`,
  ),
  "bad-argument": fails(
    "BadArgument",
    () => "Startup task failed due to authorization error: the user model could not be downloaded.",
    `${TROUBLESHOOTING}#error-badargument; the text follows its headings`,
  ),
  "resource-not-found": fails(
    "ResourceNotFound",
    () => "Azure Resource Manager can't find a required resource.",
    `${TROUBLESHOOTING}#error-resourcenotfound; the text follows its description`,
  ),
  "network-not-ready": fails(
    "WorkspaceManagedNetworkNotReady",
    ({ workspace }) => `The managed network of workspace ${workspace} is not provisioned yet.`,
    `${TROUBLESHOOTING}#error-workspacemanagednetworknotready; the text is ours`,
  ),
  "operation-canceled": fails(
    "OperationCanceled",
    () => "Operation was canceled by another operation that has a higher priority.",
    `${TROUBLESHOOTING}#error-operationcanceled; the text is its heading`,
  ),
  "secrets-injection": fails(
    "SecretsInjectionError",
    () => "The endpoint identity has no permission to read the secrets that the deployment refers to.",
    `${TROUBLESHOOTING}#error-secretsinjectionerror; the text follows its description`,
  ),
  "operation-error": fails(
    "InternalServerError",
    () => "There is something wrong with the Azure Machine Learning service that needs to be fixed.",
    `${TROUBLESHOOTING}#error-internalservererror; the text follows its description`,
  ),
  "traffic-error": {
    stage: "request",
    match: PUT_ENDPOINT,
    source: "no recording of a failed traffic update was found; code and text are assumed",
    effect: () => ({ lro: { code: "InternalServerError", message: "The endpoint could not be updated." } }),
  },
};

function fails(code: string, message: (target: Target) => string, source: string): KnownFault {
  return {
    stage: "request",
    match: PUT_DEPLOYMENT,
    source,
    effect: (target) => ({ lro: { code, message: message(target) } }),
  };
}
