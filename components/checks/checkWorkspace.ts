import type { WorkspaceArgs } from "../args";
import { isAdopted } from "../rollout/adoption";
import { checkWorkspaceName } from "../rollout/names";
import { checkKeys } from "../rollout/shape";
import type { Violation } from "../rollout/violation";
import { show } from "../rollout/violation";
import { checkArmId } from "./armId";
import { checkCreatedWorkspace } from "./checkCreatedWorkspace";
import { checkPrivateEndpoints } from "./checkPrivateEndpoints";
import { checkInputText, checkText, isKnownMap } from "./plain";

/** Every setting, and whether it is one of a created workspace only; the compiler keeps it complete. */
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
