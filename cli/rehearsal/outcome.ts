/** What an update came to. */
export type Outcome =
  | { readonly kind: "done" }
  /** A gate has seen something bad. */
  | { readonly kind: "fail"; readonly reasons: readonly string[] }
  /** A gate has not seen enough. */
  | { readonly kind: "inconclusive"; readonly reasons: readonly string[] }
  /** A rule refuses the step; nothing was written. */
  | { readonly kind: "refused"; readonly reasons: readonly string[] }
  /** Azure or the program failed. */
  | { readonly kind: "failed"; readonly reasons: readonly string[] };

/** What is asked of an update that has ended. */
interface EndedUpdate {
  readonly code: number;
  readonly errors: readonly string[];
  readonly written: readonly unknown[];
  readonly text: string;
}

/** A line of a refusal, as `formatViolations` writes it. */
const VIOLATION = /^\s*- (\S+): (.*)$/;
const GATE = /^rollout\.gates\./;

/** How an update of a rehearsal has ended, from what the engine says. */
export function outcomeOf({ code, errors, written, text }: EndedUpdate): Outcome {
  if (code === 0) return { kind: "done" };
  const violations = errors.flatMap((error) => error.split("\n")).flatMap((line) => violationIn(line));
  const others = violations.filter(({ path }) => !GATE.test(path));
  const gates = violations.filter(({ path }) => GATE.test(path));
  const reasons = violations.map(({ path, reason }) => `${path}: ${reason}`);
  if (violations.length === 0) return { kind: "failed", reasons: reasonsIn(errors, text) };
  if (others.length > 0 || gates.length === 0) return { kind: written.length > 0 ? "failed" : "refused", reasons };
  if (gates.some(({ reason }) => reason.startsWith("fail"))) return { kind: "fail", reasons };
  return { kind: gates.every(({ reason }) => reason.startsWith("inconclusive")) ? "inconclusive" : "refused", reasons };
}

function violationIn(line: string): readonly { readonly path: string; readonly reason: string }[] {
  const [, path, reason] = VIOLATION.exec(line) ?? [];
  return path === undefined || reason === undefined ? [] : [{ path, reason }];
}

/** What the engine says without a rule that was broken; all that it printed when it says nothing. */
function reasonsIn(errors: readonly string[], text: string): readonly string[] {
  const said = errors.map((error) => error.trim()).filter((error) => error !== "");
  return said.length > 0 ? said : [text.trim()];
}
