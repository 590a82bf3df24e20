import { isSameName } from "../values/sameName";
import type { PlannedNext } from "./plannedNext";
import { weightOf } from "./weights";
import type { TrafficState } from "./weights";

/**
 * What a person usually does after this step.
 *
 * @param planned - what the plan does next, when one is declared
 */
export function nextStep(
  { traffic, mirrorTraffic }: TrafficState,
  stable: string | undefined,
  planned?: PlannedNext,
): string {
  const names = Object.keys(traffic);
  const serving = names.filter((name) => weightOf(traffic, name) > 0);
  const idle = names.filter((name) => !serving.includes(name));
  const home = names.find((name) => isSameName(name, stable));
  if (planned?.paused !== undefined) return nextWhilePaused(planned, { traffic, mirrorTraffic });
  if (serving.length === 0) return "next: give one deployment weight 100";
  if (serving.length > 1) return nextWhileShared(serving, home, planned);
  if (idle.length === 0) return "next: add a deployment with the new model version at weight 0";
  const mirrored = idle.find((name) => weightOf(mirrorTraffic, name) > 0);
  if (mirrored !== undefined) {
    const weight = planned === undefined ? "weight" : `weight ${planned.stage.percent}`;
    return `next: compare the metrics of ${mirrored}, then give it ${weight} instead of the mirror`;
  }
  if (home !== undefined && idle.includes(home)) {
    return `next: remove ${home} from deployments and traffic, or give its weight back to abort`;
  }
  if (planned !== undefined) {
    const { kind, percent } = planned.stage;
    const todo = kind === "mirror" ? `mirror ${percent} % of the requests to it` : `give it weight ${percent}`;
    return `next: test ${planned.candidate} with the header azureml-model-deployment, then ${todo}, or remove it`;
  }
  const them = idle.length === 1 ? "it" : "them";
  return `next: test ${idle.join(", ")} with the header azureml-model-deployment, then give ${them} weight, or remove ${them}`;
}

function nextWhileShared(
  serving: readonly string[],
  home: string | undefined,
  planned: PlannedNext | undefined,
): string {
  if (home === undefined) return `next: give one of ${serving.join(", ")} weight 100`;
  const candidates = serving.filter((name) => name !== home);
  const back = serving.includes(home)
    ? `set ${candidates.length === 1 ? "it" : "them"} back to 0`
    : `give ${home} its weight back`;
  const to = planned === undefined ? "" : ` to ${planned.stage.percent}`;
  return `next: raise ${candidates.join(", ")}${to}, or ${back} to abort`;
}

function nextWhilePaused({ candidate, paused }: PlannedNext, { traffic, mirrorTraffic }: TrafficState): string {
  const end = weightOf(mirrorTraffic, candidate) > 0 ? `, or end the mirror of ${candidate} to abort` : "";
  const back = weightOf(traffic, candidate) > 0 ? `, or set ${candidate} back to 0 to abort` : end;
  return `next: the rollout is paused, ${JSON.stringify(paused)}: go on with "mlflow-rollout resume"${back}`;
}
