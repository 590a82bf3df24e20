import { describeCommand, describePlan, listTraffic } from "./message";
import { planStep } from "./planStep";
import { candidatesOf, homeOf } from "./roles";
import type { LiveState, StepRequest } from "./step";
import { describeWaitLeft } from "./waits";

/**
 * What is said of a rollout when its weights are live already, a line each: what they are, where they are in the plan,
 * what the next step waits for, and what it is.
 */
export function settledText(request: StepRequest & { readonly live: LiveState }): string {
  const { declared, live } = request;
  const { plan, next, command } = planStep(request);
  const home = homeOf(live, declared);
  const [candidate, ...more] = home === undefined ? [] : candidatesOf(declared, home);
  const wait = more.length > 0 ? undefined : describeWaitLeft(request, live, candidate);
  const lines = [
    `traffic  ${listTraffic(declared)}, live as declared`,
    describePlan(plan),
    wait,
    next,
    describeCommand(command),
  ];
  return lines.filter((line) => line !== undefined).join("\n");
}
