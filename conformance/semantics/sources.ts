import type { Source } from "./semantic";

const LEARN = "https://learn.microsoft.com/azure";
const ML = `${LEARN}/machine-learning`;
const GITHUB = "https://github.com";
const RECORDINGS = "sdk/ml/azure-ai-ml/tests/recordings/online_services/e2etests";

function page(name: string, path: string): Source {
  return { name, url: `${ML}/${path}` };
}

function thread(repository: string, kind: "issues" | "pull", number: number): Source {
  return { name: `${repository}#${number}`, url: `${GITHUB}/${repository}/${kind}/${number}` };
}

export const SAFE_ROLLOUT = page("Safe rollout", "how-to-safely-rollout-online-endpoints");
export const PROGRESSIVE = page("Progressive rollout", "how-to-deploy-mlflow-models-online-progressive");
export const YAML_ENDPOINT = page("Online endpoint YAML", "reference-yaml-endpoint-online");
export const YAML_DEPLOYMENT = page("Managed deployment YAML", "reference-yaml-deployment-managed-online");
export const QUOTAS = page("Quotas and limits", "how-to-manage-quotas");
export const TROUBLESHOOTING = page("Troubleshooting", "how-to-troubleshoot-online-endpoints");
export const AUTHENTICATION = page("Authentication", "how-to-authenticate-online-endpoint");
export const IDENTITIES = page("Managed identities", "how-to-access-resources-from-endpoints-managed-identities");
export const MLFLOW = page("Deploy MLflow models", "how-to-deploy-mlflow-models-online-endpoints");
export const MLFLOW_GUIDE = page("MLflow guidelines", "how-to-deploy-mlflow-models");
export const MODELS = page("Manage models", "how-to-manage-models");
export const TEMPLATES: Source = {
  name: "ARM template deployment",
  url: `${LEARN}/azure-resource-manager/templates/deploy-rest`,
};
function armError(name: string, path: string): Source {
  return { name, url: `${LEARN}/azure-resource-manager/troubleshooting/${path}` };
}

export const ARM_ERRORS = armError("ARM deployment errors", "common-deployment-errors");
export const ARM_NOT_FOUND = armError("ARM: resource not found", "error-not-found");
export const ARM_NO_PARENT = armError("ARM: parent resource not found", "error-parent-resource");

export const SPECIFICATION: Source = {
  name: "REST specification",
  url: `${GITHUB}/Azure/azure-rest-api-specs/blob/main/specification/machinelearningservices/resource-manager/Microsoft.MachineLearningServices/stable/2024-04-01/mfe.json`,
};
export const WORKSPACE_SPECIFICATION: Source = {
  name: "REST specification of workspaces",
  url: SPECIFICATION.url.replace("mfe.json", "machineLearningServices.json"),
};
export const RESOURCE_API: Source = {
  name: "Resource API reference",
  url: `${GITHUB}/Azure/azure-resource-manager-rpc/blob/master/v1.0/resource-api-reference.md`,
};
export const REST_WALK: Source = {
  name: "azureml-examples, deploy-rest.sh",
  url: `${GITHUB}/Azure/azureml-examples/blob/main/cli/deploy-rest.sh`,
};
export const INFERENCE_SERVER: Source = {
  name: "azureml-inference-server",
  url: `${GITHUB}/microsoft/azureml-inference-server`,
};
export const SDK_ENDPOINTS: Source = {
  name: "azure-ai-ml, online endpoint operations",
  url: `${GITHUB}/Azure/azure-sdk-for-python/blob/main/sdk/ml/azure-ai-ml/azure/ai/ml/operations/_online_endpoint_operations.py`,
};
export const SDK_ARTIFACTS: Source = {
  name: "azure-ai-ml, artifact constants",
  url: `${GITHUB}/Azure/azure-sdk-for-python/blob/main/sdk/ml/azure-ai-ml/azure/ai/ml/_artifacts/_constants.py`,
};

/** Microsoft's SDK tests as recorded with the service: an endpoint, a deployment, all its traffic, a score, the end. */
export const RECORDED_ROLLOUT: Source = {
  name: "Recording, October 2022",
  url: `${GITHUB}/Azure/azure-sdk-for-python/blob/0edb01d76d2de07fd21e10b8b39e87d017228931/${RECORDINGS}/test_online_deployment.pyTestOnlineDeploymenttest_online_deployment.json`,
};
/** An endpoint without deployments, its token, its end. */
export const RECORDED_ENDPOINT: Source = {
  name: "Recording, March 2026",
  url: `${GITHUB}/Azure/azure-sdk-assets/blob/a08060416d9ce8aedb312a9d693b886f3a9d0197/python/${RECORDINGS}/test_online_endpoint.pyTestOnlineEndpointtest_online_endpoint_e2e.json`,
};
/** A deployment, an update of it, the end of its endpoint. */
export const RECORDED_UPDATE: Source = {
  name: "Recording of an update, February 2025",
  url: `${GITHUB}/Azure/azure-sdk-assets/blob/04f5fde4ea107033d10842a1be036ebed51ba246/python/${RECORDINGS}/test_online_deployment.pyTestOnlineDeploymenttest_online_deployment_update.json`,
};
/** The delete of an endpoint that is not there. */
export const RECORDED_ABSENCE: Source = {
  name: "Recording of a delete, February 2025",
  url: `${GITHUB}/Azure/azure-sdk-assets/blob/f79c68956c06a6acf19e1bacbd9c3019b4f4430a/python/${RECORDINGS}/test_online_endpoint.pyTestOnlineEndpointtest_online_endpoint_mir_e2e.json`,
};

export const TRAFFIC_LOST_BY_TEMPLATE: Source = {
  name: "microsoft-foundry-baseline, machinelearning.bicep",
  url: `${GITHUB}/Azure-Samples/microsoft-foundry-baseline/blob/fab8849/infra-as-code/bicep/machinelearning.bicep#L276`,
};
export const TRAFFIC_LOST_BY_SDK = thread("microsoft/genaiops-promptflow-template", "issues", 182);
export const BUSY_ENDPOINT = thread("Azure/azure-sdk-for-net", "issues", 36_961);
export const NAME_TAKEN = thread("Azure/azure-cli-extensions", "issues", 7660);
export const INSTANCE_TYPE_IGNORED = thread("Azure/AML-Kubernetes", "issues", 247);
export const CONTAINER_CRASH = thread("Azure/mlops-v2", "issues", 120);
export const INTEGER_VERSION = thread("Azure/azureml-examples", "issues", 2725);
export const INPUT_DATA_MISSING = thread("Azure/azureml-examples", "issues", 3385);
export const SOFT_DELETE = thread("Azure/ResourceModules", "issues", 3596);
export const AZURERM_ENDPOINT = thread("hashicorp/terraform-provider-azurerm", "pull", 32_011);
export const API_VERSION_NEEDED = thread("MicrosoftDocs/feedback", "issues", 2279);
export const TEMPLATE_ACTIVE = thread("microsoft/azure-pipelines-tasks", "issues", 5320);
export const LATE_TRAFFIC = thread("Azure/azure-dev", "issues", 3881);
export const NAME_KEPT_AFTER_DELETE = thread("Azure/azureml-examples", "pull", 1930);
