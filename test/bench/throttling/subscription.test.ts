import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpointDocuments, estateOf, placeOf } from "../../../bench/throttling/estate";
import type { Estate } from "../../../bench/throttling/estate";
import { inVirtualTime } from "../../../bench/throttling/inVirtualTime";
import { stepPath } from "../../../bench/throttling/stepRequests";
import { Subscription } from "../../../bench/throttling/subscription";
import { weightStep } from "../../../bench/throttling/weightStep";
import { valueAt } from "../../support/localAzure";

const DEPLOYMENTS = 3;
const ENDPOINTS = 64;

let estate: Estate;
let subscription: Subscription;
beforeAll(async () => {
  estate = estateOf(await endpointDocuments(DEPLOYMENTS), { workspaces: 2, endpoints: ENDPOINTS / 2 });
  subscription = await Subscription.open(estate);
});
afterAll(() => subscription.close());

const place = (member: number) => placeOf(subscription.id, member % 2, Math.floor(member / 2));

describe("a subscription of the estate", () => {
  test("has copies of an endpoint, each with its deployments", () => {
    const types = estate.resources.map(({ type }) => type.split("/").at(-1));
    expect(types.filter((type) => type === "onlineendpoints").length).toBe(ENDPOINTS);
    expect(types.filter((type) => type === "deployments").length).toBe(ENDPOINTS * DEPLOYMENTS);
    expect(new Set(estate.resources.map(({ id }) => id)).size).toBe(estate.resources.length);
  });

  test("takes the steps of all of them at once, throttles, and has the weights in the end", async () => {
    const counts = { requests: 0, throttled: 0, failed: 0 };
    const world = { counts, send: (...sent: Parameters<Subscription["send"]>) => subscription.send(...sent) };
    const works = Array.from(
      { length: ENDPOINTS },
      (_, member) => (startMs: number) => weightStep(world, place(member), 30, startMs),
    );
    const { totalMs } = await inVirtualTime(works, ENDPOINTS);
    expect(counts.throttled).toBeGreaterThan(0);
    const weights = await Promise.all(
      Array.from({ length: ENDPOINTS }, async (_, member) => {
        const path = stepPath("endpoint", place(member));
        const { body } = await subscription.send({ method: "GET", path }, totalMs + 60_000);
        return valueAt(body, "properties.traffic");
      }),
    );
    expect(new Set(weights.map((each) => JSON.stringify(each)))).toEqual(new Set(['{"blue":70,"green":30}']));
  });
});
