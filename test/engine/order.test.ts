import { afterEach, expect, test } from "vitest";
import { BLUE, GREEN } from "../../demo/article";
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

test("shifting to 0/100 and removing default in one up writes the weights, reads them back, then deletes", async () => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 90, [GREEN]: 10 } });
  await rehearsal.stack.up();
  rehearsal.stack.configure({ ...BOTH, deployments: { [GREEN]: { modelVersion: "2" } } });
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
