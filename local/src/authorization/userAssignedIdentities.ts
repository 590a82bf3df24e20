import { randomUUID } from "node:crypto";
import { withoutState } from "../arm/generic";
import type { GenericRules } from "../arm/generic";
import type { ArmServices } from "../arm/services";

/** Managed identities that are resources of their own. */
export function userAssignedIdentities({ tenancy }: Pick<ArmServices, "tenancy">): GenericRules {
  return {
    name: [/^[a-zA-Z0-9][-\w]{2,127}$/, "3 to 128 letters, digits, '-' and '_', a letter or digit first"],
    location: "regional",
    generates: () => ({ principalId: randomUUID(), clientId: randomUUID(), tenantId: tenancy.tenantId }),
    adds: withoutState,
  };
}
