import { randomUUID } from "node:crypto";
import {
  anyId,
  bool,
  duration,
  idOf,
  integer,
  listOf,
  object,
  objectOf,
  oneOf,
  optional,
  text,
  textOf,
} from "../arm/checks";
import { genericResource, withoutProvisioningState } from "../arm/generic";
import type { ResourceRules } from "../arm/generic";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { objectAt } from "../common/json";
import { LOG_WORKSPACE } from "../logAnalytics/records";
import { ACTION_GROUP, DIAGNOSTIC_SETTING, targetOf } from "./records";
import { checkAutoscaleSetting, checkDiagnosticSetting } from "./refusals";
import type { MonitorServices } from "./services";

const category = objectOf({ category: optional(text), categoryGroup: optional(text), enabled: bool });
const STATISTICS = ["Average", "Min", "Max", "Sum", "Count"];
const OPERATORS = [...["Equals", "NotEquals", "GreaterThan", "GreaterThanOrEqual", "LessThan", "LessThanOrEqual"]];
const CRITERIA = "Microsoft.Azure.Monitor.";

/** Diagnostic settings on any resource: kept and checked, nothing is sent to their sinks. */
export function diagnosticSettings(services: Pick<ArmServices, "store" | "tenancy">): ResourceHandler {
  const { store } = services;
  /** Those of one resource, not those of what is in it. */
  const settingsOf = (scope: string): readonly Resource[] => {
    const prefix = `${scope}/providers/${DIAGNOSTIC_SETTING}/`.toLowerCase();
    return store.all().filter(({ type, id }) => type === DIAGNOSTIC_SETTING && id.toLowerCase().startsWith(prefix));
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
      const others = settingsOf(id.scope).filter((other) => other.id !== id.text);
      checkDiagnosticSetting(objectAt(body, "properties"), others);
    },
    defaults: { logs: [], metrics: [] },
    adds: withoutProvisioningState,
  });
  return {
    ...generic,
    isExtension: true,
    list: ({ id }) => ({ status: 200, body: { value: settingsOf(id.scope).map(({ document }) => document) } }),
  };
}

const wholeNumber = textOf(/^\d{1,5}$/, "a whole number as text");

const rule = objectOf({
  metricTrigger: objectOf({
    metricName: text,
    metricResourceUri: anyId,
    timeGrain: duration,
    statistic: oneOf(...STATISTICS),
    timeWindow: duration,
    timeAggregation: oneOf("Average", "Minimum", "Maximum", "Total", "Count", "Last"),
    operator: oneOf(...OPERATORS),
    threshold: (value) => (typeof value === "number" ? undefined : "a number"),
  }),
  scaleAction: objectOf({
    direction: oneOf("None", "Increase", "Decrease"),
    type: oneOf("ChangeCount", "PercentChangeCount", "ExactCount", "ServiceAllowedNextValue"),
    value: optional(wholeNumber),
    cooldown: duration,
  }),
});

/**
 * Autoscale settings, one for each target. A deployment is scaled into the capacity of the first profile; rules are kept
 * and checked, not evaluated.
 */
export function autoscaleSettings(services: Pick<MonitorServices, "store" | "autoscaled">): ResourceRules {
  const { store } = services;
  return {
    name: [/^[^*#&+:<>?@%{}\\/ ]{1,260}$/, "1 to 260 characters without blanks and * # & + : < > ? @ % { } \\ /"],
    location: "regional",
    checks: {
      "properties.enabled": optional(bool),
      "properties.targetResourceUri": anyId,
      "properties.profiles": listOf(
        objectOf({
          name: text,
          capacity: objectOf({ minimum: wholeNumber, maximum: wholeNumber, default: wholeNumber }),
          rules: listOf(rule),
        }),
        1,
      ),
      "properties.notifications": optional(listOf(object)),
    },
    refuse: ({ id }, body) => checkAutoscaleSetting(store, id.text, body),
    defaults: { enabled: true, notifications: [] },
    written: ({ document }) => {
      const target = store.get(targetOf(document));
      if (target !== undefined) services.autoscaled(target);
    },
    adds: ({ id }) => ({ ...withoutProvisioningState(), name: id.names.at(-1) }),
  };
}

/** Application Insights, of which nothing but the resource is there. */
export function insightsComponents({ clock }: Pick<ArmServices, "clock">): ResourceRules {
  return {
    name: [/^[^<>%&\\?/]{0,259}[^<>%&\\?/. ]$/, "1 to 260 characters, the last neither '.' nor blank"],
    location: "regional",
    createdStatus: 200,
    checks: {
      "properties.Application_Type": oneOf("web", "other"),
      "properties.WorkspaceResourceId": optional(idOf(LOG_WORKSPACE)),
      "properties.RetentionInDays": optional(integer(30, 730)),
    },
    defaults: {
      RetentionInDays: 90,
      publicNetworkAccessForIngestion: "Enabled",
      publicNetworkAccessForQuery: "Enabled",
    },
    generates: ({ id }) => ({ ...instrumentation(), CreationDate: clock.iso(), TenantId: id.subscriptionId }),
    adds: ({ id }, properties) => ({
      ApplicationId: id.names.at(-1),
      Name: id.names.at(-1),
      IngestionMode: properties["WorkspaceResourceId"] === undefined ? "ApplicationInsights" : "LogAnalytics",
    }),
  };
}

export const ACTION_GROUPS: ResourceRules = {
  name: [/^[^:<>+/&%\\?]{1,260}$/, "1 to 260 characters without : < > + / & % \\ ?"],
  location: "regional",
  checks: {
    "properties.groupShortName": textOf(/^.{1,12}$/, "1 to 12 characters"),
    "properties.enabled": bool,
  },
  adds: withoutProvisioningState,
};

export const METRIC_ALERTS: ResourceRules = {
  name: [/^[^*#&+:<>?@%{}\\/]{1,260}$/, "1 to 260 characters without * # & + : < > ? @ % { } \\ /"],
  location: "global",
  createdStatus: 200,
  checks: {
    "properties.severity": integer(0, 4),
    "properties.enabled": bool,
    "properties.scopes": listOf(anyId, 1),
    "properties.evaluationFrequency": duration,
    "properties.windowSize": duration,
    "properties.criteria": objectOf({
      "odata.type": oneOf(
        `${CRITERIA}SingleResourceMultipleMetricCriteria`,
        `${CRITERIA}MultipleResourceMultipleMetricCriteria`,
        `${CRITERIA}WebtestLocationAvailabilityCriteria`,
      ),
    }),
    "properties.actions": optional(listOf(objectOf({ actionGroupId: idOf(ACTION_GROUP) }))),
  },
  adds: withoutProvisioningState,
};

function instrumentation(): Record<string, string> {
  const [key, app] = [randomUUID(), randomUUID()];
  return { InstrumentationKey: key, AppId: app, ConnectionString: `InstrumentationKey=${key};ApplicationId=${app}` };
}
