import type { UpdateUnderWay } from "../stack/updateUnderWay";
import type { AwaitedView, Phase, RolloutView } from "../view/rolloutView";
import type { Situation } from "./situation";

/** What is going on, why, and what comes next. */
export interface Verdict extends Pick<RolloutView, "next"> {
  readonly phase: Phase;
  readonly message: string;
  readonly awaited?: AwaitedView;
  readonly bake?: NonNullable<RolloutView["bake"]>;
}

/** Undefined when a case does not hold. */
export type Case = (situation: Situation) => Verdict | undefined;

/** A verb of this command as it is typed for the stack of a situation. */
export function verb({ options }: Situation, typed: string): string {
  return `mlflow-rollout ${typed}${options.rollout}`;
}

export function pulumi({ options }: Situation, typed: string): string {
  return `pulumi ${typed}${options.pulumi}`;
}

/** What to do while something is working. */
export function waitFor(situation: Situation): Verdict["next"] {
  return { text: "status --wait ends when it is done", command: verb(situation, "status --wait") };
}

export function awaitedUpdate({ since }: UpdateUnderWay): AwaitedView {
  return { what: "the end of the update under way", ...(since !== undefined && { since }) };
}
