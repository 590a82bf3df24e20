import type { WorkspaceArgs } from "../args";
import { isAdopted } from "../settings/kinds";
import { checkWorkspaceName } from "../rollout/names";
import { checkKeys } from "../values/shape";
import type { Violation } from "../values/violation";
import { show } from "../values/violation";
import { checkArmId, checkArmIds, checkSettings, checkBoolean, checkChoice } from "./scalars";
import { checkPrivateEndpoints, checkManagedNetwork } from "./checkNetwork";
import { checkInputText, checkText, isKnownMap } from "./literals";
import { PublicNetworkAccess, SystemDatastoresAuthMode } from "../args";

/** Every setting, and whether it applies to a created workspace only; the compiler keeps it complete. */
const KEYS = {
  existingName: false,
  existingResourceGroupName: false,
  existingResourceId: false,
  name: false,
  publicNetworkAccess: true,
  associatedStorageAccountResourceId: true,
  associatedKeyVaultResourceId: true,
  associatedApplicationInsightsResourceId: true,
  associatedContainerRegistryResourceId: true,
  createContainerRegistry: true,
  imageBuildCompute: true,
  managedIdentities: true,
  primaryUserAssignedIdentityResourceId: true,
  systemDatastoresAuthMode: true,
  managedNetwork: true,
  privateEndpoints: false,
} satisfies Record<keyof WorkspaceArgs, boolean>;

type Settings = Readonly<Record<string, unknown>>;

export function checkWorkspace(workspace: unknown): Violation[] {
  const path = "workspace";
  if (workspace === undefined) return [];
  if (!isKnownMap(workspace)) {
    return [
      { path, reason: `must be { existingName } to adopt one or { name } to create one, got ${show(workspace)}` },
    ];
  }
  const { existingName, existingResourceGroupName, existingResourceId, name, privateEndpoints } = workspace;
  return [
    ...checkKeys(path, workspace, Object.keys(KEYS)),
    ...checkInputText(`${path}.existingName`, existingName, checkWorkspaceName),
    ...checkInputText(`${path}.existingResourceGroupName`, existingResourceGroupName),
    ...checkArmId(`${path}.existingResourceId`, existingResourceId, "workspace"),
    ...checkText(`${path}.name`, name, checkWorkspaceName),
    ...(isAdopted(workspace) ? checkAdopted(workspace) : checkCreatedWorkspace(workspace)),
    ...checkPrivateEndpoints(`${path}.privateEndpoints`, privateEndpoints),
    ...checkTogether(workspace),
  ];
}

/** An adopted workspace is used as it is. */
function checkAdopted(workspace: Settings): Violation[] {
  return Object.entries(KEYS)
    .filter(([key, ofCreated]) => ofCreated && workspace[key] !== undefined)
    .map(([key]) => ({
      path: `workspace.${key}`,
      reason: "has no effect on a workspace that exists; remove it and set it where the workspace is managed",
    }));
}

function checkTogether({ existingName, existingResourceGroupName, existingResourceId, name }: Settings): Violation[] {
  const violations: Violation[] = [];
  if (existingName !== undefined && existingResourceId !== undefined) {
    const reason = "has both existingName and existingResourceId; keep one of them";
    violations.push({ path: "workspace", reason });
  }
  if (isAdopted({ existingName, existingResourceId }) && name !== undefined) {
    const given = existingName === undefined ? "existingResourceId" : "existingName";
    const reason = `has both ${given} and name; adopt a workspace or name a new one`;
    violations.push({ path: "workspace", reason });
  }
  if (existingName === undefined && existingResourceGroupName !== undefined) {
    const reason =
      existingResourceId === undefined
        ? "has no effect without existingName; set it or remove this"
        : "has no effect, existingResourceId names the group too; remove it";
    violations.push({ path: "workspace.existingResourceGroupName", reason });
  }
  return violations;
}

/** Settings of a workspace that is created. */
function checkCreatedWorkspace(workspace: Settings): Violation[] {
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
    return [{ path, reason: "is true together with associatedContainerRegistryResourceId; keep one of them" }];
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
