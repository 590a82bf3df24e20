import type { ProgressiveMlflowEndpointArgs } from "../args";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkGates } from "./checkGates";
import { isDeferred, isKnownMap } from "./literals";
import { checkGiven, checkSettings, checkWhole } from "./scalars";

const PATH = "rollout";
const KEYS = [
  "steps",
  "bakeMinutes",
  "mirror",
  "retireAfterMinutes",
  "gates",
  "maxBadRequests",
  "gateDelayMinutes",
  "paused",
];
/** A week. */
const MAX_MINUTES = 10_080;
/** A day. */
const MAX_DELAY_MINUTES = 1440;
/** Azure mirrors at most half of the requests ("how-to-safely-rollout-online-endpoints"). */
const MAX_MIRROR = 50;
const EXAMPLE = "[10, 25, 50, 100]";

type Settings = Pick<ProgressiveMlflowEndpointArgs, "rollout" | "policy" | "compute">;

/** The plan of a rollout. */
export function checkPlan({ rollout, policy, compute }: Settings): Violation[] {
  return checkSettings(PATH, rollout, KEYS, (plan) => [
    ...checkSteps(`${PATH}.steps`, plan["steps"]),
    ...checkWhole(`${PATH}.bakeMinutes`, plan["bakeMinutes"], 0, MAX_MINUTES),
    ...checkOneBakeTime(plan["bakeMinutes"], policy),
    ...checkMirror(`${PATH}.mirror`, plan["mirror"], compute !== undefined),
    ...checkWhole(`${PATH}.retireAfterMinutes`, plan["retireAfterMinutes"], 0, MAX_MINUTES),
    ...checkGates(`${PATH}.gates`, plan["gates"]),
    ...checkErrorBudget(plan),
    ...checkPaused(`${PATH}.paused`, plan["paused"]),
  ]);
}

function checkSteps(path: string, steps: unknown): Violation[] {
  if (steps === undefined || isDeferred(steps)) return [];
  if (!Array.isArray(steps)) {
    return [{ path, reason: `must be a list of the candidate's weights such as ${EXAMPLE}, got ${show(steps)}` }];
  }
  if (steps.length === 0) {
    return [{ path, reason: `has no step; give the candidate's weights such as ${EXAMPLE}, or leave it out` }];
  }
  const weights: readonly unknown[] = steps;
  return [...weights.flatMap((weight, index) => checkStep(path, weights, weight, index)), ...checkLast(path, weights)];
}

function checkStep(path: string, weights: readonly unknown[], weight: unknown, index: number): Violation[] {
  const at = `${path}.${index}`;
  // What is not there is a hole in the list.
  const broken = checkWhole(at, weight ?? null, 1, 100);
  const before = weights[index - 1];
  if (broken.length > 0 || typeof before !== "number" || Number(weight) > before) return broken;
  return [{ path: at, reason: `must be more than ${before}, the step before it, got ${show(weight)}` }];
}

function checkLast(path: string, weights: readonly unknown[]): Violation[] {
  const last = weights.at(-1);
  if (typeof last !== "number" || last >= 100 || checkWhole(path, last, 1, 100).length > 0) return [];
  return [{ path, reason: `must end with 100, where the candidate has all of the traffic, got ${last}; add 100` }];
}

function checkOneBakeTime(bakeMinutes: unknown, policy: unknown): Violation[] {
  const isTwice = bakeMinutes !== undefined && isKnownMap(policy) && policy["bakeMinutes"] !== undefined;
  if (!isTwice) return [];
  const reason = "both rollout.bakeMinutes and policy.bakeMinutes are set; remove one of them";
  return [{ path: `${PATH}.bakeMinutes`, reason }];
}

function checkMirror(path: string, mirror: unknown, isKubernetes: boolean): Violation[] {
  if (mirror === undefined) return [];
  if (isKubernetes) return [{ path, reason: "Azure mirrors on managed endpoints only; remove it" }];
  return checkSettings(path, mirror, ["percent", "minutes"], ({ percent, minutes }) => [
    ...checkGiven(`${path}.percent`, percent, "give the share of the live requests that is copied, such as 10"),
    ...checkWhole(`${path}.percent`, percent, 1, MAX_MIRROR),
    ...checkWhole(`${path}.minutes`, minutes, 0, MAX_MINUTES),
  ]);
}

function checkErrorBudget({ maxBadRequests, gateDelayMinutes }: Readonly<Record<string, unknown>>): Violation[] {
  const path = `${PATH}.gateDelayMinutes`;
  const isAlone = gateDelayMinutes !== undefined && maxBadRequests === undefined;
  return [
    ...checkWhole(`${PATH}.maxBadRequests`, maxBadRequests, 1, 1_000_000_000),
    ...checkWhole(path, gateDelayMinutes, 0, MAX_DELAY_MINUTES),
    ...(isAlone
      ? [{ path, reason: "is for rollout.maxBadRequests, which is not set; set it, or remove this one" }]
      : []),
  ];
}

function checkPaused(path: string, paused: unknown): Violation[] {
  const isReason = typeof paused === "string" && paused.trim() !== "";
  if (paused === undefined || isDeferred(paused) || isReason) return [];
  const got = paused === "" ? "nothing" : show(paused);
  const reason = `must say why the rollout is paused, such as "p95 has doubled", got ${got}; remove it to go on`;
  return [{ path, reason }];
}
