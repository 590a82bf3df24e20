/** What the program of `bench/programs/growth` declares, in stack config. */
export interface GrowthShape {
  readonly components: number;
  /** Of each component, two or more. */
  readonly deployments: number;
  /** Of the plan; none for no plan. */
  readonly steps: number[];
  /** Model folder of each component. */
  readonly folder: string;
}

/** A stack that grows in one way, and in nothing else. */
export interface Dimension {
  readonly by: string;
  readonly sizes: readonly number[];
  /** Files of the model folder, where they are what grows. */
  readonly files?: (size: number) => number;
  readonly shape: (size: number) => Partial<GrowthShape>;
}

export const COMPONENTS = "components in the stack";

export const DIMENSIONS: readonly Dimension[] = [
  { by: "deployments of the endpoint", sizes: [2, 5, 10, 20], shape: (deployments) => ({ deployments }) },
  { by: COMPONENTS, sizes: [1, 5, 20], shape: (components) => ({ components }) },
  { by: "files of the model", sizes: [10, 100, 1000, 10_000], files: (size) => size, shape: () => ({}) },
  { by: "steps of the plan", sizes: [2, 5, 10, 20], shape: (steps) => ({ steps: evenSteps(steps) }) },
];

/** Of the smallest model that serves. */
export const FEWEST_FILES = 10;

/** The shape of a size of a dimension. */
export function shapeOf({ shape }: Dimension, size: number, folder: string): GrowthShape {
  return { components: 1, deployments: 2, steps: [], folder, ...shape(size) };
}

/** Weights of a plan, each as far from the one before it. */
function evenSteps(count: number): number[] {
  return Array.from({ length: count }, (_, index) => Math.round((100 * (index + 1)) / count));
}

/** The candidate's weight after its first step. */
export function firstWeight({ steps }: GrowthShape): number {
  return steps[0] ?? 10;
}
