import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { declareHeart } from "../support/heart";
import { temporaryFolder } from "../support/temporaryFolder";
import { ROOT } from "../../driver/paths";

const PAGE = readFileSync(join(ROOT, "docs", "arguments.md"), "utf8");

/** The names in the first column of the table of children, as patterns. */
function namedChildren(): readonly RegExp[] {
  const [, table = ""] = PAGE.split("\n| child ");
  const rows = (table.split("\n\n")[0] ?? "").split("\n").slice(2);
  const names = rows.flatMap((row) =>
    [...(row.split("|")[1] ?? "").matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
  );
  return names.map((name) => new RegExp(`^heart${name.replace("<name>", "").replaceAll(/<\w+>|…/g, ".+")}$`));
}

test("the table of children in docs/arguments.md names each child that all the arguments together declare", async () => {
  const path = temporaryFolder({ MLmodel: "flavors: { python_function: {} }" });
  const id = (type: string) => `/subscriptions/s/resourceGroups/rg/providers/${type}/one`;
  const principalId = "11111111-2222-4333-8444-555555555555";
  const { run } = await declareHeart({
    model: { name: "heart-classifier", versions: { "1": { path } } },
    deployments: { default: { modelVersion: "1", autoscale: { minimumInstanceCount: 1, maximumInstanceCount: 2 } } },
    traffic: {},
    workspace: {
      createContainerRegistry: true,
      privateEndpoints: {
        hub: {
          subnetResourceId: `${id("Microsoft.Network/virtualNetworks")}/subnets/one`,
          privateDnsZoneResourceIds: [id("Microsoft.Network/privateDnsZones")],
        },
      },
    },
    authMode: "Key",
    keySecret: { keyVaultResourceId: id("Microsoft.KeyVault/vaults") },
    managedIdentities: { userAssignedResourceIds: [id("Microsoft.ManagedIdentity/userAssignedIdentities")] },
    identityRoles: { principalId, containerRegistryResourceId: id("Microsoft.ContainerRegistry/registries") },
    roleAssignments: { callers: { principalId } },
    diagnosticSettings: { logs: { workspaceResourceId: id("Microsoft.OperationalInsights/workspaces") } },
    alerts: {},
  });
  const named = namedChildren();
  const declared = run.children.map(({ name }) => name);
  expect(declared.filter((name) => !named.some((pattern) => pattern.test(name)))).toEqual([]);
  expect(named.filter((pattern) => !declared.some((name) => pattern.test(name)))).toEqual([]);
});
