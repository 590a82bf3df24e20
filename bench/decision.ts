import { decideStep } from "../components/rollout/decideStep";
import type { StepRequest } from "../components/rollout/step";
import { planOf } from "../components/settings/plan";
import { policyOf } from "../components/settings/policy";
import { figureOf, sampleOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";

const DECISIONS = 100_000;
const REACH = 200_000;

/** Step decisions a second of processor time, with a plan and all of its rules. */
export function benchDecision({ rounds }: BenchOrder): Promise<readonly Figure[]> {
  const requests = Array.from({ length: 99 }, (_, index) => requestOf(index + 1));
  const perSecond: number[] = [];
  let written = 0;
  for (let round = 0; round <= rounds; round += 1) {
    const before = process.cpuUsage();
    for (let call = 0; call < DECISIONS; call += 1) {
      const request = requests[call % requests.length];
      if (request !== undefined && decideStep(request).write !== undefined) written += 1;
    }
    // The first round is for the compiler.
    const { user, system } = process.cpuUsage(before);
    if (round > 0) perSecond.push(DECISIONS / ((user + system) / 1e6));
  }
  if (written === 0) throw new Error("no decision wrote anything");
  return Promise.resolve([
    figureOf({
      figure: "step decisions a second",
      ours: sampleOf(perSecond),
      against: REACH,
      rival: "what is wanted",
      unit: "/s",
      limit: { least: 1 },
    }),
  ]);
}

function requestOf(weight: number): StepRequest {
  const live = { traffic: { blue: 101 - weight, green: weight - 1 }, mirrorTraffic: {} };
  return {
    declared: { traffic: { blue: 100 - weight, green: weight }, mirrorTraffic: {} },
    live: { ...live, lastApplied: [live], changedAt: "2026-12-01T00:00:00Z", stable: "blue" },
    policy: policyOf({ maxIncrease: 50, bakeMinutes: 30 }),
    plan: planOf({ steps: [10, 25, 50, 100], retireAfterMinutes: 60 }),
    now: new Date("2026-12-01T12:00:00Z"),
  };
}
