import type { ProgressiveMlflowEndpointArgs } from "../args";
import { DEFAULT_ALERTS } from "../args/observability";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkArmId, checkArmIds, checkEntries, checkSettings, checkWhole } from "./scalars";
import { checkInputText } from "./literals";

const SINKS = ["workspaceResourceId", "storageAccountResourceId", "eventHubAuthorizationRuleResourceId"];
const CATEGORIES = ["logCategories", "metricCategories"];
/** Source: Azure Monitor, "Diagnostic settings in Azure Monitor": five for a resource. */
const MAX_SETTINGS = 5;

/** Diagnostic settings and alerts. */
export function checkObservability({ diagnosticSettings, alerts }: ProgressiveMlflowEndpointArgs): Violation[] {
  return [...checkDiagnostics(diagnosticSettings), ...checkAlerts(alerts)];
}

function checkDiagnostics(settings: ProgressiveMlflowEndpointArgs["diagnosticSettings"]): Violation[] {
  const path = "diagnosticSettings";
  const count = Object.keys(settings ?? {}).length;
  const tooMany = `has ${count} settings; Azure takes at most ${MAX_SETTINGS} for an endpoint: remove some`;
  return [
    ...checkEntries(path, settings, [...SINKS, "eventHubName", ...CATEGORIES], checkSetting),
    ...(count > MAX_SETTINGS ? [{ path, reason: tooMany }] : []),
  ];
}

function checkSetting(at: string, setting: Readonly<Record<string, unknown>>): Violation[] {
  const { eventHubName, eventHubAuthorizationRuleResourceId: rule } = setting;
  const isSent = SINKS.some((key) => setting[key] !== undefined);
  return [
    ...(isSent ? [] : [{ path: at, reason: `has no destination; give one of ${SINKS.join(", ")}` }]),
    ...checkArmId(`${at}.workspaceResourceId`, setting["workspaceResourceId"], "logWorkspace"),
    ...checkArmId(`${at}.storageAccountResourceId`, setting["storageAccountResourceId"], "storageAccount"),
    ...checkArmId(`${at}.eventHubAuthorizationRuleResourceId`, rule, "eventHubRule"),
    ...checkInputText(`${at}.eventHubName`, eventHubName),
    ...(eventHubName !== undefined && rule === undefined
      ? [{ path: `${at}.eventHubName`, reason: "has no effect without eventHubAuthorizationRuleResourceId; remove it" }]
      : []),
    ...CATEGORIES.flatMap((key) => checkCategories(`${at}.${key}`, setting[key])),
  ];
}

function checkCategories(path: string, categories: unknown): Violation[] {
  if (categories === undefined) return [];
  const ok = Array.isArray(categories) && categories.every((name) => typeof name === "string" && name !== "");
  return ok ? [] : [{ path, reason: `must be a list of category names, got ${show(categories)}` }];
}

function checkAlerts(alerts: unknown): Violation[] {
  const path = "alerts";
  return checkSettings(path, alerts, ["actionGroupResourceIds", ...Object.keys(DEFAULT_ALERTS)], (settings) => [
    ...checkArmIds(`${path}.actionGroupResourceIds`, settings["actionGroupResourceIds"], "actionGroup"),
    ...["maxServerErrorsPerMinute", "maxModelErrorsPerMinute", "maxLatencyP95Milliseconds"].flatMap((key) =>
      checkThreshold(`${path}.${key}`, settings[key]),
    ),
    ...checkWhole(`${path}.severity`, settings["severity"], 0, 4),
  ]);
}

function checkThreshold(path: string, threshold: unknown): Violation[] {
  if (threshold === undefined || (typeof threshold === "number" && threshold >= 0 && threshold < Infinity)) return [];
  return [{ path, reason: `must be a number 0 or more, got ${show(threshold)}` }];
}
