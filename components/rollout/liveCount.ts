import { acceptText } from "./liveSettings";
import type { Violation } from "../values/violation";

/** Who says how many instances a deployment has. */
export type CountSource = "declared" | "default" | "autoscale";

/** The numbers of instances of a serving deployment; undefined where there is none. */
export interface CountFacts {
  /** What the last write of this stack asked for. */
  readonly before: number | undefined;
  /** What the update asks for. */
  readonly written: number | undefined;
  readonly live: number | undefined;
  readonly source: CountSource;
}

/** Whether an update takes instances away that nobody has said should go. */
export function takesInstances({ before, written, live, source }: CountFacts): boolean {
  if (written === undefined || live === undefined || written >= live) return false;
  // The program asks for fewer than it had, and those are the live ones: that is scaling in.
  return !(source === "declared" && before === live);
}

/**
 * Instances under load that an update would take away, since autoscale or a person has added them, or since the program
 * no longer says how many there are.
 *
 * @param load - what the deployment serves, such as `90 % of the live traffic`
 */
export function checkLiveCount(deployment: string, facts: CountFacts, load: string): Violation[] {
  if (!takesInstances(facts)) return [];
  const { written, live, source } = facts;
  const keep =
    source === "autoscale"
      ? 'run "pulumi up --refresh", which takes the live number over'
      : `declare instanceCount: ${live}`;
  const reason =
    `the live deployment has ${live} and the update would write ${written}, and it has ${load}; ` +
    `${keep}, or take the others away with ${acceptText(deployment, "instanceCount")}`;
  return [{ path: `deployments.${deployment}.instanceCount`, reason }];
}
