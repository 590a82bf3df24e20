import { expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

const URI = { uri: "azureml://jobs/j/outputs/o/paths/m" };
const ALLOWED = { model: { name: "heart", versions: { "1": URI, "2": URI } }, hardened: true };
const contradicts = (got: string, needed: string) =>
  `"${got}" contradicts hardened, which sets ${needed}; remove one of them`;

test("hardened alone breaks no rule, nor with the same settings written out", () => {
  const workspace = {
    publicNetworkAccess: "Disabled",
    systemDatastoresAuthMode: "Identity",
    managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" },
    createContainerRegistry: true,
  };
  expect(problemsWith(ALLOWED)).toEqual([]);
  expect(problemsWith({ ...ALLOWED, authMode: "AADToken", publicNetworkAccess: "Disabled", workspace })).toEqual([]);
  expect(problemsWith({ ...ALLOWED, workspace: { existingName: "mlw" } })).toEqual([]);
});

test("every contradiction is named at once", () => {
  const workspace = {
    publicNetworkAccess: "Enabled",
    systemDatastoresAuthMode: "AccessKey",
    managedNetwork: { isolationMode: "AllowInternetOutbound" },
    createContainerRegistry: false,
  };
  const change = { ...ALLOWED, authMode: "Key", publicNetworkAccess: "Enabled", workspace };
  expect(problemsWith(change)).toEqual([
    `authMode: ${contradicts("Key", "AADToken")}`,
    `publicNetworkAccess: ${contradicts("Enabled", "Disabled")}`,
    `workspace.publicNetworkAccess: ${contradicts("Enabled", "Disabled")}`,
    `workspace.systemDatastoresAuthMode: ${contradicts("AccessKey", "Identity")}`,
    `workspace.managedNetwork.isolationMode: ${contradicts("AllowInternetOutbound", "AllowOnlyApprovedOutbound")}`,
    "workspace.createContainerRegistry: false contradicts hardened: Azure then makes a registry that is open to the internet; remove one of them",
  ]);
});

test("a registry of the program's own needs none to be created", () => {
  const id = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ContainerRegistry/registries/cr";
  const workspace = { createContainerRegistry: false, associatedContainerRegistryResourceId: id };
  expect(problemsWith({ ...ALLOWED, workspace })).toEqual([]);
});

test("storage without keys takes model folders: they are uploaded with a token", () => {
  expect(problemsWith({ hardened: true })).toEqual([]);
  expect(problemsWith({ workspace: { systemDatastoresAuthMode: "Identity" } })).toEqual([]);
});

test.each<[string, object, string]>([
  ["no switch", { hardened: "yes" }, 'hardened: must be true or false, got "yes"'],
  [
    "in a cluster",
    {
      compute:
        "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/w/computes/aks",
    },
    "compute: contradicts hardened, which is for managed endpoints: close the cluster itself; remove one of them",
  ],
])("hardened %s is refused", (_, change, line) => {
  expect(problemsWith({ ...ALLOWED, ...change })).toEqual([line]);
});
