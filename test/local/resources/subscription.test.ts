import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestAzure, valueAt } from "../../support/localAzure";
import { microsoftClients } from "../../support/microsoftClients";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
});
afterAll(() => azure.close());

describe("what tools ask before they do anything", () => {
  test("the tenant and the subscription that they may use", async () => {
    const { tenantId, subscriptionId } = azure.azure;
    expect(await azure.arm("GET", "/tenants")).toMatchObject({ status: 200, body: { value: [{ tenantId }] } });
    const subscription = { subscriptionId, tenantId, state: "Enabled" };
    expect(await azure.arm("GET", "/subscriptions")).toMatchObject({ status: 200, body: { value: [subscription] } });
    expect(await azure.arm("GET", `/subscriptions/${subscriptionId}`)).toMatchObject({
      status: 200,
      body: subscription,
    });
  });

  test("the locations, by name and display name", async () => {
    const { body } = await azure.arm("GET", `/subscriptions/${azure.azure.subscriptionId}/locations`);
    expect(valueAt(body, "value")).toContainEqual(
      expect.objectContaining({ name: "westeurope", displayName: "West Europe" }),
    );
  });

  test("the providers, which are registered, and their types", async () => {
    const { providers } = microsoftClients(azure.azure).resources;
    const listed: string[] = [];
    for await (const { namespace } of providers.list()) listed.push(namespace ?? "");
    expect(listed.toSorted()).toEqual([
      "Microsoft.App",
      "Microsoft.Authorization",
      "Microsoft.ContainerRegistry",
      "Microsoft.Insights",
      "Microsoft.KeyVault",
      "Microsoft.MachineLearningServices",
      "Microsoft.ManagedIdentity",
      "Microsoft.Network",
      "Microsoft.OperationalInsights",
      "Microsoft.Resources",
      "Microsoft.Storage",
    ]);
    const storage = await providers.register("Microsoft.Storage");
    expect(storage).toMatchObject({ namespace: "Microsoft.Storage", registrationState: "Registered" });
    expect(storage.resourceTypes).toContainEqual(
      expect.objectContaining({
        resourceType: "storageAccounts",
        apiVersions: expect.arrayContaining(["2024-01-01", "2023-05-01"]) as string[],
      }),
    );
    await expect(providers.get("Microsoft.Compute")).rejects.toMatchObject({ code: "InvalidResourceNamespace" });
  });
});

test("Microsoft's client lists the resources of the subscription", async () => {
  const { resources } = microsoftClients(azure.azure).resources;
  const names: unknown[] = [];
  for await (const { name } of resources.list()) names.push(name);
  expect(names).toEqual([]);
});
