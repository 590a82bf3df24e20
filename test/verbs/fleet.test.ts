import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { stringify } from "yaml";
import { EXIT } from "../../cli/terminal/exitCodes";
import { FleetSession } from "../support/fleetSession";

const TIMEOUT_MS = 1_800_000;
vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** `FLEET_WAVES=5,5,5,5 FLEET_STACKS=5` makes it as large as one likes; 20 endpoints take about 10 minutes. */
const WAVES = (process.env["FLEET_WAVES"] ?? "2,2,1,1").split(",").map(Number);
const STACKS = Number(process.env["FLEET_STACKS"] ?? "2");

let session: FleetSession;

const inWaves = (least: number, most: number): readonly string[] =>
  session.endpoints.filter(({ wave }) => wave >= least && wave <= most).map(({ name }) => name);

beforeAll(async () => {
  session = await FleetSession.open(WAVES, STACKS);
  const waves = WAVES.map((_, index) => ({
    ...(index > 0 && { after: "step 1" }),
    endpoints: session.endpoints
      .filter(({ wave }) => wave === index)
      .map(({ name, stack }) => ({ stack, component: name })),
  }));
  session.write("fleet.yaml", stringify({ concurrency: 2, waves }));
});

afterAll(() => session.close());

test("a line for each endpoint, and nothing is written", async () => {
  const since = await session.traceEnd();
  const { code, stdout } = await session.mlflowRollout("fleet", "status", "fleet.yaml", "--json");
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly weight: number; readonly wave: number });
  expect(code).toBe(EXIT.done);
  expect(lines.map(({ wave, weight }) => [wave, weight])).toEqual(session.endpoints.map(({ wave }) => [wave + 1, 0]));
  expect(await session.written(since)).toEqual(new Set());
});

test("a gate that fails in wave 2 gives everything back, and waves 3 and 4 are never written", async () => {
  const [failing = ""] = inWaves(1, 1).slice(-1);
  session.fail(failing);
  const since = await session.traceEnd();
  const started = performance.now();
  const { code, stdout, stderr } = await session.mlflowRollout("fleet", "fleet.yaml", "--interval", "1");
  console.log(`${session.endpoints.length} endpoints: ${Math.round((performance.now() - started) / 1000)} s`);
  expect({ code, stderr }).toEqual({ code: EXIT.aborted, stderr: "" });
  expect(stdout).toContain(`fleet: ${stackOf(failing)}/${failing}: gate check fail`);
  expect(await session.weights()).toEqual(session.endpoints.map(() => 0));
  const written = await session.written(since);
  expect(inWaves(0, 0).filter((name) => !written.has(name))).toEqual([]);
  expect(inWaves(2, 9).filter((name) => written.has(name))).toEqual([]);
  expect(await session.isSettled()).toBe(true);
});

test("started again it takes no step", async () => {
  const since = await session.traceEnd();
  expect((await session.mlflowRollout("fleet", "fleet.yaml")).code).toBe(EXIT.aborted);
  expect(await session.written(since)).toEqual(new Set());
});

function stackOf(endpoint: string): string {
  return session.endpoints.find(({ name }) => name === endpoint)?.stack ?? "";
}
