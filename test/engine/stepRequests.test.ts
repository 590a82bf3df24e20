import type { TraceEntry } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestName, STEP_REQUESTS, stepRequestCounts } from "../../bench/throttling/stepRequests";
import { GREEN } from "../../driver/article";
import { BOTH, Rehearsal } from "../support/rehearsal";

const TIMEOUT_MS = 300_000;
let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...BOTH, candidate: GREEN, candidateTraffic: 10 });
  await rehearsal.stack.up();
}, TIMEOUT_MS);

afterAll(() => rehearsal.close());

/** By name; a look at an operation that is under way is a poll. */
function requestsOf(trace: readonly TraceEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path, via } of trace.filter(({ path: each }) => !each.includes("/operationStatuses/"))) {
    const name = requestName(method, path, via !== undefined);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

test(
  "a step sends what docs/performance.md names, no request more and none twice for the same answer, its write between reads",
  async () => {
    await rehearsal.stack.setConfig("candidateTraffic", "20");
    const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
    expect(requestsOf(trace)).toEqual(stepRequestCounts());
    // The key is for an output, which nothing waits for.
    const writeIn = (all: readonly { readonly method: string }[]) =>
      all.filter(({ method }) => method !== "POST").findIndex(({ method }) => method === "PUT");
    expect(writeIn(trace)).toBe(writeIn(STEP_REQUESTS));
    expect(await rehearsal.liveTraffic()).toEqual({ default: 80, [GREEN]: 20 });
  },
  TIMEOUT_MS,
);

test(
  "more deployments and a plan send nothing more",
  async () => {
    const others = Object.fromEntries(["more-1", "more-2", "more-3"].map((name) => [name, { modelVersion: "1" }]));
    const deployments = { ...BOTH.deployments, ...others };
    const plan = { rollout: { steps: [10, 20, 30, 40, 50, 100] } };
    const configure = (green: number): void =>
      rehearsal.stack.configure({ ...BOTH, ...plan, deployments, traffic: { default: 100 - green, [GREEN]: green } });
    configure(20);
    await rehearsal.stack.up();
    configure(30);
    const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
    expect(requestsOf(trace)).toEqual(stepRequestCounts());
  },
  TIMEOUT_MS,
);
