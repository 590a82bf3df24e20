import { PublicNetworkAccess, SystemDatastoresAuthMode } from "../args";
import type { Violation } from "../rollout/violation";
import { checkArmId, checkArmIds } from "./armId";
import { checkManagedNetwork } from "./checkManagedNetwork";
import { checkSettings } from "./checkMap";
import { checkInputText, isKnownMap } from "./plain";
import { checkBoolean, checkChoice } from "./scalars";

type Settings = Readonly<Record<string, unknown>>;

/** Settings of a workspace that is created. */
export function checkCreatedWorkspace(workspace: Settings): Violation[] {
  const at = (key: string) => `workspace.${key}`;
  const id = (key: string, of: Parameters<typeof checkArmId>[2]) => checkArmId(at(key), workspace[key], of);
  return [
    ...checkChoice(at("publicNetworkAccess"), workspace["publicNetworkAccess"], PublicNetworkAccess),
    ...id("associatedStorageAccountResourceId", "storageAccount"),
    ...id("associatedKeyVaultResourceId", "keyVault"),
    ...id("associatedApplicationInsightsResourceId", "applicationInsights"),
    ...id("associatedContainerRegistryResourceId", "containerRegistry"),
    ...checkRegistry(workspace),
    ...checkInputText(at("imageBuildCompute"), workspace["imageBuildCompute"]),
    ...checkIdentities(workspace),
    ...checkChoice(at("systemDatastoresAuthMode"), workspace["systemDatastoresAuthMode"], SystemDatastoresAuthMode),
    ...checkManagedNetwork(at("managedNetwork"), workspace["managedNetwork"]),
  ];
}

function checkRegistry({
  createContainerRegistry: create,
  associatedContainerRegistryResourceId: given,
}: Settings): Violation[] {
  const path = "workspace.createContainerRegistry";
  if (create === true && given !== undefined) {
    return [{ path, reason: "is true beside associatedContainerRegistryResourceId; keep one of them" }];
  }
  return checkBoolean(path, create);
}

function checkIdentities({ managedIdentities, primaryUserAssignedIdentityResourceId: primary }: Settings): Violation[] {
  const path = "workspace.managedIdentities";
  const primaryPath = "workspace.primaryUserAssignedIdentityResourceId";
  const { systemAssigned, userAssignedResourceIds } = isKnownMap(managedIdentities)
    ? managedIdentities
    : ({} as Settings);
  const ids: readonly unknown[] = Array.isArray(userAssignedResourceIds) ? userAssignedResourceIds : [];
  const violations = [
    ...checkSettings(path, managedIdentities, ["systemAssigned", "userAssignedResourceIds"], (settings) => [
      ...checkBoolean(`${path}.systemAssigned`, settings["systemAssigned"]),
      ...checkArmIds(`${path}.userAssignedResourceIds`, settings["userAssignedResourceIds"], "identity"),
    ]),
    ...checkArmId(primaryPath, primary, "identity"),
  ];
  if (violations.length > 0) return violations;
  if (systemAssigned === false && ids.length === 0) {
    return [{ path, reason: "leaves the workspace without an identity; add one to userAssignedResourceIds" }];
  }
  if (systemAssigned === false && primary === undefined) {
    const reason = "is missing; without a system-assigned identity the workspace acts as this one";
    return [{ path: primaryPath, reason }];
  }
  if (primary !== undefined && ids.length === 0) {
    return [{ path: primaryPath, reason: "is not in managedIdentities.userAssignedResourceIds; add it there" }];
  }
  return [];
}
