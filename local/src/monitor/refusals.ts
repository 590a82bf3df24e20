import { badRequest, conflict } from "../arm/errors";
import type { ArmError } from "../arm/errors";
import type { Resource, Store } from "../arm/store";
import { isObject, objectAt, toText } from "../common/json";
import type { Json } from "../common/json";
import { AUTOSCALE_SETTING, targetOf } from "./records";

const SINKS = [
  ...["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "serviceBusRuleId", "marketplacePartnerId"],
];
const MAX_RULES = 10;
const MAX_SETTINGS = 5;
const MAX_PROFILES = 20;

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
    .map((entry) => toText(entry["category"] ?? entry["categoryGroup"]));
}

/** "Understand autoscale settings"; assumed texts. */
function checkProfile({ name, capacity, rules }: Json): void {
  const [minimum, start, maximum] = ["minimum", "default", "maximum"].map((key) =>
    Number(objectAt({ capacity }, "capacity")[key]),
  ) as [number, number, number];
  if (minimum > start || start > maximum) {
    throw badRequest(
      "InvalidAutoscaleSetting",
      `The capacity of profile '${toText(name)}' needs minimum <= default <= maximum, got ${minimum}, ${start}, ${maximum}.`,
    );
  }
  if ((rules as readonly unknown[]).length > MAX_RULES)
    throw badRequest("InvalidAutoscaleSetting", `Profile '${toText(name)}' has more than ${MAX_RULES} rules.`);
}

function noDataSink(): ArmError {
  return badRequest("BadRequest", "At least one data sink needs to be specified.");
}

// assumed text; "Diagnostic settings in Azure Monitor": up to five for a resource
function tooManyDiagnosticSettings(most: number): ArmError {
  return conflict("Conflict", `A resource has at most ${most} diagnostic settings.`);
}

function tooManyProfiles(most: number): ArmError {
  return badRequest("TooManyProfiles", `An autoscale setting has at most ${most} profiles.`);
}

// assumed text; "Understand autoscale settings": a resource can have one setting
function otherAutoscaleSetting(id: string): ArmError {
  return conflict("Conflict", `The target has the autoscale setting '${id}' already.`);
}

export function startTimeMissing(): ArmError {
  return badRequest("BadRequest", "The start time should be specified in the filter as eventTimestamp ge '<time>'.");
}

/** @param others the settings that the resource has already */
export function checkDiagnosticSetting(properties: Json, others: readonly Resource[]): void {
  if (sinksOf(properties).length === 0) throw noDataSink();
  if (others.length >= MAX_SETTINGS) throw tooManyDiagnosticSettings(MAX_SETTINGS);
  for (const other of others) checkSinks(properties, other);
}

/** @param settingId its own id, when it is written again */
export function checkAutoscaleSetting(store: Pick<Store, "all">, settingId: string, body: Json): void {
  const properties = objectAt(body, "properties");
  const profiles = properties["profiles"] as readonly Json[];
  for (const profile of profiles) checkProfile(profile);
  if (profiles.length > MAX_PROFILES) throw tooManyProfiles(MAX_PROFILES);
  const target = toText(properties["targetResourceUri"]).toLowerCase();
  const other = store
    .all()
    .find(({ type, id, document }) => type === AUTOSCALE_SETTING && id !== settingId && targetOf(document) === target);
  if (other !== undefined) throw otherAutoscaleSetting(other.id);
}
