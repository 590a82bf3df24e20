import type { BrokenInvariant } from "./invariants";

/** How often something was seen, with the first example. */
export interface Sighting {
  readonly times: number;
  readonly example: string;
}

/** Broken invariants, by their text. */
export class Sightings {
  readonly all = new Map<string, Sighting>();

  add(broken: readonly BrokenInvariant[], example: object): void {
    for (const { invariant, what } of broken) {
      const text = `${invariant}: ${what}`;
      const known = this.all.get(text) ?? { times: 0, example: JSON.stringify(example) };
      this.all.set(text, { ...known, times: known.times + 1 });
    }
  }
}
