import { isObject, objectAt, shown } from "../common/json";
import type { Json } from "../common/json";
import { bool, idOf, listOf, objectOf, optional, text } from "../arm/checks";
import { badRequest, conflict } from "../arm/errors";
import { genericResource, withoutState } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { LOG_WORKSPACE } from "./logWorkspaces";

const TYPE = "microsoft.insights/diagnosticsettings";
const MAX_SETTINGS = 5;
const SINKS = [
  ...["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "serviceBusRuleId", "marketplacePartnerId"],
];
const category = objectOf({ category: optional(text), categoryGroup: optional(text), enabled: bool });

/** Diagnostic settings on any resource: kept and checked, nothing is sent to their sinks. */
export function diagnosticSettings(services: Pick<ArmServices, "store" | "tenancy">): ResourceHandler {
  const { store } = services;
  /** Those of one resource, not those of what is in it. */
  const settingsOf = (scope: string): readonly Resource[] => {
    const prefix = `${scope}/providers/${TYPE}/`.toLowerCase();
    return store.all().filter(({ type, id }) => type === TYPE && id.toLowerCase().startsWith(prefix));
  };
  const generic = genericResource(services, {
    name: [/^[^<>*%:&?+\\/]{1,260}$/, "1 to 260 characters without < > * % : & ? + \\ /"],
    createdStatus: 200,
    checks: {
      "properties.workspaceId": optional(idOf(LOG_WORKSPACE)),
      "properties.storageAccountId": optional(idOf("microsoft.storage/storageaccounts")),
      "properties.logs": optional(listOf(category)),
      "properties.metrics": optional(listOf(category)),
    },
    refuse: ({ id }, body) => {
      const properties = objectAt(body, "properties");
      if (sinksOf(properties).length === 0) {
        throw badRequest("BadRequest", "At least one data sink needs to be specified.");
      }
      const others = settingsOf(id.scope).filter((other) => other.id !== id.text);
      // assumed text; "Diagnostic settings in Azure Monitor": up to five for a resource
      if (others.length >= MAX_SETTINGS)
        throw conflict("Conflict", `A resource has at most ${MAX_SETTINGS} diagnostic settings.`);
      for (const other of others) checkSinks(properties, other);
    },
    defaults: { logs: [], metrics: [] },
    adds: withoutState,
  });
  return {
    ...generic,
    isExtension: true,
    list: ({ id }) => ({ status: 200, body: { value: settingsOf(id.scope).map(({ document }) => document) } }),
  };
}

/** A sink takes a category of a resource once (Azure/terraform-azurerm-avm-ptn-aiml-landing-zone#19). */
function checkSinks(properties: Json, other: Resource): void {
  const before = objectAt(other.document, "properties");
  const sink = sinksOf(properties).find((id) => sinksOf(before).includes(id));
  const shared = categoriesOf(properties).find((name) => categoriesOf(before).includes(name));
  if (sink === undefined || shared === undefined) return;
  throw conflict(
    "Conflict",
    `Data sink '${sink}' is already used in diagnostic setting '${String(other.document["name"])}' for category '${shared}'. Data sinks can't be reused in different settings on the same category for the same resource.`,
  );
}

function sinksOf(properties: Json): readonly string[] {
  return SINKS.map((key) => properties[key])
    .filter((value): value is string => typeof value === "string" && value !== "")
    .map((id) => id.toLowerCase());
}

function categoriesOf({ logs, metrics }: Json): readonly string[] {
  return [logs, metrics]
    .flatMap((list) => (Array.isArray(list) ? (list as readonly unknown[]) : []))
    .filter(isObject)
    .filter(({ enabled }) => enabled === true)
    .map((entry) => shown(entry["category"] ?? entry["categoryGroup"]));
}
