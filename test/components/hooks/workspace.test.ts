import { unknown } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { beforeWorkspace } from "../../../components/hooks/workspace";
import type { Inputs } from "../../../components/hooks/hookInputs";

const inputs = (changes: Inputs = {}): Inputs => ({
  storageAccount: "/subscriptions/s/storageAccounts/one",
  keyVault: "/subscriptions/s/vaults/one",
  managedNetwork: { isolationMode: "AllowOnlyApprovedOutbound" },
  ...changes,
});

test("a workspace keeps its storage account, its key vault and its managed network", async () => {
  const newInputs = inputs({
    storageAccount: "/two",
    keyVault: "/three",
    managedNetwork: { isolationMode: "Disabled" },
  });
  await expect(beforeWorkspace({ oldInputs: inputs(), newInputs })).rejects.toThrow(
    new Error(
      "the update of the workspace is refused before its write:\n" +
        "  - workspace.associatedStorageAccountResourceId: /subscriptions/s/storageAccounts/one -> /two: a workspace cannot change it; declare a second component to move\n" +
        "  - workspace.associatedKeyVaultResourceId: /subscriptions/s/vaults/one -> /three: a workspace cannot change it; declare a second component to move\n" +
        "  - workspace.managedNetwork.isolationMode: AllowOnlyApprovedOutbound -> Disabled: a workspace keeps its managed network; leave it, or use AllowInternetOutbound",
    ),
  );
});

test.each<[string, Inputs]>([
  ["of the case of an id", { storageAccount: "/Subscriptions/s/storageaccounts/ONE" }],
  ["to what a preview does not know yet", { storageAccount: unknown, keyVault: unknown }],
  ["of the isolation mode", { managedNetwork: { isolationMode: "AllowInternetOutbound" } }],
  ["of tags", { tags: { team: "cardio" } }],
])("a change %s passes", async (_, changes) => {
  await expect(beforeWorkspace({ oldInputs: inputs(), newInputs: inputs(changes) })).resolves.toBeUndefined();
});

test("a managed network may be added", async () => {
  const { managedNetwork: _, ...without } = inputs();
  await expect(beforeWorkspace({ oldInputs: without, newInputs: inputs() })).resolves.toBeUndefined();
});
