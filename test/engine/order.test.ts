import { afterEach, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

let rehearsal: Rehearsal;

afterEach(() => rehearsal.close());

test.each([
  [100, 0],
  [90, 10],
  [0, 100],
])("one up goes from nothing to %i/%i", async (blue, green) => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: blue, [GREEN]: green } });
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: blue, [GREEN]: green });
  expect(writesOf(trace).filter((write) => write.includes("onlineEndpoints"))).toEqual([
    "PUT onlineEndpoints",
    "PUT onlineEndpoints/deployments",
    "PUT onlineEndpoints/deployments",
    "PUT onlineEndpoints via",
  ]);
});

const SERVED = { ...BOTH, traffic: { [BLUE]: 90, [GREEN]: 10 } };
/** The config that shifts all to green and removes default at once. */
const GREEN_ONLY = { ...BOTH, deployments: { [GREEN]: { modelVersion: "2" } } };

test.each(["preview", "up"] as const)(
  "shifting and removing in one update is refused by %s, without a write",
  async (operation) => {
    rehearsal = await Rehearsal.start();
    rehearsal.stack.configure(SERVED);
    await rehearsal.stack.up();
    rehearsal.stack.configure(GREEN_ONLY);
    const trace = await rehearsal.armTrace(async () => {
      await expect(rehearsal.stack[operation]()).rejects.toThrow(
        `deployments.${BLUE}: has 90 % of the live traffic and is removed in the same update; declare it again with weight 0 ` +
          'and run "pulumi up": it can be removed in the update after that',
      );
    });
    expect(writesOf(trace)).toEqual([]);
    expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
  },
);

test("without protection one up shifts to 0/100, reads the weights back, then deletes", async () => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...SERVED, deletionProtection: false });
  await rehearsal.stack.up();
  rehearsal.stack.configure({ ...GREEN_ONLY, deletionProtection: false });
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());

  const endpoint = /\/onlineEndpoints\/[^/]+$/;
  const written = trace.findIndex(({ method, path }) => method === "PUT" && endpoint.test(path));
  const deleted = trace.findIndex(({ method }) => method === "DELETE");
  const between = trace.slice(written + 1, deleted);
  expect(written).toBeGreaterThanOrEqual(0);
  expect(deleted).toBeGreaterThan(written);
  expect(between.some(({ method, path }) => method === "GET" && endpoint.test(path))).toBe(true);
  expect(await rehearsal.liveTraffic()).toEqual({ [GREEN]: 100 });
});
