import type { ProgressiveMlflowEndpointArgs, WorkspaceArgs } from "../args";
import { isAdopted } from "./kinds";

/** The arguments with everything that `hardened` switches on; contradictions were refused before. */
export function withHardened(args: ProgressiveMlflowEndpointArgs): ProgressiveMlflowEndpointArgs {
  if (args.hardened !== true) return args;
  const secure = { ...args, authMode: "AADToken", publicNetworkAccess: "Disabled" } as const;
  return isAdopted(args.workspace) ? secure : { ...secure, workspace: hardenedWorkspace(args.workspace) };
}

function hardenedWorkspace(workspace: WorkspaceArgs = {}): WorkspaceArgs {
  return {
    ...workspace,
    publicNetworkAccess: "Disabled",
    systemDatastoresAuthMode: "Identity",
    managedNetwork: { ...workspace.managedNetwork, isolationMode: "AllowOnlyApprovedOutbound" },
    createContainerRegistry: workspace.associatedContainerRegistryResourceId === undefined,
  };
}
