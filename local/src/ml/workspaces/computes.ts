import { oneOf, textOf } from "../../arm/checks";
import { badRequest } from "../../arm/errors";
import { genericResource } from "../../arm/generic";
import type { ResourceHandler } from "../../arm/resourceHandler";
import type { MlServices } from "../shared/services";

const CLUSTER =
  /\/providers\/(Microsoft\.ContainerService\/managedClusters|Microsoft\.Kubernetes\/connectedClusters)\/[^/]+$/i;
const ACTIONS = ["Delete", "Detach"];

/** Attached Kubernetes clusters, the only computes that endpoints run on; no cluster is looked for. */
export function computes(services: MlServices): ResourceHandler {
  const { clock } = services;
  const handler = genericResource(services, {
    name: [/^[a-zA-Z][-a-zA-Z0-9]{0,14}[a-zA-Z0-9]$/, "2 to 16 letters, digits and '-', a letter first"],
    location: "regional",
    checks: {
      "properties.computeType": oneOf("Kubernetes"),
      "properties.resourceId": textOf(CLUSTER, "the id of an AKS or Arc-enabled Kubernetes cluster"),
    },
    generates: () => ({ createdOn: clock.iso() }),
    adds: () => ({ isAttachedCompute: true, modifiedOn: clock.iso(), provisioningErrors: null }),
  });
  return {
    ...handler,
    delete: (request) => {
      const action = request.query.get("underlyingResourceAction");
      // assumed text; required in the specification
      if (action === null || !ACTIONS.includes(action)) {
        throw badRequest("UserError", `underlyingResourceAction must be one of ${ACTIONS.join(", ")}.`);
      }
      return handler.delete?.(request) ?? { status: 204 };
    },
  };
}
