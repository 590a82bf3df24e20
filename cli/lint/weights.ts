import type { RolloutValues } from "../../components/config/rolloutValues";
import { describePosition, positionOf } from "../../components/rollout/position";
import { weightOf } from "../../components/rollout/weights";
import { planOf } from "../../components/settings/plan";
import type { Finding } from "./finding";

type Config = Readonly<Record<string, string>>;

/** A candidate whose weight is none of the declared plan. */
export function checkPosition(values: RolloutValues, { candidate }: Config): readonly Finding[] {
  const { traffic, mirrorTraffic = {}, rollout } = values;
  if (rollout === undefined || traffic === undefined || candidate === undefined) return [];
  const weight = weightOf(traffic, candidate);
  if (!isPlan(rollout) || typeof weight !== "number") return [];
  const plan = planOf(rollout);
  const position = positionOf(plan, weight, weightOf(mirrorTraffic, candidate));
  if (position.isOnPlan) return [];
  const reason = `${describePosition(position, weight)}; the steps are ${plan.steps.join(", ")}`;
  return [{ severity: "warning", path: "candidateTraffic", reason }];
}

/** Whatever is wrong with a plan has its own finding. */
function isPlan({ steps }: { readonly steps?: unknown }): boolean {
  return steps === undefined || (Array.isArray(steps) && steps.every((step) => typeof step === "number"));
}

/** What an earlier rollout, or one of its steps, has left in config. */
export function checkLeftovers({ deployments }: RolloutValues, config: Config): readonly Finding[] {
  const names = Object.keys(deployments);
  const isFinished = names.length === 1 && names[0] === config["candidate"];
  const found: readonly (readonly [path: string, isLeft: boolean, reason: string])[] = [
    ["candidate", isFinished, "is left of a finished rollout; pulumi config rm-all candidate candidateTraffic"],
    [
      "deletionProtection",
      config["deletionProtection"] === "false",
      "is false, so that what serves can be deleted; it is for the one update that does so",
    ],
    ["acceptLive", isSet(config["acceptLive"]), "is for one step; remove it when that step is done"],
    ["acceptLiveSettings", isSet(config["acceptLiveSettings"]), "is for one update; remove it when that is done"],
    ["allowOutage", isSet(config["allowOutage"]), "lets the endpoint stop serving; remove it when it serves again"],
    ["takeOver", isSet(config["takeOver"]), "is for one step; remove it when the endpoint is taken over"],
  ];
  return found.flatMap(([path, isLeft, reason]) => (isLeft ? [{ severity: "warning", path, reason }] : []));
}

/** An empty text or map stands for "not set". */
function isSet(text: string | undefined): boolean {
  return text !== undefined && text !== "" && text !== "{}";
}
