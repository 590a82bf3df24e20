import type { ProgressiveMlflowEndpointArgs } from "../args";
import { isAdopted } from "../settings/kinds";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { isKnownMap } from "./literals";
import { checkBoolean } from "./scalars";

/** Settings that contradict `hardened`, and what a managed network rules out. */
export function checkHardened(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const { hardened } = args;
  return [
    ...checkBoolean("hardened", hardened),
    ...(hardened === true ? checkContradictions(args) : []),
    ...checkEgress(args),
  ];
}

/** The values that `hardened` sets, by path. */
const HARDENED = {
  authMode: "AADToken",
  publicNetworkAccess: "Disabled",
  "workspace.publicNetworkAccess": "Disabled",
  "workspace.systemDatastoresAuthMode": "Identity",
  "workspace.managedNetwork.isolationMode": "AllowOnlyApprovedOutbound",
} as const;

function checkContradictions(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const created = isAdopted(args.workspace) ? undefined : args.workspace;
  const contradictions = Object.entries(HARDENED).flatMap(([path, needed]) => {
    const given = valueAt(path.startsWith("workspace.") ? { workspace: created } : args, path.split("."));
    if (given === undefined || given === needed) return [];
    return [{ path, reason: `${show(given)} contradicts hardened, which sets ${needed}; remove one of them` }];
  });
  const ofRegistry = {
    path: "workspace.createContainerRegistry",
    reason: "false contradicts hardened: Azure then makes a registry that is open to the internet; remove one of them",
  };
  const hasRegistry = valueAt(created, ["associatedContainerRegistryResourceId"]) !== undefined;
  const refusesRegistry = valueAt(created, ["createContainerRegistry"]) === false && !hasRegistry;
  const ofCluster = {
    path: "compute",
    reason: "contradicts hardened, which is for managed endpoints: close the cluster itself; remove one of them",
  };
  return [
    ...contradictions,
    ...(refusesRegistry ? [ofRegistry] : []),
    ...(args.compute === undefined ? [] : [ofCluster]),
  ];
}

/** Source: Azure ML, "how-to-secure-inferencing-vnet": with a managed network the deployment's own switch has no effect. */
function checkEgress({ hardened, workspace, deployments }: ProgressiveMlflowEndpointArgs): Violation[] {
  if (isAdopted(workspace) || !isKnownMap(deployments)) return [];
  const mode = valueAt(workspace, ["managedNetwork", "isolationMode"]);
  if (hardened !== true && mode !== "AllowInternetOutbound" && mode !== "AllowOnlyApprovedOutbound") return [];
  return Object.entries(deployments)
    .filter(([, deployment]) => valueAt(deployment, ["egressPublicNetworkAccess"]) === "Disabled")
    .map(([name]) => ({
      path: `deployments.${name}.egressPublicNetworkAccess`,
      reason: "has no effect in a managed network, whose outbound rules decide; remove it",
    }));
}

function valueAt(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((inner, key) => (isKnownMap(inner) ? inner[key] : undefined), value);
}
