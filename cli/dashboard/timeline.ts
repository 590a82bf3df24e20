import { hasWeight, sameTraffic } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { MetricPoint } from "../view/metricSeries";
import type { RolloutView } from "../view/rolloutView";
import { liveState } from "./history";
import type { History } from "./history";
import { marksOf } from "./marks";
import type { Mark } from "./marks";
import { windowOf } from "./window";

/** Weights that were live for a while. */
export interface Span {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly to: number;
  readonly state: TrafficState;
}

/** One deployment as the plots show it. */
export interface Track {
  readonly name: string;
  /** Which colour and line style it has, from 0; it keeps them. */
  readonly slot: number;
  readonly points: readonly MetricPoint[];
}

/** What the plots show, on one axis of time. */
export interface Timeline {
  readonly from: number;
  readonly to: number;
  /** The stable deployment first, the candidate last. */
  readonly tracks: readonly Track[];
  /** Oldest first, without gaps from the first known weights on. */
  readonly spans: readonly Span[];
  readonly marks: readonly Mark[];
}

/** @param hours - how far back; the rollout under way or the last one when it is left out */
export function timelineOf(history: History, hours?: number): Timeline {
  const spans = spansOf(history);
  const { from, to } = windowOf(history, spans, hours);
  const inside = spans
    .filter((span) => span.to >= from && span.from <= to)
    .map((span) => ({ ...span, from: Math.max(span.from, from) }));
  return {
    from,
    to,
    tracks: tracksOf(history, inside, (at) => at >= from && at <= to),
    spans: inside,
    marks: marksOf(history, from),
  };
}

/** All weights that are known, from the updates and from what was seen. */
function spansOf({ views, steps }: History): readonly Span[] {
  const seen = views.map((view) => ({ at: Date.parse(view.at), state: liveState(view) }));
  const declared = steps.flatMap(({ at, state }) => (state ? [{ at, state }] : []));
  const end = seen.at(-1)?.at ?? 0;
  const known = [...declared, ...seen].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at);
  const spans: Span[] = [];
  for (const { at, state } of known) {
    const last = spans.at(-1);
    if (last !== undefined && sameTraffic(last.state, state)) continue;
    if (last !== undefined) spans[spans.length - 1] = { ...last, to: at };
    spans.push({ from: at, to: end, state });
  }
  return spans;
}

function tracksOf(history: History, spans: readonly Span[], isInside: (at: number) => boolean): readonly Track[] {
  const known = namesOf(history);
  const present = new Set(history.views.at(-1)?.deployments.map(({ name }) => name.toLowerCase()));
  return inOrder(known, history.views.at(-1))
    .map((name) => {
      const points = pointsOf(history, name).filter(({ at }) => isInside(at));
      return { name, slot: known.indexOf(name), points };
    })
    .filter(
      ({ name, points }) =>
        present.has(name.toLowerCase()) ||
        points.some(({ requestsPerMinute }) => requestsPerMinute > 0) ||
        spans.some(({ state }) => hasWeight(state, name)),
    );
}

/** All deployments ever, in the order in which they came. */
function namesOf({ views, steps }: History): readonly string[] {
  const came = [
    ...steps.flatMap(({ state }) => Object.keys(state?.traffic ?? {})),
    ...views.flatMap(({ deployments }) => deployments.map(({ name }) => name)),
  ];
  return [...new Map(came.map((name) => [name.toLowerCase(), name])).values()];
}

function inOrder(names: readonly string[], view: RolloutView | undefined): readonly string[] {
  const place = (name: string): number => {
    const role = view?.deployments.find((deployment) => isSameName(deployment.name, name))?.role;
    return role === "stable" ? 0 : Number(role === "candidate") + 1;
  };
  return names.toSorted((a, b) => place(a) - place(b));
}

function pointsOf({ metrics, views }: History, deployment: string): readonly MetricPoint[] {
  if (metrics !== undefined) return metrics.find((series) => isSameName(series.deployment, deployment))?.points ?? [];
  return views.flatMap(({ at, deployments }) => {
    const said = deployments.find(({ name }) => isSameName(name, deployment))?.metrics;
    if (said === undefined) return [];
    const { minutes: _, ...values } = said;
    return [{ at: Date.parse(at), ...values }];
  });
}
