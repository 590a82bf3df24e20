import type { TrafficState } from "../../components/rollout/weights";
import type { MetricSeries } from "../view/metricSeries";
import type { RolloutView } from "../view/rolloutView";

/** An update of the stack. */
export interface Step {
  /** When it began and ended, milliseconds since 1970. */
  readonly since: number;
  readonly at: number;
  /** What it did. */
  readonly text: string;
  /** What whoever ran it wrote about it. */
  readonly note?: string;
  readonly isFailed: boolean;
  /** The weights that it declares; left out when config does not say them. */
  readonly state?: TrafficState;
}

/** All that the plots are drawn from. */
export interface History {
  /** Oldest first, never empty. */
  readonly views: readonly RolloutView[];
  /** Left out when Azure Monitor was not asked; the plots then show what the views say. */
  readonly metrics?: readonly MetricSeries[];
  /** Oldest first. */
  readonly steps: readonly Step[];
}

/** About a day of views in which something changes every ten seconds. */
const MOST_VIEWS = 10_000;

/** Adds a view, and forgets those between two that say the same: hours in which nothing happens cost nothing. */
export function withView(views: readonly RolloutView[], view: RolloutView): readonly RolloutView[] {
  // A clock that is set back would draw a plot across itself.
  const earlier = views.slice(0, views.findLastIndex(({ at }) => Date.parse(at) < Date.parse(view.at)) + 1);
  const [before, last] = earlier.slice(-2);
  const isStill = before !== undefined && last !== undefined && [before, last].every((each) => drawsAs(each, view));
  return [...(isStill ? earlier.slice(0, -1) : earlier), view].slice(-MOST_VIEWS);
}

/** The weights that were live when a view was taken. */
export function liveState({ deployments }: RolloutView): TrafficState {
  return {
    traffic: Object.fromEntries(deployments.map(({ name, live }) => [name, live])),
    mirrorTraffic: Object.fromEntries(deployments.map(({ name, mirror }) => [name, mirror])),
  };
}

/** Whether two views give the same points of a plot. */
function drawsAs(a: RolloutView, b: RolloutView): boolean {
  const drawn = ({ deployments }: RolloutView): string =>
    JSON.stringify(deployments.map(({ name, live, mirror, metrics }) => [name, live, mirror, metrics]));
  return drawn(a) === drawn(b);
}
