import type { Figures, PartResult } from "./common/part";

const NONE: Figures = {
  states: 0,
  violations: 0,
  crashPoints: 0,
  converged: 0,
  faults: 0,
  faultsOk: 0,
  randomChanges: 0,
  cases: 0,
  outages: 0,
  lostRequests: 0,
  stuck: 0,
  badConfigs: 0,
  badConfigsRefused: 0,
  versions: 0,
  versionsHeld: 0,
  versionsSkipped: 0,
};

/** The figures of several parts together. */
export function totalFigures(results: readonly PartResult[]): Figures {
  const names = Object.keys(NONE) as (keyof Figures)[];
  const sum = (name: keyof Figures): number => results.reduce((total, { figures }) => total + (figures[name] ?? 0), 0);
  return Object.fromEntries(names.map((name) => [name, sum(name)])) as unknown as Figures;
}

/** `states 123, violations 0`. */
export function figuresText(figures: Partial<Figures>): string {
  return Object.entries(figures)
    .map(([name, value]) => `${name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)} ${value}`)
    .join(", ");
}
