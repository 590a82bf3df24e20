import type { RolloutHooks } from "../live/hooks";
import { isAdopted } from "../rollout/adoption";
import { adoptWorkspace } from "./adoptedWorkspace";
import { createWorkspace } from "./createdWorkspace";
import { declarePrivateEndpoints } from "./privateEndpoints";
import type { Scope, WorkspaceRef } from "./scope";

/** The workspace: looked up when it is adopted, else created; with its private endpoints. */
export function declareWorkspace(scope: Scope, hooks: RolloutHooks): WorkspaceRef {
  const workspace = isAdopted(scope.args.workspace) ? adoptWorkspace(scope) : createWorkspace(scope, hooks);
  declarePrivateEndpoints(scope, workspace);
  return workspace;
}
