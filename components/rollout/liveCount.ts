import { acceptText } from "./liveSettings";
import type { Violation } from "../values/violation";

/** Who controls a deployment's instance count. */
export type CountSource = "declared" | "default" | "autoscale";

/** The instance counts of a serving deployment; undefined where there is none. */
export interface CountFacts {
  /** What this stack's last write requested. */
  readonly before: number | undefined;
  /** What the update requests. */
  readonly written: number | undefined;
  readonly live: number | undefined;
  readonly source: CountSource;
}

/** Whether an update removes instances without anybody asking for it. */
export function takesInstances({ before, written, live, source }: CountFacts): boolean {
  if (written === undefined || live === undefined || written >= live) return false;
  // The program declares fewer than before, and those before are live: an intended scale-in.
  return !(source === "declared" && before === live);
}

/**
 * Instances under load that an update would remove, because autoscale or a person added them, or because the program no
 * longer sets the count.
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
