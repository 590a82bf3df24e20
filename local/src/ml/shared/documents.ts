import { isObject, objectAt, textAt } from "../../common/json";
import { managedIdentity } from "../../arm/identities";
import type { MlServices } from "./services";
import type { Clock } from "../../common/clock";

/** Who made and last changed a resource. */
export function systemData(clock: Clock, existing: unknown): Record<string, string> {
  const before = objectAt(existing, "systemData");
  const by = "00000000-0000-0000-0000-0000000000aa";
  return {
    createdAt: textAt(before, "createdAt") ?? clock.iso(),
    createdBy: by,
    createdByType: "Application",
    lastModifiedAt: clock.iso(),
    lastModifiedBy: by,
    lastModifiedByType: "Application",
  };
}

/** The identity of a resource after a write; Azure ML answers `null` where there is none. */
export function principal(
  services: Pick<MlServices, "store" | "tenancy">,
  body: unknown,
  existing: unknown,
): Record<string, unknown> | null {
  const [given, before] = [body, existing].map((document) => (isObject(document) ? document["identity"] : undefined));
  return managedIdentity(services, given, before) ?? null;
}
