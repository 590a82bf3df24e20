import { anyId, bool, objectOf, optional, text } from "../../arm/checks";
import type { Check } from "../../arm/checks";
import { ArmError, badRequest } from "../../arm/errors";
import { parentOf } from "../../arm/ids";
import type { ResourceId } from "../../arm/ids";
import type { Store } from "../../arm/store";
import { objectAt, toText } from "../../common/json";
import type { Json } from "../../common/json";
import type { MlServices } from "../shared/services";

export const NEEDED_RESOURCES = ["storageAccount", "keyVault", "applicationInsights"] as const;
const ISOLATED = ["AllowInternetOutbound", "AllowOnlyApprovedOutbound"];
const DESTINATIONS: Readonly<Record<string, Check>> = {
  fqdn: text,
  privateendpoint: objectOf({ serviceResourceId: anyId, subresourceTarget: text, sparkEnabled: optional(bool) }),
  servicetag: objectOf({ serviceTag: text, protocol: optional(text), portRanges: optional(text) }),
};

// Azure/ResourceModules#3596
export function softDeletedWorkspace(): ArmError {
  return new ArmError(400, {
    code: "BadRequest",
    message: "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
  });
}

export function requireResources({ store }: MlServices, properties: Record<string, unknown>): void {
  const missing = NEEDED_RESOURCES.filter((key) => store.get(toText(properties[key])) === undefined);
  if (missing.length === 0) return;
  const list = missing.map((key) => `${key} '${toText(properties[key])}'`).join(", ");
  throw badRequest("ValidationError", `The workspace needs resources that do not exist: ${list}.`);
}

export function invalidWorkspaceName(name: string): ArmError {
  return badRequest("InvalidResourceName", `'${name}' is not a valid workspace name.`);
}

// assumed text; required in the specification
export function unknownDeleteAction(allowed: readonly string[]): ArmError {
  return badRequest("UserError", `underlyingResourceAction must be one of ${allowed.join(", ")}.`);
}

// assumed text
function invalidDestination(type: string, allowed: string): ArmError {
  return badRequest("ValidationError", `properties.destination of a rule of type ${type} must be ${allowed}.`);
}

// assumed text
function networkNotIsolated(modes: readonly string[]): ArmError {
  return badRequest(
    "ValidationError",
    `The managed network of the workspace must have one of the isolation modes ${modes.join(", ")}.`,
  );
}

/** An outbound rule needs a destination of its type, and a workspace whose managed network is isolated. */
export function checkOutboundRule(store: Pick<Store, "get">, id: ResourceId, body: Json): void {
  const { type, destination } = objectAt(body, "properties");
  const allowed = DESTINATIONS[toText(type).toLowerCase()]?.(destination, (other) => store.get(other));
  if (allowed !== undefined) throw invalidDestination(toText(type), allowed);
  const workspace = store.get(parentOf(id) ?? "");
  const network = objectAt(objectAt(workspace?.document, "properties"), "managedNetwork");
  if (ISOLATED.includes(toText(network["isolationMode"]))) return;
  throw networkNotIsolated(ISOLATED);
}
