import type { Violation } from "../../components/values/violation";

/** A time that is given for one run of a command stands still: nothing could ever be waited for. */
export function frozenClock(env: NodeJS.ProcessEnv): readonly Violation[] {
  if (env["MLFLOW_ROLLOUT_NOW"] === undefined) return [];
  return [{ path: "MLFLOW_ROLLOUT_NOW", reason: "stands still, so no time ever passes; unset it, or use run --once" }];
}
