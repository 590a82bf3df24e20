import { wilsonInterval } from "../../components/values/wilsonInterval";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import type { Cast } from "./faultRules";
import type { Outcome } from "./outcome";
import type { Stage, StageKind } from "./script";
import { quantile, together } from "./tally";
import type { Tally } from "./tally";

/** What a stage of a rehearsal came to. */
export interface StageResult {
  readonly kind: StageKind;
  /** The step of the plan, from 1; 0 before the first one. */
  readonly step: number;
  readonly title: string;
  /** Weight of the candidate, and its share of copies, in percent. */
  readonly weight: number;
  readonly mirrored: number;
  /** How the weights were shared; left out where the update was not done. */
  readonly split?: MeasuredSplit;
  /** Requests of callers, while the stage was brought about and afterwards. */
  readonly requests: number;
  /** Requests without a model's answer. */
  readonly lost: number;
  /** By deployment, the stable one first. */
  readonly deployments: readonly MeasuredDeployment[];
  /** Copies of requests that the candidate got, and how many it failed; left out where nothing is mirrored. */
  readonly copies?: { readonly requests: number; readonly errors: number };
  /** Requests of callers that the candidate answered, and those that it answered badly: with an error, or wrongly. */
  readonly exposed: { readonly requests: number; readonly bad: number };
  /** What the component says of the step: rules, gates, what was read back. */
  readonly verdicts: readonly string[];
  /** How often the update was tried: more than once where a gate had too little to go on. */
  readonly asked: number;
  /** How the update ended. */
  readonly outcome: Outcome["kind"];
  /** Why it was refused or failed; empty when it was done. */
  readonly reasons: readonly string[];
  /** Virtual time at which the update began and ended, and the stage was over, milliseconds since 1970. */
  readonly from: number;
  readonly updatedAt: number;
  readonly to: number;
}

interface MeasuredSplit {
  /** Requests that were counted, all sent with these weights live. */
  readonly requests: number;
  /** Those that the candidate answered. */
  readonly candidate: number;
  /** 99.9 % confidence interval of its share, 0 to 1. */
  readonly interval: readonly [number, number];
  /** Whether its weight lies in it. */
  readonly isAsDeclared: boolean;
}

export interface MeasuredDeployment {
  readonly name: string;
  readonly requests: number;
  readonly errors: number;
  readonly wrong: number;
  /** Milliseconds; left out where nothing was answered. */
  readonly p50?: number;
  readonly p95?: number;
}

/** How a rehearsal ends. */
export type Ending = "completed" | "aborted" | "held" | "refused" | "failed";

/** What `rehearse --json` prints. */
export interface RehearsalResult {
  readonly schemaVersion: 1;
  readonly stack: string;
  readonly component: string;
  readonly stable: string;
  readonly candidate: string;
  /** As they were typed. */
  readonly faults: readonly string[];
  /** Steps of the plan that were live. */
  readonly steps: number;
  /** Real time, all in all. */
  readonly seconds: number;
  readonly lostRequests: number;
  readonly result: Ending;
  /** Requests of callers that the candidate answered, and those that it answered badly. */
  readonly exposed: { readonly requests: number; readonly bad: number };
  readonly stages: readonly StageResult[];
}

/** What was seen of a stage. */
export interface Observed {
  readonly stage: Stage;
  readonly outcome: Outcome;
  readonly verdicts: readonly string[];
  readonly asked: number;
  /** While the update ran. */
  readonly during: Tally;
  /** With the weights of the stage live; undefined where it was not done. */
  readonly after: Tally | undefined;
  readonly copies: { readonly requests: number; readonly errors: number } | undefined;
  readonly from: number;
  readonly updatedAt: number;
  readonly to: number;
}

export function stageResult(observed: Observed, cast: Cast): StageResult {
  const { stage, outcome, verdicts, asked, during, after, copies, from, updatedAt, to } = observed;
  const { kind, step, title, weight, mirrored } = stage;
  const all = after === undefined ? during : together(during, after);
  const { requests = 0, errors = 0, wrong = 0 } = all.deployments[cast.candidate] ?? {};
  return {
    kind,
    step,
    title,
    weight,
    mirrored,
    ...(after && { split: splitOf(after, cast.candidate, weight) }),
    requests: all.requests,
    lost: all.lost,
    deployments: [cast.stable, cast.candidate].flatMap((name) => measured(all, name)),
    ...(copies && { copies }),
    exposed: { requests, bad: errors + wrong },
    verdicts,
    asked,
    outcome: outcome.kind,
    reasons: outcome.kind === "done" ? [] : outcome.reasons,
    from,
    updatedAt,
    to,
  };
}

function splitOf({ requests, deployments }: Tally, candidate: string, weight: number): MeasuredSplit {
  const hits = deployments[candidate]?.requests ?? 0;
  const interval = wilsonInterval(hits, requests);
  const isAsDeclared = interval[0] <= weight / 100 && weight / 100 <= interval[1];
  return { requests, candidate: hits, interval, isAsDeclared };
}

function measured({ deployments }: Tally, name: string): readonly MeasuredDeployment[] {
  const counted = deployments[name];
  if (counted === undefined) return [];
  const { requests, errors, wrong, latencies } = counted;
  const [p50, p95] = [quantile(latencies, 0.5), quantile(latencies, 0.95)];
  return [{ name, requests, errors, wrong, ...(p50 !== undefined && { p50 }), ...(p95 !== undefined && { p95 }) }];
}

/** How a rehearsal ends whose last stages these are. */
function endingOf(stages: readonly Pick<StageResult, "outcome">[]): Ending {
  const last = stages.findLast(({ outcome }) => outcome !== "done");
  if (last === undefined) return "completed";
  switch (last.outcome) {
    case "fail":
      return "aborted";
    case "inconclusive":
      return "held";
    case "refused":
      return "refused";
    default:
      return "failed";
  }
}

export function rehearsalResult(
  about: Pick<RehearsalResult, "stack" | "component" | "stable" | "candidate" | "faults">,
  stages: readonly StageResult[],
): Omit<RehearsalResult, "seconds"> {
  const sum = (of: (stage: StageResult) => number): number => stages.reduce((total, stage) => total + of(stage), 0);
  return {
    schemaVersion: 1,
    ...about,
    steps: stages.filter(({ kind, outcome }) => kind === "step" && outcome === "done").length,
    lostRequests: sum(({ lost }) => lost),
    result: endingOf(stages),
    exposed: { requests: sum(({ exposed }) => exposed.requests), bad: sum(({ exposed }) => exposed.bad) },
    stages,
  };
}

/** A rollout that completes with lost requests or wrong answers is nothing to go on with either. */
export function exitCodeOf({ result, lostRequests, exposed }: RehearsalResult): ExitCode {
  if (result === "held") return EXIT.waiting;
  if (result === "aborted" || result === "refused") return EXIT.refused;
  return result === "failed" || lostRequests + exposed.bad > 0 ? EXIT.degraded : EXIT.done;
}
