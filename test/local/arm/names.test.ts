import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspaceParts, GROUP, LOCATION, STORAGE, storageBody, VAULT } from "../../../driver/heartWorkspace";
import { TestAzure } from "../../support/localAzure";
import { REGISTRY } from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  await azure.arm("PUT", REGISTRY, { location: LOCATION, sku: { name: "Basic" } });
});
afterAll(() => azure.close());

describe("names that are unique in all of Azure", () => {
  const elsewhere = (path: string): string => path.replace(GROUP, "resourceGroups/elsewhere");

  test.each<[string, string, object, string]>([
    ["storage account", STORAGE, storageBody(), "StorageAccountAlreadyTaken"],
    ["registry", REGISTRY, { location: LOCATION, sku: { name: "Basic" } }, "AlreadyInUse"],
    [
      "vault",
      VAULT,
      {
        location: LOCATION,
        properties: {
          tenantId: "10ca1000-0000-4000-8000-000000000002",
          sku: { family: "A", name: "standard" },
          accessPolicies: [],
        },
      },
      "VaultAlreadyExists",
    ],
  ])("a %s is refused elsewhere, and its name is not available", async (_, path, body, code) => {
    await azure.arm("PUT", "resourceGroups/elsewhere", { location: LOCATION });
    expect(await azure.arm("PUT", elsewhere(path), body)).toMatchObject({ status: 409, body: { error: { code } } });
    const [, , , provider = "", type = "", name = ""] = path.split("/");
    const check = (asked: string) =>
      azure.arm("POST", `providers/${provider}/checkNameAvailability`, { name: asked, type: `${provider}/${type}` });
    expect(await check(name)).toMatchObject({ status: 200, body: { nameAvailable: false, reason: "AlreadyExists" } });
    expect(await check("stillfree1")).toMatchObject({ status: 200, body: { nameAvailable: true } });
  });
});

test.each([
  ["Microsoft.Storage/storageAccounts", "Capitals"],
  ["Microsoft.KeyVault/vaults", "1vault"],
])("no %s can be named %s", async (type, name) => {
  const [provider = ""] = type.split("/");
  const { body } = await azure.arm("POST", `providers/${provider}/checkNameAvailability`, { name, type });
  expect(body).toMatchObject({ nameAvailable: false, reason: "AccountNameInvalid" });
});

test("a name is checked for the type that it is of", async () => {
  const asked = { name: "free", type: "Microsoft.Storage/other" };
  expect(await azure.arm("POST", "providers/Microsoft.Storage/checkNameAvailability", asked)).toMatchObject({
    status: 400,
    body: { error: { code: "InvalidRequestContent" } },
  });
});
