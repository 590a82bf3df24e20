import { oneOf, textOf } from "../arm/checks";
import type { GenericRules } from "../arm/generic";
import type { Services } from "../arm/services";
import { WORKSPACE } from "./workspaces";

export const COMPUTE = `${WORKSPACE}/computes`;
const CLUSTER =
  /\/providers\/(Microsoft\.ContainerService\/managedClusters|Microsoft\.Kubernetes\/connectedClusters)\/[^/]+$/i;

/** Attached Kubernetes clusters, the only computes that endpoints run on; no cluster is looked for. */
export function computes({ clock }: Pick<Services, "clock">): GenericRules {
  return {
    name: [/^[a-zA-Z][-a-zA-Z0-9]{0,14}[a-zA-Z0-9]$/, "2 to 16 letters, digits and '-', a letter first"],
    location: "regional",
    checks: {
      "properties.computeType": oneOf("Kubernetes"),
      "properties.resourceId": textOf(CLUSTER, "the id of an AKS or Arc-enabled Kubernetes cluster"),
    },
    generates: () => ({ createdOn: clock.iso() }),
    adds: () => ({ isAttachedCompute: true, modifiedOn: clock.iso(), provisioningErrors: null }),
  };
}
