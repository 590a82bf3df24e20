import { expect, test } from "vitest";
import { runCore } from "../../prove/random/coreRun";
import { checkEndpointWrites } from "../../prove/random/endpointWrites";
import { runEngine } from "../../prove/random/engineRun";
import { liveDifferences } from "../../prove/random/liveDifferences";
import { FIRST } from "../../prove/random/changes";
import { seedOf } from "../../prove/random/runs";

const TIMEOUT_MS = 300_000;

test.each([
  ["on the core", runCore, 60],
  ["through the engine", runEngine, 4],
])(
  "random legal changes %s keep the weights and lose no request",
  async (_, run, changes) => {
    const { requests, writes, ...result } = await run({ changes, seed: seedOf(process.env), report: () => undefined });
    expect(result).toEqual({ seed: seedOf(process.env), changes, lost: 0, failures: [] });
    expect(Math.min(requests, writes)).toBeGreaterThan(0);
  },
  TIMEOUT_MS,
);

test("a write of the endpoint without its weights is seen", () => {
  const entry = { seq: 1, time: "", kind: "arm", status: 200, path: "/workspaces/w/onlineEndpoints/e" } as const;
  const bodies = [
    { properties: { traffic: { blue: 100 } } },
    { properties: {} },
    { properties: { traffic: { blue: 0 } } },
  ];
  const { writes, failures } = checkEndpointWrites(bodies.map((body) => ({ ...entry, method: "PUT", body })));
  expect([writes, failures.length]).toEqual([3, 2]);
});

test("what is not as declared is named", () => {
  const properties = { traffic: { "slot-0": 90, "slot-1": 10 }, authMode: "Key", publicNetworkAccess: "Enabled" };
  const deployment = { name: "slot-0", sku: { capacity: 2 } };
  expect(liveDifferences(FIRST, { properties, tags: { "mlflow-rollout-tags": "[]" } }, [deployment])).toEqual([
    "live traffic is slot-0=90 slot-1=10, declared slot-0=100",
    'deployments is {"slot-0":2}, declared {"slot-0":1}',
  ]);
});
