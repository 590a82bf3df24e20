import { afterEach, describe, expect, test, vi } from "vitest";
import * as readArm from "../../../components/azure/armReader";
import { readRefusal } from "../../../components/azure/refusalReason";
import type { ServiceError } from "../../../components/azure/serviceError";
import { rollout } from "../../support/hooks";

const PATH = "/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e";
const ID = `/subscriptions/s${PATH}`;
const BARE: ServiceError = { code: "BadRequest", message: "The request is invalid.", correlationId: undefined };
const COMMAND = `az monitor activity-log list --resource-id ${ID} --status Failed --offset 1h --query "[].properties.statusMessage"`;
const QUOTA = "Not enough quota available for Standard_DS3_v2.";

const event = (error: object, state = "Failed") => ({
  eventTimestamp: "2026-11-30T10:00:00Z",
  status: { value: state },
  properties: { statusMessage: JSON.stringify({ error }) },
});
const inner = (message: string) => ({
  code: "BadRequest",
  message: "The request is invalid.",
  details: [{ code: "InferencingClientCreateDeploymentFailed", message }],
});

afterEach(() => {
  vi.useRealTimers();
});

/** Reads a refusal where the activity log has these events, or cannot be read. */
async function read(cause: ServiceError, events: readonly object[] | Error) {
  vi.useFakeTimers({ now: Date.parse("2026-11-30T10:05:00Z"), toFake: ["Date"] });
  const list = vi.fn<readArm.SubscriptionReader["list"]>(() =>
    events instanceof Error ? Promise.reject(events) : Promise.resolve(events),
  );
  vi.spyOn(readArm, "armReader").mockResolvedValue({ subscriptionId: "s", list });
  const { context } = await rollout({ traffic: {} });
  return { refusal: await readRefusal(cause, PATH, context.component), asked: list.mock.calls as unknown };
}

describe("a refusal whose reason azure-native does not tell", () => {
  test("has that of the newest failed event, with its time", async () => {
    const { refusal, asked } = await read(BARE, [
      event(inner("x"), "Started"),
      event(inner(QUOTA)),
      event(inner("older")),
    ]);
    expect(refusal.cause).toEqual({
      code: "InferencingClientCreateDeploymentFailed",
      message: `${QUOTA} (activity log, 2026-11-30T10:00:00Z)`,
      correlationId: undefined,
    });
    const filter = encodeURIComponent(`eventTimestamp ge '2026-11-30T09:05:00.000Z' and resourceUri eq '${ID}'`);
    expect(asked).toEqual([
      [`providers/Microsoft.Insights/eventtypes/management/values?api-version=2015-04-01&$filter=${filter}`],
    ]);
  });

  test.each<[string, readonly object[] | Error]>([
    ["no event is there yet", []],
    ["the event says no more", [event({ code: "BadRequest", message: "The request is invalid." })]],
    ["the event is none that can be read", [{ status: { value: "Failed" }, properties: { statusMessage: "{" } }]],
    ["the log may not be read", new Error("403")],
  ])("has the command that shows it when %s", async (_, events) => {
    expect((await read(BARE, events)).refusal).toEqual({ cause: BARE, command: COMMAND });
  });
});

test("nothing is asked when the reason is told", async () => {
  const told = { ...BARE, message: QUOTA };
  const { refusal, asked } = await read(told, []);
  expect(refusal).toEqual({ cause: told });
  expect(asked).toEqual([]);
});
