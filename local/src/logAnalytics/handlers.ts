import { randomBytes, randomUUID } from "node:crypto";
import { integer, optional } from "../arm/checks";
import { resourceNotFound } from "../arm/errors";
import { genericResource } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";

/** Workspaces of Log Analytics. Nothing is collected in them. */
export function logWorkspaces(services: Pick<ArmServices, "store" | "tenancy" | "clock">): ResourceHandler {
  const { store, clock } = services;
  return {
    ...genericResource(services, {
      name: [
        /^[a-zA-Z0-9][-a-zA-Z0-9]{2,61}[a-zA-Z0-9]$/,
        "4 to 63 letters, digits and '-', a letter or digit at the ends",
      ],
      location: "regional",
      checks: { "properties.retentionInDays": optional(integer(-1, 730)) },
      defaults: {
        sku: { name: "PerGB2018" },
        retentionInDays: 30,
        publicNetworkAccessForIngestion: "Enabled",
        publicNetworkAccessForQuery: "Enabled",
      },
      generates: () => ({ createdDate: clock.iso(), customerId: randomUUID() }),
      adds: () => ({ modifiedDate: clock.iso() }),
      written: (workspace) => {
        workspace.hidden = { primarySharedKey: newKey(), secondarySharedKey: newKey(), ...workspace.hidden };
      },
    }),
    actions: {
      sharedkeys: ({ id }) => {
        const workspace = store.get(id.text);
        if (workspace === undefined) throw resourceNotFound(id);
        const { primarySharedKey, secondarySharedKey } = workspace.hidden;
        return { status: 200, body: { primarySharedKey, secondarySharedKey } };
      },
    },
  };
}

function newKey(): string {
  return randomBytes(64).toString("base64");
}
