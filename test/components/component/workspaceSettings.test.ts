import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { declareHeart } from "../../support/heart";
import { armId } from "../../support/mockedAzure";

const STORAGE = armId("rg-data", "Microsoft.Storage/storageAccounts/stdata");
const WORKSPACE = armId("rg-ml", "Microsoft.MachineLearningServices/workspaces/ws-1");
const FOUND = { id: WORKSPACE, location: "swedencentral", storageAccount: STORAGE };
const FOLDERS = {
  name: "heart-classifier",
  versions: {
    "1": { path: "examples/heart-classifier/models/blue" },
    "2": { path: "examples/heart-classifier/models/green" },
  },
};

describe("what is handed in is not created", () => {
  const handedIn = {
    associatedStorageAccountResourceId: STORAGE,
    associatedKeyVaultResourceId: armId("rg-data", "Microsoft.KeyVault/vaults/kv"),
    associatedApplicationInsightsResourceId: armId("rg-data", "Microsoft.Insights/components/appi"),
    associatedContainerRegistryResourceId: armId("rg-data", "Microsoft.ContainerRegistry/registries/cr"),
  };

  test("and the workspace uses it", async () => {
    const { run } = await declareHeart({ workspace: handedIn, model: FOLDERS });
    expect(run.resource("heart-workspace").inputs).toMatchObject({
      storageAccount: handedIn.associatedStorageAccountResourceId,
      keyVault: handedIn.associatedKeyVaultResourceId,
      applicationInsights: handedIn.associatedApplicationInsightsResourceId,
      containerRegistry: handedIn.associatedContainerRegistryResourceId,
    });
    const created = run.children.map(({ type }) => type.split(":").slice(0, 2).join(":"));
    for (const module of ["keyvault", "applicationinsights", "operationalinsights", "containerregistry"]) {
      expect(created).not.toContain(`azure-native:${module}`);
    }
    expect(run.children.map(({ type }) => type)).not.toContain("azure-native:storage:StorageAccount");
  });

  test("even when a preview does not know it yet", async () => {
    const later = pulumi.output(pulumi.unknown as unknown as string);
    const workspace = { ...handedIn, associatedStorageAccountResourceId: later };
    const { run } = await declareHeart({ workspace, model: FOLDERS }, { preview: true });
    expect(run.resource("heart-workspace").inputs["keyVault"]).toBe(handedIn.associatedKeyVaultResourceId);
    expect(run.resource("heart-workspace").inputs["storageAccount"]).not.toBe(STORAGE);
    expect(run.resource("heart-traffic")).toBeDefined();
  });
});

describe("a registry is created when it is asked for", () => {
  test.each([
    ["Basic", {}],
    ["Basic", { managedNetwork: { isolationMode: "Disabled" as const } }],
    ["Premium", { managedNetwork: { isolationMode: "AllowInternetOutbound" as const } }],
  ])("as %s beside %j", async (sku, network) => {
    const { run } = await declareHeart({ workspace: { createContainerRegistry: true, ...network } });
    expect(run.resource("heart-registry").inputs).toMatchObject({
      resourceGroupName: "rg-heart",
      location: "westeurope",
      registryName: "crmlflowabcde",
      sku: { name: sku },
      adminUserEnabled: false,
    });
  });
});

describe("a managed network", () => {
  const network = async (managedNetwork: object) => {
    const { run } = await declareHeart({ workspace: { managedNetwork } as object });
    return run.resource("heart-workspace");
  };

  test("that reaches the internet has no rules, and time to be made", async () => {
    const workspace = await network({ isolationMode: "AllowInternetOutbound" });
    expect(workspace.inputs).toMatchObject({
      managedNetwork: { isolationMode: "AllowInternetOutbound", enableNetworkMonitor: false },
      provisionNetworkNow: true,
    });
    expect(workspace.inputs["managedNetwork"]).not.toHaveProperty("outboundRules");
    expect(workspace.customTimeouts).toEqual({ create: "90m", update: "90m", delete: "60m" });
  });

  test("without package sources has only the rules that are given", async () => {
    const outboundRules = { own: { fqdn: "packages.example.com" } };
    const settings = { isolationMode: "AllowOnlyApprovedOutbound", allowPackageSources: false, outboundRules };
    expect((await network(settings)).inputs["managedNetwork"]).toEqual({
      isolationMode: "AllowOnlyApprovedOutbound",
      enableNetworkMonitor: false,
      outboundRules: { own: { type: "FQDN", category: "UserDefined", destination: "packages.example.com" } },
    });
  });

  test("that is switched off is none", async () => {
    const { inputs } = await network({ isolationMode: "Disabled" });
    expect(inputs["managedNetwork"]).toEqual({ isolationMode: "Disabled", enableNetworkMonitor: false });
    expect(inputs).not.toHaveProperty("provisionNetworkNow");
  });
});

describe("a workspace adopted by id", () => {
  test("is looked up where the id says, and the endpoint stands in it", async () => {
    const workspace = { existingResourceId: pulumi.output(WORKSPACE) };
    const { run } = await declareHeart({ workspace, hardened: true }, { answers: { getWorkspace: FOUND } });
    const lookup = run.calls.find(({ token }) => token.endsWith(":getWorkspace"));
    expect(lookup?.inputs).toEqual({ resourceGroupName: "rg-ml", workspaceName: "ws-1" });
    expect(run.resource("heart-endpoint").inputs).toMatchObject({ resourceGroupName: "rg-ml", workspaceName: "ws-1" });
  });

  test("is refused in another subscription than the provider's", async () => {
    const workspace = { existingResourceId: WORKSPACE.replace("subscription-1", "subscription-2") };
    const { run } = await declareHeart({ workspace }, { answers: { getWorkspace: FOUND } });
    await expect(run.runHook("heart:lookups", {})).rejects.toThrow(
      "cannot look up what the arguments name, nothing was written:\n" +
        "  - workspace.existingResourceId: cannot be read: it is in subscription subscription-2, the provider in " +
        "subscription-1; give the component a provider for subscription-2",
    );
  });
});

const LOGS = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.OperationalInsights/workspaces/logs";
const PROTECTED = ["deletion-protection", "endpoint", "insights", "logs", "storage", "traffic", "vault", "workspace"];

test.each<[string, object, readonly string[]]>([
  ["a new workspace and its endpoint", {}, [...PROTECTED, "deployment-default"]],
  ["the registry of a hardened one", { hardened: true }, [...PROTECTED, "deployment-default", "registry"]],
  [
    "a deployment that is mirrored to",
    { mirrorTraffic: { "xgboost-model-2": 10 } },
    [...PROTECTED, "deployment-default", "deployment-xgboost-model-2"],
  ],
  ["nothing when it is switched off", { deletionProtection: false }, []],
])("deletion protection: %s", async (_, args, expected) => {
  const { run } = await declareHeart(args);
  const found = run.children.filter(({ protect }) => protect).map(({ name }) => name.replace("heart-", ""));
  expect(found.toSorted()).toEqual([...expected].toSorted());
});

test("the seal of deletion protection comes after every child, so that a delete begins with it", async () => {
  const { run } = await declareHeart({
    hardened: true,
    alerts: {},
    roleAssignments: { caller: { principalId: "00000000-0000-0000-0000-000000000001" } },
    diagnosticSettings: { logs: { workspaceResourceId: LOGS } },
  });
  const others = run.children.map(({ name }) => name).filter((name) => name !== "heart-deletion-protection");
  expect(new Set(run.resource("heart-deletion-protection").dependencies)).toEqual(new Set(others));
});
