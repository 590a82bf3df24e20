import { AutoscaleMetric, DEFAULT_THRESHOLDS } from "../args/autoscale";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkSettings, checkChoice, checkGiven, checkWhole } from "./scalars";
import { isKnownMap } from "./literals";

/** Source: Azure ML quotas and limits, "how-to-manage-quotas". */
export const MAX_INSTANCES = 50;
/** One minute to one week. Source: Azure Monitor, "Understand autoscale settings". */
const COOLDOWN = { min: 60, max: 604_800 };

const KEYS = ["minimumInstanceCount", "maximumInstanceCount", "defaultInstanceCount", "metric", "scaleOut", "scaleIn"];
const RULE_KEYS = ["threshold", "instanceCount", "cooldownSeconds"];

export function checkAutoscale(path: string, autoscale: unknown): Violation[] {
  return checkSettings(path, autoscale, KEYS, (settings) => {
    const { minimumInstanceCount: min, maximumInstanceCount: max, defaultInstanceCount, metric } = settings;
    const [lower, upper] = [wholeOr(min, 1), wholeOr(max, MAX_INSTANCES)];
    return [
      ...checkGiven(`${path}.minimumInstanceCount`, min, "give the fewest instances, such as 2"),
      ...checkWhole(`${path}.minimumInstanceCount`, min, 1, MAX_INSTANCES),
      ...checkGiven(`${path}.maximumInstanceCount`, max, "give the most instances, such as 5"),
      ...checkWhole(`${path}.maximumInstanceCount`, max, lower, MAX_INSTANCES),
      ...checkWhole(`${path}.defaultInstanceCount`, defaultInstanceCount, lower, Math.max(lower, upper)),
      ...checkChoice(`${path}.metric`, metric, AutoscaleMetric),
      ...checkRule(`${path}.scaleOut`, settings["scaleOut"], metric),
      ...checkRule(`${path}.scaleIn`, settings["scaleIn"], metric),
      ...checkThresholds(path, settings),
    ];
  });
}

function checkRule(path: string, rule: unknown, metric: unknown): Violation[] {
  return checkSettings(path, rule, RULE_KEYS, ({ threshold, instanceCount, cooldownSeconds }) => [
    ...checkThreshold(`${path}.threshold`, threshold, isPercent(metric)),
    ...checkWhole(`${path}.instanceCount`, instanceCount, 1, MAX_INSTANCES),
    ...checkWhole(`${path}.cooldownSeconds`, cooldownSeconds, COOLDOWN.min, COOLDOWN.max),
  ]);
}

function checkThreshold(path: string, threshold: unknown, percent: boolean): Violation[] {
  if (threshold === undefined) return [];
  const ok = typeof threshold === "number" && threshold > 0 && threshold <= (percent ? 100 : Number.MAX_VALUE);
  const allowed = percent ? "percent, more than 0 and at most 100" : "milliseconds, more than 0";
  return ok ? [] : [{ path, reason: `must be a number of ${allowed}, got ${show(threshold)}` }];
}

/** Between the two thresholds nothing is scaled; without that gap the instance count would oscillate. */
function checkThresholds(path: string, { metric, scaleOut, scaleIn }: Readonly<Record<string, unknown>>): Violation[] {
  const [out, into] = [thresholdOf(scaleOut), thresholdOf(scaleIn)];
  if (!isPercent(metric)) {
    const todo = "give it in milliseconds, there is no default for a latency";
    return [
      ...checkGiven(`${path}.scaleOut.threshold`, out, todo),
      ...checkGiven(`${path}.scaleIn.threshold`, into, todo),
      ...checkOrder(path, out, into),
    ];
  }
  return checkOrder(path, out ?? DEFAULT_THRESHOLDS.scaleOut, into ?? DEFAULT_THRESHOLDS.scaleIn);
}

function checkOrder(path: string, out: unknown, into: unknown): Violation[] {
  if (typeof out !== "number" || typeof into !== "number" || !(into >= out)) return [];
  const reason = `must be less than scaleOut.threshold of ${out}, got ${into}`;
  return [{ path: `${path}.scaleIn.threshold`, reason }];
}

function thresholdOf(rule: unknown): unknown {
  return isKnownMap(rule) ? rule["threshold"] : undefined;
}

function isPercent(metric: unknown): boolean {
  return metric !== AutoscaleMetric.RequestLatency_P95;
}

function wholeOr(value: unknown, other: number): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= MAX_INSTANCES ? value : other;
}
