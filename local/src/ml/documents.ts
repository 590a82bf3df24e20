import { randomUUID } from "node:crypto";
import { isObject, objectAt, textAt } from "../arm/body";
import type { Clock } from "../clock";

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

/** The identity of a resource: Azure adds a principal to a system-assigned one and keeps it. */
export function principal(body: unknown, existing: unknown): Record<string, unknown> | null {
  const identity = isObject(body) && isObject(body["identity"]) ? body["identity"] : undefined;
  if (identity === undefined) return isObject(existing) && isObject(existing["identity"]) ? existing["identity"] : null;
  if (!String(identity["type"]).includes("SystemAssigned")) return identity;
  const before = objectAt(existing, "identity");
  return {
    ...identity,
    principalId: before["principalId"] ?? randomUUID(),
    tenantId: before["tenantId"] ?? randomUUID(),
  };
}
