import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart, bodiesAt, lastTypesOf } from "../../support/adoptedHeart";
import { ENDPOINT, GROUP, LOCATION, armIdOf } from "../../../driver/heartWorkspace";
import { textAt, valueAt } from "../../support/localAzure";
import { writesOf } from "../../support/rehearsal";

const LOGS = `${GROUP}/providers/Microsoft.OperationalInsights/workspaces/heartlogs`;
const ON_CALL = `${GROUP}/providers/Microsoft.Insights/actionGroups/on-call`;
const NAMESPACE = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

let heart: AdoptedHeart;
beforeAll(async () => {
  heart = await AdoptedHeart.start();
  const { azure } = heart.rehearsal;
  await azure.operate("PUT", LOGS, { location: LOCATION, properties: { sku: { name: "PerGB2018" } } });
  await azure.operate("PUT", ON_CALL, { location: "global", properties: { groupShortName: "on-call", enabled: true } });
  heart.declare({
    deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } },
    traffic: { blue: 100 },
    tags: { team: "cardio" },
    diagnosticSettings: { logs: { workspaceResourceId: armIdOf(azure, LOGS) } },
    alerts: { actionGroupResourceIds: [armIdOf(azure, ON_CALL)], maxLatencyP95Milliseconds: 400, severity: 1 },
  });
});
afterAll(() => heart.close());

interface Criterion {
  readonly metricName: string;
  readonly dimensions: readonly { readonly name: string }[];
}

function alertBody(description: string, criterion: object): object {
  const { azure } = heart.rehearsal;
  return {
    location: "global",
    tags: { team: "cardio" },
    properties: {
      description,
      severity: 1,
      enabled: true,
      scopes: [armIdOf(azure, ENDPOINT)],
      evaluationFrequency: "PT1M",
      windowSize: "PT5M",
      criteria: {
        "odata.type": "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
        allOf: [
          {
            criterionType: "StaticThresholdCriterion",
            metricNamespace: NAMESPACE,
            timeAggregation: "Average",
            operator: "GreaterThan",
            ...criterion,
          },
        ],
      },
      actions: [{ actionGroupId: armIdOf(azure, ON_CALL) }],
    },
  };
}

test("logs, metrics and alerts arrive in Azure as they are written, and watch what Azure measures", async () => {
  const trace = await heart.up();
  const category = (name: string) => ({ category: name, enabled: true });
  expect(bodiesAt(trace, "/heart-classifier/providers/Microsoft.Insights/diagnosticSettings/logs")).toEqual([
    {
      properties: {
        workspaceId: armIdOf(heart.rehearsal.azure, LOGS),
        logAnalyticsDestinationType: "Dedicated",
        logs: [
          category("AmlOnlineEndpointTrafficLog"),
          category("AmlOnlineEndpointConsoleLog"),
          category("AmlOnlineEndpointEventLog"),
        ],
        metrics: [category("AllMetrics")],
      },
    },
  ]);

  const include = (name: string, value: string) => ({ name, operator: "Include", values: [value] });
  const requests = { metricName: "RequestsPerMinute", threshold: 1 };
  const bodies = ["server-errors", "model-errors", "latency"].flatMap((name) =>
    bodiesAt(trace, `/metricAlerts/heart-classifier-${name}`),
  );
  expect(bodies).toEqual([
    alertBody("A deployment answers 5xx", {
      ...requests,
      name: "server-errors",
      dimensions: [include("deployment", "*"), include("statusCodeClass", "5xx")],
    }),
    alertBody("The model of a deployment fails: it answers 424", {
      ...requests,
      name: "model-errors",
      dimensions: [include("deployment", "*"), include("statusCode", "424")],
    }),
    alertBody("A deployment is slow: the 95th percentile of its latency", {
      name: "latency",
      metricName: "RequestLatency_P95",
      threshold: 400,
      dimensions: [include("deployment", "*")],
    }),
  ]);

  const { azure } = heart.rehearsal;
  const { body } = await azure.arm("GET", `${ENDPOINT}/providers/Microsoft.Insights/metricDefinitions`);
  const measured = (valueAt(body, "value") as readonly object[]).flatMap((definition) =>
    (valueAt(definition, "dimensions") as readonly object[]).map(
      (dimension) => `${String(valueAt(definition, "name.value"))} ${String(valueAt(dimension, "value"))}`,
    ),
  );
  const watched = bodies.flatMap((alert) => valueAt(alert, "properties.criteria.allOf") as readonly Criterion[]);
  const needed = watched.flatMap(({ metricName, dimensions }) => dimensions.map(({ name }) => `${metricName} ${name}`));
  expect(measured).toEqual(expect.arrayContaining(needed));
});

test("the principal of the endpoint's own identity is an output", async () => {
  const { body } = await heart.rehearsal.azure.arm("GET", ENDPOINT);
  expect((await heart.rehearsal.stack.outputs())["principalId"]).toBe(textAt(body, "identity.principalId"));
});

test("a refresh finds nothing to put back", async () => {
  await heart.rehearsal.stack.refresh();
  expect(await heart.up()).toEqual([]);
});

test("a changed threshold writes its alert alone", async () => {
  heart.declare({
    alerts: {
      maxLatencyP95Milliseconds: 400,
      severity: 1,
      maxModelErrorsPerMinute: 5,
      actionGroupResourceIds: [armIdOf(heart.rehearsal.azure, ON_CALL)],
    },
  });
  const trace = await heart.up();
  expect(bodiesAt(trace, "/metricAlerts/heart-classifier-model-errors")).toHaveLength(1);
  expect(writesOf(trace)).toEqual(["PUT metricAlerts"]);
});

test("no weight step and no deployment that comes or goes writes any of them", async () => {
  heart.declare({ traffic: { blue: 90, green: 10 } });
  expect(writesOf(await heart.up())).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  heart.declare({ traffic: { blue: 0, green: 100 } });
  expect(writesOf(await heart.up())).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  heart.declare({ deployments: { green: { modelVersion: "2" } }, traffic: { green: 100 } });
  expect(writesOf(await heart.up())).toEqual([
    "PUT deployments",
    "PUT onlineEndpoints via",
    "DELETE onlineEndpoints/deployments",
  ]);
});

test("a destroy deletes them before the endpoint, for which Azure would keep the settings", async () => {
  const deletes = lastTypesOf(await heart.destroy());
  expect(deletes).toContain("DELETE diagnosticSettings");
  expect(deletes.indexOf("DELETE diagnosticSettings")).toBeLessThan(deletes.indexOf("DELETE onlineEndpoints"));
  expect(await heart.rehearsal.resources("/metricAlerts")).toEqual([]);
  expect(await heart.rehearsal.resources("/diagnosticSettings")).toEqual([]);
});
