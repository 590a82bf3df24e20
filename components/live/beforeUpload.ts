import { getStorageAccount } from "@pulumi/azure-native/storage/getStorageAccount";
import type * as pulumi from "@pulumi/pulumi";
import { UPLOAD_NEEDS_KEYS } from "../rollout/uploads";
import type { HookInputs } from "./hookInputs";
import { refuse } from "./refusal";
import { at, known } from "./stepInputs";

/** Before model files are uploaded, in preview too: the storage account must take its keys. */
export function beforeUpload(component: pulumi.ComponentResource): (inputs: HookInputs) => Promise<void> {
  const reads = new Map<string, Promise<boolean>>();
  return async ({ newInputs }) => {
    const [resourceGroupName, accountName] = ["resourceGroupName", "accountName"].map((key) =>
      known(at(newInputs, [key])),
    );
    if (typeof resourceGroupName !== "string" || typeof accountName !== "string") return;
    const takesKeys = reads.get(accountName) ?? readTakesKeys({ resourceGroupName, accountName }, component);
    reads.set(accountName, takesKeys);
    if (await takesKeys) return;
    const reason = `the storage account ${accountName} takes no account keys, and ${UPLOAD_NEEDS_KEYS}`;
    refuse("the upload of model files", [{ path: "model.versions", reason }]);
  };
}

/** An account that cannot be read is left to the upload, which says why. */
async function readTakesKeys(
  account: { readonly resourceGroupName: string; readonly accountName: string },
  parent: pulumi.ComponentResource,
): Promise<boolean> {
  const read = getStorageAccount(account, { parent });
  return read.then(
    ({ allowSharedKeyAccess }) => allowSharedKeyAccess !== false,
    () => true,
  );
}
