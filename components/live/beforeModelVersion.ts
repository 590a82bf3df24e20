import { refuse } from "./refusal";
import type { HookInputs } from "./hookInputs";
import { at, known } from "./stepInputs";

/** Versions whose folder cannot be uploaded now, and why. */
type Unreadable = Readonly<Record<string, string>>;

/** What a program declares before it has any version: none can be registered while these are new. */
const FIRST = new Set([
  "azure-native:storage:StorageAccount",
  "azure-native:keyvault:Vault",
  "azure-native:operationalinsights:Workspace",
  "azure-native:applicationinsights:Component",
  "azure-native:containerregistry:Registry",
  "azure-native:machinelearningservices:Workspace",
  "azure-native:machinelearningservices:ModelContainer",
  "azure-native:storage:BlobContainer",
]);

/**
 * A registered version never changes ("Asset paths cannot be updated"), and one that cannot be uploaded is only left as
 * it is, never registered.
 */
export async function beforeModelVersion(unreadable: Unreadable, { oldInputs, newInputs }: HookInputs): Promise<void> {
  const version = String(at(newInputs, ["version"]));
  if (oldInputs === undefined) return refuseUnreadable(Object.entries(unreadable).filter(([name]) => name === version));
  const [before, after] = [oldInputs, newInputs].map((inputs) => known(at(inputs, ["properties", "modelUri"])));
  if (before === undefined || after === undefined || before === after) return;
  refuse("the model version", [
    {
      path: `model.versions.${version}`,
      reason: `its content is not what is registered; registered versions never change, declare the new content as version ${Number(version) + 1} or later`,
    },
  ]);
}

/** Before anything is created: what cannot be registered is refused with the first part of a stack, not with the last. */
export async function beforeFirstParts(unreadable: Unreadable, type: string, { oldInputs }: HookInputs): Promise<void> {
  if (oldInputs === undefined && FIRST.has(type)) refuseUnreadable(Object.entries(unreadable));
}

function refuseUnreadable(entries: readonly (readonly [string, string])[]): void {
  const violations = entries.map(([version, reason]) => ({ path: `model.versions.${version}.path`, reason }));
  refuse("the registration of the model", violations);
}
