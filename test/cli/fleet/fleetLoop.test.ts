import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { lanesOf } from "../../../cli/fleet/inTurns";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { ScriptedFleet, fleetOf } from "../../support/scriptedFleet";
import type { Gate } from "../../support/scriptedRun";

const MINUTE = 60_000;
const WAVES = [5, 5, 5, 5];
const SECOND_WAVE = "stack-1/endpoint-7";

test("20 endpoints in 4 waves, one wave after the other, one update in a stack and three in all at a time", async () => {
  const fleet = new ScriptedFleet(fleetOf(WAVES, 5));
  expect(await fleet.run()).toBe(EXIT.done);
  expect(WAVES.map((_, wave) => fleet.weights(wave))).toEqual(WAVES.map((size) => Array<number>(size).fill(100)));
  const steps = fleet.told.filter((line) => line.includes("step-reached"));
  expect(steps.length).toBe(20 * 2);
  expect(fleet.told.filter((line) => line.includes("completed")).length).toBe(20);
  const waves = steps.map((line) => Math.floor(Number(/endpoint-(\d+)/.exec(line)?.[1]) / 5));
  expect(waves).toEqual(waves.toSorted((a, b) => a - b));
  expect(fleet.most.stack).toBe(1);
});

test("members of different stacks are updated at the same time, as many as are allowed", async () => {
  const fleet = new ScriptedFleet(fleetOf([10], 1));
  expect(await fleet.run()).toBe(EXIT.done);
  expect(fleet.most).toEqual({ all: 3, stack: 1 });
});

describe("a gate that fails in wave 2", () => {
  const failing = (id: string, weight: number): Gate => (id === SECOND_WAVE && weight === 50 ? "fail" : "pass");

  test("gives everything back that was started, and waves 3 and 4 are never written", async () => {
    const fleet = new ScriptedFleet(fleetOf(WAVES, 5), failing);
    expect(await fleet.run()).toBe(EXIT.aborted);
    expect(WAVES.map((_, wave) => fleet.weights(wave))).toEqual(WAVES.map((size) => Array<number>(size).fill(0)));
    expect(fleet.written.map((id) => Number(id.split("-").at(-1)))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const reasons = [...fleet.members.values()].map(({ paused }) => paused);
    const reason = `aborted: fleet: ${SECOND_WAVE}: gate errors fail: 5.1 % errors, more than 1 %`;
    expect(reasons).toEqual([...Array<string>(10).fill(reason), ...Array<undefined>(10).fill(undefined)]);
  });

  test("a fleet that is started again takes no step", async () => {
    const fleet = new ScriptedFleet(fleetOf(WAVES, 5), failing);
    await fleet.run();
    const written = fleet.told.length;
    expect([await fleet.run(), fleet.told.length]).toEqual([EXIT.aborted, written]);
  });

  test("before the first step of the first member is written down too", async () => {
    const fleet = new ScriptedFleet(fleetOf([2, 2], 2), () => "fail");
    expect(await fleet.run()).toBe(EXIT.aborted);
    expect(fleet.written).toEqual(["stack-0/endpoint-0"]);
    expect(fleet.of({ id: "stack-0/endpoint-0" }).paused).toMatch(/^aborted: fleet: stack-0\/endpoint-0: gate errors/);
    expect([await fleet.run(), fleet.written.length]).toEqual([EXIT.aborted, 1]);
  });
});

property.prop([fc.integer({ min: 1, max: 40 }), fc.boolean()])(
  "killed before any update and started again, it ends as it would have ended",
  async (kill, fails) => {
    let updates = 0;
    const fleet = new ScriptedFleet(fleetOf([2, 3, 2], 2), (id, weight) =>
      fails && id === "stack-1/endpoint-3" && weight === 50 ? "fail" : "pass",
    );
    fleet.before = () => {
      updates += 1;
      if (updates === kill) throw new Error("killed");
    };
    await fleet.run().catch(() => undefined);
    expect(await fleet.run()).toBe(fails ? EXIT.aborted : EXIT.done);
    expect([0, 1, 2].map((wave) => fleet.weights(wave))).toEqual(
      fails
        ? [
            [0, 0],
            [0, 0, 0],
            [0, 0],
          ]
        : [
            [100, 100],
            [100, 100, 100],
            [100, 100],
          ],
    );
    expect(fleet.weights(2).length > 0 && fails ? fleet.written.some((id) => /endpoint-[56]$/.test(id)) : false).toBe(
      false,
    );
  },
);

describe("a wave", () => {
  const startOf = async (start: Parameters<typeof fleetOf>[2]): Promise<number> => {
    const fleet = new ScriptedFleet(fleetOf([1, 1], 1, start));
    await fleet.run();
    const { changedAt } = fleet.of({ id: "stack-0/endpoint-0" });
    const second = fleet.of({ id: "stack-1/endpoint-1" });
    // It has two steps, ten minutes from each other.
    return (second.changedAt - 10 * MINUTE - changedAt) / MINUTE;
  };

  test.each([
    [{}, 0],
    [{ minutes: 45 }, 45],
    [{ after: { step: 1 } }, -10],
    [{ after: { step: 1 }, minutes: 3 }, -7],
    [{ after: "start" }, -10],
    [{ after: { step: 2 }, minutes: 1 }, 1],
  ] as const)("with %j starts %i min after the one before is done", async (start, minutes) => {
    expect(await startOf(start)).toBe(minutes);
  });
});

test("an inconclusive gate holds its own member until the deadline, and no weight is touched then", async () => {
  const fleet = new ScriptedFleet(fleetOf([2, 2], 1), (id, weight) =>
    id === "stack-0/endpoint-0" && weight === 50 ? "inconclusive" : "pass",
  );
  expect(await fleet.run()).toBe(EXIT.timedOut);
  expect([fleet.weights(0), fleet.weights(1)]).toEqual([
    [50, 100],
    [0, 0],
  ]);
  expect(fleet.told.filter((line) => line.includes("held"))).toEqual(["stack-0/endpoint-0 held 50"]);
});

test("or everything is given back then, where that is wished", async () => {
  const fleet = new ScriptedFleet(fleetOf([2], 1), (id) => (id === "stack-0/endpoint-0" ? "inconclusive" : "pass"));
  expect([await fleet.run({ onTimeout: "abort" }), fleet.weights(0)]).toEqual([EXIT.aborted, [0, 0]]);
});

test("a member that cannot go on stops the fleet with all weights as they are", async () => {
  const fleet = new ScriptedFleet(fleetOf([2, 1], 1), (id, weight) =>
    id === "stack-1/endpoint-1" && weight === 50 ? "refused" : "pass",
  );
  expect(await fleet.run()).toBe(EXIT.refused);
  expect([fleet.weights(0), fleet.weights(1)]).toEqual([[100, 50], [0]]);
});

test("a person gives back what was started, and nothing else is touched", async () => {
  const fleet = new ScriptedFleet(fleetOf([2, 2], 1), (id, weight) =>
    id === "stack-0/endpoint-0" && weight === 50 ? "inconclusive" : "pass",
  );
  await fleet.run();
  expect(await fleet.run({}, "fleet: wrong data")).toBe(EXIT.aborted);
  expect([fleet.weights(0), fleet.written]).toEqual([
    [0, 0],
    ["stack-0/endpoint-0", "stack-1/endpoint-1"],
  ]);
  expect(fleet.of({ id: "stack-1/endpoint-1" }).paused).toBe("aborted: fleet: wrong data");
});

property.prop([fc.array(fc.constantFrom("a", "b", "c"))])(
  "lanes keep every item, in order, each key in one",
  (keys) => {
    const lanes = lanesOf(
      keys.map((key, index) => ({ key, index })),
      ({ key }) => key,
    );
    expect(
      lanes
        .flat()
        .map(({ index }) => index)
        .toSorted((a, b) => a - b),
    ).toEqual(keys.map((_, index) => index));
    expect(lanes.every((lane) => new Set(lane.map(({ key }) => key)).size === 1)).toBe(true);
    expect(new Set(lanes.map(([first]) => first?.key)).size).toBe(lanes.length);
  },
);
