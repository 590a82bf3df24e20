import type { Violation } from "../values/violation";
import type { HookInputs } from "./hookInputs";
import { refuse } from "./hookInputs";
import { at } from "../values/shape";
import { known } from "../pulumi/known";
import { isSameName } from "../values/sameName";

/** Settings that Azure never changes on a workspace; azure-native would plan an update, which Azure then refuses. */
const FIXED = [
  ["workspace.associatedStorageAccountResourceId", "storageAccount"],
  ["workspace.associatedKeyVaultResourceId", "keyVault"],
] as const;

/** Before a created workspace is updated, in preview too. */
export async function beforeWorkspace({ oldInputs, newInputs }: HookInputs): Promise<void> {
  const before = (key: string) => known(at(oldInputs, [key]));
  const after = (key: string) => known(at(newInputs, [key]));
  const fixed = FIXED.flatMap(([path, key]): Violation[] => {
    const [is, wanted] = [before(key), after(key)];
    if (typeof is !== "string" || typeof wanted !== "string" || isSameName(is, wanted)) return [];
    return [{ path, reason: `${is} -> ${wanted}: a workspace cannot change it; declare a second component to move` }];
  });
  refuse("the update of the workspace", [...fixed, ...checkIsolation(oldInputs, newInputs)]);
}

/** Source: Azure ML, "how-to-managed-network", limitations. */
function checkIsolation(oldInputs: unknown, newInputs: unknown): Violation[] {
  const [is, wanted] = [oldInputs, newInputs].map((inputs) => {
    return known(at(inputs, ["managedNetwork", "isolationMode"])) ?? "Disabled";
  });
  if (typeof is !== "string" || is === "Disabled" || wanted !== "Disabled") return [];
  const reason = `${is} -> Disabled: a workspace keeps its managed network; leave it, or use AllowInternetOutbound`;
  return [{ path: "workspace.managedNetwork.isolationMode", reason }];
}
