import { checkWorkspaceName } from "../rollout/names";
import { checkKeys } from "../rollout/shape";
import type { Violation } from "../rollout/violation";
import { show } from "../rollout/violation";
import { checkInputText, checkText, isKnownMap } from "./plain";

const KEYS = ["existingName", "existingResourceGroupName", "name"];

export function checkWorkspace(workspace: unknown): Violation[] {
  const path = "workspace";
  if (workspace === undefined) return [];
  if (!isKnownMap(workspace)) {
    return [
      { path, reason: `must be { existingName } to adopt one or { name } to create one, got ${show(workspace)}` },
    ];
  }
  const { existingName, existingResourceGroupName, name } = workspace;
  return [
    ...checkKeys(path, workspace, KEYS),
    ...checkInputText(`${path}.existingName`, existingName, checkWorkspaceName),
    ...checkInputText(`${path}.existingResourceGroupName`, existingResourceGroupName),
    ...checkText(`${path}.name`, name, checkWorkspaceName),
    ...checkTogether(workspace),
  ];
}

function checkTogether({
  existingName,
  existingResourceGroupName,
  name,
}: Readonly<Record<string, unknown>>): Violation[] {
  const violations: Violation[] = [];
  if (existingName !== undefined && name !== undefined) {
    const reason = "has both existingName and name; adopt a workspace or name a new one";
    violations.push({ path: "workspace", reason });
  }
  if (existingName === undefined && existingResourceGroupName !== undefined) {
    const reason = "has no effect without existingName; set it or remove this";
    violations.push({ path: "workspace.existingResourceGroupName", reason });
  }
  return violations;
}
