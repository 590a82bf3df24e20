/**
 * How `rollout.paused` begins when a run has aborted. It stands in stack config, so that a run that is started again does
 * not begin anew, and a person sees why: `mlflow-rollout resume` takes it out.
 */
const MARK = "aborted: ";

/** As much as one reads in a line. */
const LONGEST = 300;

/** The text of `rollout.paused` after an abort for a reason. */
export function abortMark(reason: string): string {
  const line = reason.replaceAll(/\s+/g, " ").trim();
  return `${MARK}${line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line}`;
}

/** Why a run has aborted; undefined when `rollout.paused` says no such thing. */
export function abortReason(paused: string | undefined): string | undefined {
  return paused?.startsWith(MARK) === true ? paused.slice(MARK.length) : undefined;
}
