import type { OrdinaryCase, Section } from "./ordinaryCase";
import type { InlineTestbed, InlineProgram } from "../testbed/inlineTestbed";
import type { TestbedName } from "../testbed/testbeds";

/** A case whose program is a function; what is not said is refused, and the change is taken back. */
export interface InlineCase extends Partial<Omit<OrdinaryCase<InlineTestbed>, "section" | "does">> {
  readonly name: string;
  /** What the program is when the commands are typed. @default - as it was */
  readonly program?: InlineProgram;
  /** What else somebody does then. */
  readonly does?: (testbed: InlineTestbed) => void | Promise<void>;
}

export function inlineCases(
  section: Section,
  cases: readonly InlineCase[],
  testbed: TestbedName = "inline",
): readonly OrdinaryCase<InlineTestbed>[] {
  return cases.map(({ program, does, ...others }) => ({
    section,
    testbed,
    ends: "refused",
    ...others,
    does: async (it) => {
      if (program !== undefined) it.program = program;
      await does?.(it);
    },
  }));
}

/** What the engine says of what is protected, or of what would be replaced with what it stands on. */
export const PROTECTED_ERROR =
  /cannot be\s+(deleted|replaced)\s+because it is protected|currently\s+marked\s+for\s+protection/;
/** What is said of what an endpoint can never change. */
export const FIXED_ERROR = "an endpoint cannot change it";
