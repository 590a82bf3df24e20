import { randomUUID } from "node:crypto";
import { withoutState } from "../arm/generic";
import type { GenericRules } from "../arm/generic";
import type { Identity } from "../identity/identity";

/** Managed identities that are resources of their own. */
export function userAssignedIdentities({ credentials }: Pick<Identity, "credentials">): GenericRules {
  return {
    name: [/^[a-zA-Z0-9][-\w]{2,127}$/, "3 to 128 letters, digits, '-' and '_', a letter or digit first"],
    location: "regional",
    generates: () => ({ principalId: randomUUID(), clientId: randomUUID(), tenantId: credentials.tenantId }),
    adds: withoutState,
  };
}
