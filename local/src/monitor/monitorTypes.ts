import { randomUUID } from "node:crypto";
import { withoutState } from "../arm/generic";
import type { GenericRules } from "../arm/generic";
import { anyId, bool, duration, idOf, integer, listOf, objectOf, oneOf, optional, textOf } from "../arm/checks";
import type { ArmServices } from "../arm/services";
import { LOG_WORKSPACE } from "./logWorkspaces";

const ACTION_GROUP = "microsoft.insights/actiongroups";
const CRITERIA = "Microsoft.Azure.Monitor.";

/** Application Insights, of which nothing but the resource is there. */
export function insightsComponents({ clock }: Pick<ArmServices, "clock">): GenericRules {
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

export const ACTION_GROUPS: GenericRules = {
  name: [/^[^:<>+/&%\\?]{1,260}$/, "1 to 260 characters without : < > + / & % \\ ?"],
  location: "regional",
  checks: {
    "properties.groupShortName": textOf(/^.{1,12}$/, "1 to 12 characters"),
    "properties.enabled": bool,
  },
  adds: withoutState,
};

export const METRIC_ALERTS: GenericRules = {
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
  adds: withoutState,
};

function instrumentation(): Record<string, string> {
  const [key, app] = [randomUUID(), randomUUID()];
  return { InstrumentationKey: key, AppId: app, ConnectionString: `InstrumentationKey=${key};ApplicationId=${app}` };
}
