import { reportOf } from "../rollout/report";
import type { RolloutReport } from "../rollout/report";
import { NO_TRAFFIC, isSameName, weightOf } from "../rollout/weights";
import type { TrafficState, Weights } from "../rollout/weights";
import { requestOf } from "./context";
import type { RolloutContext } from "./context";
import { liveContracts } from "./modelWarnings";
import type { LiveEndpoint } from "./readEndpoint";

/** The step of this run, for machines. */
export function reportLive(context: RolloutContext, live: LiveEndpoint | undefined): RolloutReport {
  const { lastStep } = context.memory;
  const { cost } = context.machines;
  const known = { contracts: liveContracts(context, live), after: trafficAfter(context, live), ...(cost && { cost }) };
  return reportOf(requestOf(context, live, lastStep ? [lastStep] : []), known);
}

/** What is live after the step, as it was read back; in a preview what the step will write. */
export function trafficAfter({ memory, declared }: RolloutContext, before: TrafficState | undefined): TrafficState {
  const { traffic, mirrorTraffic } = memory.stepLeaves ?? before ?? NO_TRAFFIC;
  return { traffic: namedIn(traffic, declared.traffic), mirrorTraffic };
}

/** Weights with every declared deployment in them, in the order and the case of the program; Azure leaves zeros out. */
function namedIn(live: Weights, declared: Weights): Weights {
  const names = Object.keys(declared);
  const others = Object.entries(live).filter(([name]) => !names.some((other) => isSameName(name, other)));
  return Object.fromEntries([...names.map((name) => [name, weightOf(live, name)] as const), ...others]);
}
