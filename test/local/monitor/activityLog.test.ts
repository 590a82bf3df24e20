import { afterAll, beforeAll, expect, test } from "vitest";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { ENDPOINT, LOCATION, createWorkspace } from "../../../driver/heartWorkspace";

let azure: TestAzure;

beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});

afterAll(() => azure.close());

const EVENTS = "providers/Microsoft.Insights/eventtypes/management/values";

function events(filter: string) {
  return azure.arm("GET", `${EVENTS}?api-version=2015-04-01&$filter=${encodeURIComponent(filter)}`);
}

test("a refused write stands in the activity log, some minutes later, with the whole answer", async () => {
  const since = "eventTimestamp ge '2020-01-01T00:00:00Z'";
  const refused = await azure.arm("PUT", ENDPOINT, { location: LOCATION, properties: { authMode: "Nobody" } });
  expect(refused.status).toBe(400);
  const id = `/subscriptions/${azure.azure.subscriptionId}/${ENDPOINT}`;
  const of = `${since} and resourceUri eq '${id}'`;
  expect(valueAt((await events(of)).body, "value")).toEqual([]);
  await azure.advance(181);
  const { status, body } = await events(of);
  expect(status).toBe(200);
  const [event, ...others] = valueAt(body, "value") as readonly unknown[];
  expect(others).toEqual([]);
  expect(event).toMatchObject({ resourceId: id, status: { value: "Failed" }, subStatus: { value: "BadRequest" } });
  expect(JSON.parse(textAt(event, "properties.statusMessage"))).toEqual(refused.body);
  expect(valueAt((await events(`${since} and resourceUri eq '/other'`)).body, "value")).toEqual([]);
  expect(valueAt((await events("eventTimestamp ge '2999-01-01T00:00:00Z'")).body, "value")).toEqual([]);
});

test.each(["", "eventTimestamp ge 'yesterday'"])("the filter %j is refused", async (filter) => {
  expect(await events(filter)).toMatchObject({ status: 400 });
});
