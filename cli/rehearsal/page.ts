import type { TrafficState } from "../../components/rollout/weights";
import { seriesOf, spanOf } from "../azure/series";
import type { MetricAnswers } from "../../components/azure/metricValues";
import type { History, Step } from "../dashboard/history";
import { movesOf } from "../dashboard/moves";
import { pageOf, updateOf } from "../dashboard/page";
import type { DeploymentView, Phase, RolloutView } from "../view/rolloutView";
import type { Ending, RehearsalResult, StageResult } from "./result";
import { endLine } from "./text";

/** What a page of a rehearsal is made of. */
export interface RehearsedPage {
  readonly result: RehearsalResult;
  readonly endpointId: string;
  /** What Azure Monitor of the local Azure knows of the time of {@link metricSpan}. */
  readonly metrics: MetricAnswers;
  /** When it is written, milliseconds since 1970. */
  readonly writtenAt: number;
}

const PHASES: Readonly<Record<Ending, Phase>> = {
  completed: "stable",
  aborted: "degraded",
  held: "waiting",
  refused: "waiting",
  failed: "degraded",
};

/** The virtual time of a rehearsal, as Azure Monitor is asked about it. */
export function metricSpan({ stages }: Pick<RehearsalResult, "stages">) {
  const [from, to] = timeOf(stages);
  return spanOf(from, to + MINUTE_MS);
}

const MINUTE_MS = 60_000;

/** The dashboard's page of a rehearsal, which needs nothing but itself. */
export function rehearsalPage(page: RehearsedPage): string {
  return pageOf(updateOf({ history: historyOf(page) }), { writtenAt: page.writtenAt });
}

export function historyOf({ result, endpointId, metrics }: RehearsedPage): History {
  return {
    views: [viewOf(result, endpointId)],
    steps: stepsOf(result),
    metrics: seriesOf(metrics, metricSpan(result)),
  };
}

/** The updates of a rehearsal, the first one, which left the stable deployment alone, at its begin. */
function stepsOf({ stages, stable, candidate, faults }: RehearsalResult): readonly Step[] {
  const [from] = timeOf(stages);
  let before = stateOf(undefined, stable, candidate);
  const steps: Step[] = [{ since: from, at: from, text: `${stable} alone`, isFailed: false, state: before }];
  for (const stage of stages) {
    const isFailed = stage.outcome !== "done";
    const after = isFailed ? before : stateOf(stage, stable, candidate);
    const moves = [stable, candidate].flatMap((name) => movesOf(name, before, after));
    const done = moves.length > 0 ? moves.join(", ") : `${candidate} added`;
    const note = isFailed ? stage.reasons[0] : noteOf(stage, faults);
    steps.push({
      since: stage.from,
      at: stage.updatedAt,
      text: isFailed ? `${stage.title} not done` : done,
      ...(note !== undefined && { note }),
      isFailed,
      ...(!isFailed && { state: after }),
    });
    before = after;
  }
  return steps;
}

/** What was asked to go wrong is told where it begins. */
function noteOf({ kind, title, exposed }: StageResult, faults: readonly string[]): string {
  if (kind === "start") return ["start", ...faults].join("; ");
  return exposed.requests === 0
    ? title
    : `${title}: ${exposed.requests} answered by the candidate, ${exposed.bad} badly`;
}

function viewOf(result: RehearsalResult, endpointId: string): RolloutView {
  const { stages, stable, candidate, component, stack, exposed, lostRequests } = result;
  const [, to] = timeOf(stages);
  const last = stages.findLast(({ outcome }) => outcome === "done");
  const state = stateOf(last, stable, candidate);
  const isDeployed = stages.some(({ outcome }) => outcome === "done");
  return {
    schemaVersion: 1,
    at: new Date(to).toISOString(),
    stack: `rehearsal of ${stack}`,
    component,
    endpoint: { name: endpointId.split("/").at(-1) ?? "", id: endpointId, state: "Succeeded" },
    phase: PHASES[result.result],
    message: endLine(result),
    deployments: [stable, ...(isDeployed ? [candidate] : [])].map((name) => deploymentView(name, result, state)),
    ...(last && { changedAt: new Date(last.updatedAt).toISOString() }),
    next: {
      text:
        `a rehearsal on the local Azure: ${exposed.requests} requests answered by ${candidate}, ${exposed.bad} of them badly; ` +
        `${lostRequests} lost. Nothing of the stack has changed`,
    },
    missing: [],
  };
}

function deploymentView(name: string, { stable }: RehearsalResult, state: TrafficState): DeploymentView {
  const live = state.traffic[name] ?? 0;
  return {
    name,
    role: name === stable ? "stable" : "candidate",
    declared: live,
    live,
    mirror: state.mirrorTraffic[name] ?? 0,
    state: "Succeeded",
  };
}

/** The weights that a stage leaves; those of the stable deployment alone before the first one. */
function stateOf(stage: StageResult | undefined, stable: string, candidate: string): TrafficState {
  const { weight = 0, mirrored = 0 } = stage ?? {};
  return {
    traffic: { [stable]: 100 - weight, ...(stage && { [candidate]: weight }) },
    mirrorTraffic: mirrored === 0 ? {} : { [candidate]: mirrored },
  };
}

/** Begin and end. */
function timeOf(stages: readonly StageResult[]): readonly [from: number, to: number] {
  return [stages[0]?.from ?? 0, stages.at(-1)?.to ?? 0];
}
