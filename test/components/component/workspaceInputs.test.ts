import { describe, expect, test } from "vitest";
import { declareHeart } from "../../support/heart";
import { armId } from "../../support/mockedAzure";

const TAGS = { team: "cardio" };
const COMMON = { resourceGroupName: "rg-heart", location: "westeurope", tags: TAGS };

describe("a new workspace", () => {
  test("comes with a storage account, a key vault and Application Insights on a log workspace of its own", async () => {
    const { run } = await declareHeart({ tags: TAGS });
    expect(run.resource("heart-workspace").inputs).toEqual({
      ...COMMON,
      workspaceName: "mlw-abcde",
      storageAccount: armId("rg-heart", "Microsoft.Storage/storageAccounts/stmlflowabcde"),
      keyVault: armId("rg-heart", "heart-vault"),
      applicationInsights: armId("rg-heart", "heart-insights"),
      identity: { type: "SystemAssigned" },
      sku: { name: "Basic", tier: "Basic" },
      publicNetworkAccess: "Enabled",
    });
    expect(run.resource("heart-storage").inputs).toEqual({
      ...COMMON,
      accountName: "stmlflowabcde",
      kind: "StorageV2",
      sku: { name: "Standard_LRS" },
      allowBlobPublicAccess: false,
      minimumTlsVersion: "TLS1_2",
      enableHttpsTrafficOnly: true,
    });
    expect(run.resource("heart-vault").inputs).toEqual({
      ...COMMON,
      vaultName: "kv-mlflow-abcde",
      properties: expect.objectContaining({
        tenantId: "tenant-1",
        sku: { family: "A", name: "standard" },
        enableRbacAuthorization: true,
        enableSoftDelete: true,
      }),
    });
    expect(run.resource("heart-insights").inputs).toEqual(
      expect.objectContaining({
        ...COMMON,
        resourceName: "appi-mlflow-abcde",
        applicationType: "web",
        kind: "web",
        workspaceResourceId: armId("rg-heart", "heart-logs"),
      }),
    );
    expect(run.resource("heart-logs").inputs).toEqual({
      ...COMMON,
      workspaceName: "log-mlflow-abcde",
      sku: { name: "PerGB2018" },
      retentionInDays: 30,
    });
  });

  test("stands where the resource group stands unless a location is given", async () => {
    const { run } = await declareHeart({}, { answers: { getResourceGroup: { location: "northeurope" } } });
    expect(run.resource("heart-workspace").inputs["location"]).toBe("northeurope");
    expect(run.resource("heart-endpoint").inputs["location"]).toBe("northeurope");

    const given = await declareHeart({ location: "uksouth" });
    expect(given.run.resource("heart-workspace").inputs["location"]).toBe("uksouth");
    expect(given.run.calls.map(({ token }) => token)).not.toContain("azure-native:resources:getResourceGroup");
  });

  test("has the name and the network access that are given", async () => {
    const { run } = await declareHeart({ workspace: { name: "ws-heart" }, publicNetworkAccess: "Disabled" });
    expect(run.resource("heart-workspace").inputs).toMatchObject({
      workspaceName: "ws-heart",
      publicNetworkAccess: "Disabled",
    });
  });

  test("has names with five random lower-case letters and digits that stay the same", async () => {
    const { run } = await declareHeart();
    expect(run.resource("heart-suffix").inputs).toEqual({
      length: 5,
      lower: true,
      upper: false,
      numeric: true,
      special: false,
    });
  });
});

describe("an adopted workspace", () => {
  const found = {
    id: armId("rg-ml", "Microsoft.MachineLearningServices/workspaces/ws-1"),
    location: "swedencentral",
    storageAccount: armId("rg-data", "Microsoft.Storage/storageAccounts/stdata"),
  };
  const workspace = { existingName: "ws-1", existingResourceGroupName: "rg-ml" };

  test("is looked up in its own resource group, and the endpoint stands in it", async () => {
    const { run } = await declareHeart({ workspace, location: "westeurope" }, { answers: { getWorkspace: found } });
    const lookup = run.calls.find(({ token }) => token.endsWith(":getWorkspace"));
    expect(lookup?.inputs).toEqual({ resourceGroupName: "rg-ml", workspaceName: "ws-1" });
    expect(run.resource("heart-endpoint").inputs).toMatchObject({
      resourceGroupName: "rg-ml",
      workspaceName: "ws-1",
      location: "swedencentral",
    });
  });

  test("is looked up in the resource group of the component when it has no other", async () => {
    const { run } = await declareHeart({ workspace: { existingName: "ws-1" } }, { answers: { getWorkspace: found } });
    const lookup = run.calls.find(({ token }) => token.endsWith(":getWorkspace"));
    expect(lookup?.inputs).toEqual({ resourceGroupName: "rg-heart", workspaceName: "ws-1" });
  });
});
