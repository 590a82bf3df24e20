import type { OrdinaryCase, Section } from "../case";
import type { InlineWorld, Program } from "../inline";
import type { WorldName } from "../worlds";

/** A case whose program is a function; what is not said is refused, and the change is taken back. */
export interface InlineCase extends Partial<Omit<OrdinaryCase<InlineWorld>, "section" | "does">> {
  readonly name: string;
  /** What the program is when the commands are typed. @default - as it was */
  readonly program?: Program;
  /** What else somebody does then. */
  readonly does?: (world: InlineWorld) => void | Promise<void>;
}

export function inlineCases(
  section: Section,
  cases: readonly InlineCase[],
  world: WorldName = "inline",
): readonly OrdinaryCase<InlineWorld>[] {
  return cases.map(({ program, does, ...others }) => ({
    section,
    world,
    ends: "refused",
    ...others,
    does: async (it) => {
      if (program !== undefined) it.program = program;
      await does?.(it);
    },
  }));
}

/** What the engine says of what is protected, or of what would be replaced with what it stands on. */
export const PROTECTED =
  /cannot be\s+(deleted|replaced)\s+because it is protected|currently\s+marked\s+for\s+protection/;
/** What is said of what an endpoint can never change. */
export const FIXED = "an endpoint cannot change it";
