import { randomBytes } from "node:crypto";
import { resourceNotFound } from "../arm/errors";
import { genericResource } from "../arm/generic";
import type { NameRules } from "../arm/names";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import { objectAt } from "../common/json";
import { adminUserDisabled, registryTaken } from "./refusals";

export const REGISTRY_NAMES: NameRules = {
  type: "Microsoft.ContainerRegistry/registries",
  pattern: /^[a-zA-Z0-9]{5,50}$/,
  allowed: "5 to 50 letters and digits",
  invalid: "Invalid",
};

/** Container registries. Nothing can be pushed. */
export function registries(services: ArmServices): ResourceHandler {
  const { store, clock } = services;
  const server = (name: string) => `${name.toLowerCase()}.azurecr.io`;
  const { pattern, allowed } = REGISTRY_NAMES;
  return {
    ...genericResource(services, {
      name: [pattern, allowed],
      location: "regional",
      taken: (name) => registryTaken(server(name)),
      defaults: { adminUserEnabled: false, publicNetworkAccess: "Enabled", zoneRedundancy: "Disabled" },
      generates: () => ({ creationDate: clock.iso() }),
      adds: ({ id }) => ({ loginServer: server(id.names.at(-1) ?? "") }),
      written: (registry) => {
        const sku = objectAt(registry.document, "sku");
        registry.document = { ...registry.document, sku: { ...sku, tier: sku["name"] } };
        registry.hidden = { passwords: [password(), password()], ...registry.hidden };
      },
    }),
    actions: {
      listcredentials: ({ id }) => {
        const registry = store.get(id.text);
        if (registry === undefined) throw resourceNotFound(id);
        const name = String(registry.document["name"]);
        if (objectAt(registry.document, "properties")["adminUserEnabled"] !== true)
          throw adminUserDisabled(registry.id);
        const values = registry.hidden["passwords"] as readonly string[];
        const passwords = values.map((value, index) => ({ name: index === 0 ? "password" : "password2", value }));
        return { status: 200, body: { username: name, passwords } };
      },
    },
  };
}

function password(): string {
  return randomBytes(32).toString("base64");
}
