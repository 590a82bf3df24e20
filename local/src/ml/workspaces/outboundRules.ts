import { objectAt, shown } from "../../common/json";
import { anyId, objectOf, oneOf, optional, text, bool } from "../../arm/checks";
import type { Check } from "../../arm/checks";
import { badRequest } from "../../arm/errors";
import { withoutState } from "../../arm/generic";
import type { GenericRules } from "../../arm/generic";
import { parentOf } from "../../arm/ids";
import type { MlServices } from "../shared/services";

const ISOLATED = ["AllowInternetOutbound", "AllowOnlyApprovedOutbound"];
const DESTINATIONS: Readonly<Record<string, Check>> = {
  fqdn: text,
  privateendpoint: objectOf({ serviceResourceId: anyId, subresourceTarget: text, sparkEnabled: optional(bool) }),
  servicetag: objectOf({ serviceTag: text, protocol: optional(text), portRanges: optional(text) }),
};

/** Rules of a workspace's managed network for what its computes may reach; assumed texts. */
export function outboundRules({ store }: Pick<MlServices, "store">): GenericRules {
  return {
    name: [/^[a-zA-Z0-9][-\w]{0,79}$/, "1 to 80 letters, digits, '-' and '_', a letter or digit first"],
    createdStatus: 200,
    checks: {
      "properties.type": oneOf("FQDN", "PrivateEndpoint", "ServiceTag"),
      "properties.category": optional(oneOf("Required", "Recommended", "UserDefined", "Dependency")),
    },
    refuse: ({ id }, body) => {
      const { type, destination } = objectAt(body, "properties");
      const allowed = DESTINATIONS[shown(type).toLowerCase()]?.(destination, (other) => store.get(other));
      if (allowed !== undefined)
        throw badRequest(
          "ValidationError",
          `properties.destination of a rule of type ${shown(type)} must be ${allowed}.`,
        );
      const workspace = store.get(parentOf(id) ?? "");
      const network = objectAt(objectAt(workspace?.document, "properties"), "managedNetwork");
      if (ISOLATED.includes(shown(network["isolationMode"]))) return;
      throw badRequest(
        "ValidationError",
        `The managed network of the workspace must have one of the isolation modes ${ISOLATED.join(", ")}.`,
      );
    },
    defaults: { category: "UserDefined" },
    adds: () => ({ ...withoutState(), status: "Active" }),
  };
}
