import type { ContractVerdict } from "../contract/checkContracts";
import type { GateVerdict } from "../gates/verdict";
import type { DailyCost } from "../rollout/cost";
import { exposures } from "../rollout/exposure";
import type { Exposure } from "../rollout/exposure";
import { pointsMoved } from "../rollout/message";
import { planStep } from "../rollout/planStep";
import { stableOf } from "../rollout/roles";
import type { StepRequest } from "../rollout/step";
import type { Violation } from "../values/violation";
import { NO_TRAFFIC, weightOf } from "../rollout/weights";
import type { TrafficState, Weights } from "../rollout/weights";
import { requestOf } from "./context";
import type { RolloutContext } from "./context";
import { liveContracts } from "./contracts";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { isSameName } from "../values/sameName";

/** Weights before and after a step, in whole percent by deployment; what a map does not name has 0. */
export interface WeightChange {
  readonly from: Weights;
  readonly to: Weights;
}

/** Where a step leads in the plan of the rollout. */
export interface PlanReport {
  /** Weights of the candidate, in percent. */
  readonly steps: number[];
  /** Steps whose weight the candidate has reached; 0 before the first one, and when no one deployment is the candidate. */
  readonly step: number;
  readonly of: number;
  /** As the preview says it, such as `step 2 of 4`. */
  readonly text: string;
}

/** What a rule says of a step; a limit that the policy or the plan sets and that holds for the step is given with its use. */
export interface RuleReport {
  readonly rule: string;
  /** `kept` or `broken`. */
  readonly verdict: string;
  /** Points for `maxIncrease`, bad answers for `maxBadRequests`, minutes for every other limit. */
  readonly used?: number;
  readonly limit?: number;
}

/** What a gate says of a candidate, and on what evidence. `docs/gates.md` describes it. */
export interface GateReport {
  /** Its name in `rollout.gates`. */
  readonly gate: string;
  /** `request`, `errors`, `latency`, `http`, `command` or `compare`. */
  readonly kind: string;
  readonly candidate: string;
  /** `pass`, `fail`, `inconclusive` or `not asked`. */
  readonly verdict: string;
  /** Whether it refuses nothing. */
  readonly dryRun: boolean;
  /** The numbers in words. */
  readonly numbers: string;
  /** Requests or predictions that the verdict stands on; left out where none are counted. */
  readonly samples?: number;
  /** The time that was looked at, where it is one of Azure Monitor. */
  readonly window?: string;
  /** Who was asked. */
  readonly source: string;
}

/**
 * A traffic step for machines, such as a bot that comments on pull requests. `docs/rollout-output.md` describes it.
 *
 * Arrays are not `readonly` and unions are text, since Pulumi infers the schema of the package from this type.
 */
export interface RolloutReport {
  /** Changes when a member changes its meaning. */
  readonly schemaVersion: number;
  readonly traffic: WeightChange;
  readonly mirrorTraffic: WeightChange;
  /** Percent of the live requests that another deployment answers after the step, 0 to 100. */
  readonly pointsMoved: number;
  /** The stable deployment of the step; left out while none is. */
  readonly stable?: string;
  /** Deployments that are deleted after the step. */
  readonly retiring: string[];
  /** What candidates get of `policy.expectedRequestsPerMinute`; empty when it is not given. */
  readonly exposed: Exposure[];
  /** What each rule says, and how much of a limit the step uses. */
  readonly rules: RuleReport[];
  /** What was found of the models of candidates that get requests, as far as they can be compared. */
  readonly contracts: ContractVerdict[];
  readonly violations: Violation[];
  /** What the gates said; only when a gate was to be asked. */
  readonly gates?: GateReport[];
  /** Only when a plan is declared. */
  readonly plan?: PlanReport;
  /** What usually comes next, in one sentence, and the command for it when one is known. */
  readonly next: string;
  readonly command?: string;
  /** How stack config holds the weights: `candidate` or `traffic`; left out when it does not. */
  readonly weightsFrom?: string;
  /** The namespace of stack config that holds them, when it is not the project's own. */
  readonly configNamespace?: string;
  /** What the declared deployments cost; only with `hourlyPrices`. */
  readonly cost?: DailyCost;
}

/** What the decision of a step does not need and a report has. */
export interface KnownOfStep extends Pick<RolloutReport, "contracts" | "cost" | "gates"> {
  /** What is live after the step. */
  readonly after: TrafficState;
}

export function reportOf(request: StepRequest, { after, ...known }: KnownOfStep): RolloutReport {
  const { declared, policy, weightsFrom, configNamespace } = request;
  const live = request.live ?? { ...NO_TRAFFIC, lastApplied: [] };
  const stable = stableOf(live, declared, live.stable);
  const { retiring, rules, violations, plan, next, command } = planStep(request);
  return {
    schemaVersion: 1,
    traffic: { from: live.traffic, to: after.traffic },
    mirrorTraffic: { from: live.mirrorTraffic, to: after.mirrorTraffic },
    pointsMoved: pointsMoved(live.traffic, after.traffic),
    ...(stable !== undefined && { stable }),
    retiring: [...retiring],
    exposed: [...exposures(declared, stable, policy.expectedRequestsPerMinute)],
    rules: [...rules],
    violations: [...violations],
    ...(plan && { plan: { steps: [...plan.steps], step: plan.step, of: plan.of, text: plan.text } }),
    next,
    ...(command !== undefined && { command }),
    ...(weightsFrom !== undefined && { weightsFrom }),
    ...(configNamespace !== undefined && { configNamespace }),
    ...known,
  };
}

/** The step of this run, for machines. */
export function reportLive(context: RolloutContext, live: LiveEndpoint | undefined): RolloutReport {
  const { lastStep, gates = [] } = context.memory;
  const { cost } = context.machines;
  const known = {
    contracts: liveContracts(context, live),
    after: trafficAfter(context, live),
    ...(cost && { cost }),
    ...(gates.length > 0 && { gates: gates.map(reportOfGate) }),
  };
  return reportOf(requestOf(context, live, lastStep ? [lastStep] : []), known);
}

function reportOfGate({ todo: _, ...found }: GateVerdict): GateReport {
  return found;
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
