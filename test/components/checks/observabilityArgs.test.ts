import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

const GROUP = "/subscriptions/s/resourceGroups/rg/providers";
const LOGS = `${GROUP}/Microsoft.OperationalInsights/workspaces/logs`;
const RULE = `${GROUP}/Microsoft.EventHub/namespaces/hub/authorizationRules/send`;

test("any of the places, some of the categories and thresholds are taken, with ids that are not known yet", () => {
  const later = pulumi.output("later");
  expect(
    problemsWith({
      diagnosticSettings: {
        logs: { workspaceResourceId: LOGS },
        hub: { eventHubAuthorizationRuleResourceId: RULE, eventHubName: later },
        archive: {
          storageAccountResourceId: later,
          logCategories: ["AmlOnlineEndpointTrafficLog"],
          metricCategories: [],
        },
      },
      alerts: { actionGroupResourceIds: [later], maxServerErrorsPerMinute: 0, maxLatencyP95Milliseconds: 0.5 },
    }),
  ).toEqual([]);
  expect(problemsWith({ alerts: {} })).toEqual([]);
});

test.each<[object, readonly string[]]>([
  [
    { diagnosticSettings: { logs: { metricCategories: "AllMetrics", eventHubName: "hub" } } },
    [
      "diagnosticSettings.logs: has no destination; give one of workspaceResourceId, storageAccountResourceId, eventHubAuthorizationRuleResourceId",
      "diagnosticSettings.logs.eventHubName: has no effect without eventHubAuthorizationRuleResourceId; remove it",
      'diagnosticSettings.logs.metricCategories: must be a list of category names, got "AllMetrics"',
    ],
  ],
  [
    { diagnosticSettings: { logs: { workspaceResourceId: "logs" } } },
    ['diagnosticSettings.logs.workspaceResourceId: must be the ARM id of a Log Analytics workspace, got "logs"'],
  ],
  [
    {
      diagnosticSettings: Object.fromEntries(Array.from("abcdef").map((name) => [name, { workspaceResourceId: LOGS }])),
    },
    ["diagnosticSettings: has 6 settings; Azure takes at most 5 for an endpoint: remove some"],
  ],
  [
    {
      alerts: {
        severity: 5,
        maxModelErrorsPerMinute: -1,
        maxLatencyP95Milliseconds: NaN,
        actionGroupResourceIds: ["a"],
      },
    },
    [
      'alerts.actionGroupResourceIds.0: must be the ARM id of an action group, got "a"',
      "alerts.maxModelErrorsPerMinute: must be a number 0 or more, got -1",
      "alerts.maxLatencyP95Milliseconds: must be a number 0 or more, got NaN",
      "alerts.severity: must be a whole number from 0 to 4, got 5",
    ],
  ],
  [
    { alerts: true },
    [
      "alerts: must be { actionGroupResourceIds, maxServerErrorsPerMinute, maxModelErrorsPerMinute, maxLatencyP95Milliseconds, severity }, got true",
    ],
  ],
])("%j is refused", (change, lines) => {
  expect(problemsWith({ ...change })).toEqual(lines);
});

test("what decides which settings there are cannot be an output", () => {
  const line = "must be a plain value, got an output; take it from stack config or write it in the program";
  expect(problemsWith({ diagnosticSettings: pulumi.output({}), alerts: { severity: pulumi.output(1) } })).toEqual([
    `diagnosticSettings: ${line}`,
    `alerts.severity: ${line}`,
  ]);
});
