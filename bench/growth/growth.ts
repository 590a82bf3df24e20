import { figuresOf } from "../components/figures";
import type { Measured } from "../components/figures";
import type { Measurements } from "../common/part";
import type { Series } from "../common/series";
import { COMPONENTS } from "./dimensions";

/** What was measured of a stack of a size, the count of what grows. */
export interface Grown extends Measured {
  /** To Azure Resource Manager, of a weight step, without looks at what is under way. */
  readonly stepRequests: number;
  /** Of the program in a weight step, at its peak. */
  readonly megabytes: number;
}

export interface GrownDimension {
  readonly by: string;
  readonly grown: readonly Grown[];
}

const KB = 1000;

/** All dimensions as they grow, and what is wanted of the growth with components. Pure. */
export function growthOf(dimensions: readonly GrownDimension[]): Measurements {
  const [first, ...larger] = dimensions.find(({ by }) => by === COMPONENTS)?.grown ?? [];
  const figures = first === undefined ? [] : figuresOf(first, larger);
  return {
    // The part of components has figures of the same names.
    figures: figures.map((each) => ({ ...each, figure: `growth: ${each.figure}` })),
    series: dimensions.map(seriesOf),
  };
}

function seriesOf({ by, grown }: GrownDimension): Series {
  return {
    by,
    columns: [
      { name: "requests, preview" },
      { name: "requests, step" },
      { name: "preview", unit: "s" },
      { name: "step", unit: "s" },
      { name: "state", unit: "kB" },
      { name: "memory", unit: "MB" },
    ],
    rows: grown.map(({ count, requests, stepRequests, seconds, stateBytes, megabytes }) => ({
      at: count,
      values: [requests, stepRequests, ...[seconds.preview, seconds.step, stateBytes / KB, megabytes].map(rounded)],
    })),
  };
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
