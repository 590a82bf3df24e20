import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspace, ENDPOINT, endpointBody, WORKSPACE } from "../../../driver/heartWorkspace";
import { TestAzure } from "../../support/localAzure";
import { askMetrics } from "../../support/metrics";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await azure.operate("PUT", ENDPOINT, endpointBody());
});
afterAll(() => azure.close());

const VALID =
  "RequestsPerMinute,RequestLatency,RequestLatency_P50,RequestLatency_P90,RequestLatency_P95,RequestLatency_P99";
const NAMESPACE = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

describe("a query", () => {
  test.each([
    [
      { metricnames: "Requests" },
      `Failed to find metric configuration for provider: Microsoft.MachineLearningServices, resource Type: workspaces/onlineEndpoints, metric: Requests, Valid metrics: ${VALID}`,
    ],
    [
      { metricnames: "RequestLatency", $filter: "statusCode eq '200'" },
      "Metric: RequestLatency does not support requested dimension combination: statuscode, supported ones are: deployment",
    ],
    [
      { metricnames: "RequestsPerMinute", $filter: "colour eq 'blue'" },
      "Metric: RequestsPerMinute does not support requested dimension combination: colour, supported ones are: deployment,statusCode,statusCodeClass,modelStatusCode",
    ],
    [
      { $filter: "deployment is 'blue'" },
      "Invalid $filter: 'deployment is 'blue'' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'.",
    ],
    [
      { interval: "PT2M" },
      "Detected invalid time grain input: PT2M, supported ones are: PT1M,PT5M,PT15M,PT30M,PT1H,PT6H,PT12H,P1D,FULL",
    ],
    [{ aggregation: "Median" }, "aggregation must be of Average, Minimum, Maximum, Total, Count; got 'Median'."],
    [
      { timespan: "2026-01-02/2026-01-01" },
      "timespan must be 'start/end' in ISO 8601, start before end; got '2026-01-02/2026-01-01'.",
    ],
    [{ timespan: "PT1H" }, "timespan must be 'start/end' in ISO 8601, start before end; got 'PT1H'."],
    [{ timespan: "2025-01-01/2026-01-01" }, "The timespan has more than 44640 intervals; use a longer interval."],
    [{ top: "0" }, "top must be a whole number above 0; got '0'."],
    [{ metricnamespace: "Microsoft.Web/sites" }, `metricnamespace must be '${NAMESPACE}'; got 'Microsoft.Web/sites'.`],
    [{ resultType: "Metadata", rollupby: "deployment" }, "The parameters resulttype, rollupby are not emulated."],
  ])("%j is refused in Azure Monitor's own form", async (query, message) => {
    expect(await askMetrics(azure, query)).toMatchObject({ status: 400, body: { code: "BadRequest", message } });
  });

  test("may name a foreign dimension when it says not to validate", async () => {
    const query = { metricnames: "RequestLatency", $filter: "statusCode eq '200'", ValidateDimensions: "false" };
    expect((await askMetrics(azure, query)).status).toBe(200);
  });

  test("without parameters is for the requests per minute of the last hour, and gives no series before any request", async () => {
    expect(await askMetrics(azure, {})).toMatchObject({
      status: 200,
      body: { interval: "PT1M", value: [{ name: { value: "RequestsPerMinute" }, timeseries: [] }] },
    });
  });

  test.each([
    [`${ENDPOINT}x`, 404],
    [`${ENDPOINT}/deployments/none`, 404],
    [WORKSPACE, 400],
  ])("of %s is answered by %i", async (path, status) => {
    const url = `${path}/providers/Microsoft.Insights/metrics?api-version=2023-10-01`;
    expect((await azure.arm("GET", url)).status).toBe(status);
  });
});
