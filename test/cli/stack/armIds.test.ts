import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { armIdOf, armPathOf } from "../../../cli/stack/armIds";
import { ROOT } from "../../../driver/paths";

const GROUP = "/subscriptions/sub/resourceGroups/rg/providers";
const WORKSPACE = `${GROUP}/Microsoft.MachineLearningServices/workspaces/mlw`;
const INPUTS = {
  resourceGroupName: "rg",
  workspaceName: "mlw",
  endpointName: "heart",
  accountName: "st",
  containerName: "models",
  vaultName: "kv",
  resourceName: "appi",
  name: "heart-classifier",
  version: "2",
};

describe("the ARM id of", () => {
  test.each([
    ["resources:ResourceGroup", {}, "/subscriptions/sub/resourceGroups/rg"],
    [
      "resources:Deployment",
      { deploymentName: "heart-traffic" },
      `${GROUP}/Microsoft.Resources/deployments/heart-traffic`,
    ],
    ["storage:StorageAccount", {}, `${GROUP}/Microsoft.Storage/storageAccounts/st`],
    [
      "storage:BlobContainer",
      {},
      `${GROUP}/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/models`,
    ],
    [
      "storage:Blob",
      { blobName: "heart/ab12/model.onnx" },
      `${GROUP}/Microsoft.Storage/storageAccounts/st/blobServices/default/containers/models/blobs/heart/ab12/model.onnx`,
    ],
    ["keyvault:Vault", {}, `${GROUP}/Microsoft.KeyVault/vaults/kv`],
    ["keyvault:Secret", { secretName: "heart-key" }, `${GROUP}/Microsoft.KeyVault/vaults/kv/secrets/heart-key`],
    ["containerregistry:Registry", { registryName: "cr" }, `${GROUP}/Microsoft.ContainerRegistry/registries/cr`],
    [
      "network:PrivateDnsZoneGroup",
      { privateEndpointName: "pe", privateDnsZoneGroupName: "default" },
      `${GROUP}/Microsoft.Network/privateEndpoints/pe/privateDnsZoneGroups/default`,
    ],
    [
      "authorization:RoleAssignment",
      { scope: WORKSPACE, roleAssignmentName: "guid" },
      `${WORKSPACE}/providers/Microsoft.Authorization/roleAssignments/guid`,
    ],
    [
      "monitor:AutoscaleSetting",
      { autoscaleSettingName: "scale" },
      `${GROUP}/Microsoft.Insights/autoscaleSettings/scale`,
    ],
    [
      "monitor:DiagnosticSetting",
      { resourceUri: WORKSPACE, name: "logs" },
      `${WORKSPACE}/providers/Microsoft.Insights/diagnosticSettings/logs`,
    ],
    ["monitor:MetricAlert", { ruleName: "errors" }, `${GROUP}/Microsoft.Insights/metricAlerts/errors`],
    ["applicationinsights:Component", {}, `${GROUP}/Microsoft.Insights/components/appi`],
    [
      "operationalinsights:Workspace",
      { workspaceName: "log" },
      `${GROUP}/Microsoft.OperationalInsights/workspaces/log`,
    ],
    ["machinelearningservices:Workspace", {}, WORKSPACE],
    ["machinelearningservices:Datastore", { name: "store" }, `${WORKSPACE}/datastores/store`],
    ["machinelearningservices:ModelContainer", {}, `${WORKSPACE}/models/heart-classifier`],
    ["machinelearningservices:ModelVersion", {}, `${WORKSPACE}/models/heart-classifier/versions/2`],
    ["machinelearningservices:OnlineEndpoint", {}, `${WORKSPACE}/onlineEndpoints/heart`],
    [
      "machinelearningservices:OnlineDeployment",
      { deploymentName: "green" },
      `${WORKSPACE}/onlineEndpoints/heart/deployments/green`,
    ],
    ["machinelearningservices/v20240401:OnlineEndpoint", {}, `${WORKSPACE}/onlineEndpoints/heart`],
  ])("%s", (type, own, id) => {
    expect(armIdOf(`azure-native:${type}`, { ...INPUTS, ...own }, "sub")).toBe(id);
  });

  test("a type that is not known is undefined", () => {
    expect(armIdOf("azure-native:network:VirtualNetwork", INPUTS, "sub")).toBeUndefined();
  });

  test.each([{}, { resourceGroupName: "rg", vaultName: "" }, { resourceGroupName: "rg", vaultName: { secret: "?" } }])(
    "a resource whose name is not plain is undefined: %j",
    (inputs) => {
      expect(armIdOf("azure-native:keyvault:Vault", inputs, "sub")).toBeUndefined();
    },
  );
});

const IMPORTED = /import \{ ([A-Z]\w*)(?: as \w+)? \} from "@pulumi\/azure-native\/(\w+)\/\w+"/g;
/** Of those that are loaded with their first resource. */
const LOADED = /typeof import\("@pulumi\/azure-native\/(\w+)\/\w+"\)\s*\)\s*\.(\w+);/g;

test("every type of resource that the component declares is known", () => {
  const folder = join(ROOT, "components", "resources");
  const sources = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
  const types = sources.flatMap((source) => [
    ...[...source.matchAll(IMPORTED)].map(([, name = "", module = ""]) => `azure-native:${module}:${name}`),
    ...[...source.matchAll(LOADED)].map(([, module = "", name = ""]) => `azure-native:${module}:${name}`),
  ]);
  expect(types.length).toBeGreaterThan(15);
  expect(types.filter((type) => armPathOf(type) === undefined)).toEqual([]);
});
