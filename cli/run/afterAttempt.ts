import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import type { MoveResult } from "../verbs/move";
import { exitCodeOf } from "../verbs/refusal";
import type { Turn } from "./decide";

/** What a refused update says of the gates, and of all else. */
export interface Verdict {
  readonly kind: "fail" | "inconclusive" | "refused";
  readonly exitCode: ExitCode;
  /** The gates that decided, or what was refused, in a line. */
  readonly message: string;
}

/** A line of a refusal: `  - rollout.gates.errors: fail: 5.1 % ...`. */
const GATE = /^\s*- rollout\.gates\.(\S+?): (fail|inconclusive): (.*)$/;
/** What a person is told to do then, which is what a run does. */
const TODO = /; (give its weight back|nothing was decided).*$/;
const OTHER = /^\s*- (?!rollout\.gates\.)(\S+): (.*)$/;

/** A gate that fails decides; an inconclusive one only when nothing else refuses the step for good. */
export function verdictOn(refusals: readonly string[]): Verdict {
  const lines = [...new Set(refusals.flatMap((text) => text.split("\n")))];
  const exitCode = exitCodeOf(refusals);
  const gates = lines.flatMap((line) => {
    const [, name, verdict, reason] = GATE.exec(line) ?? [];
    return name === undefined
      ? []
      : [{ verdict, text: `gate ${name} ${verdict}: ${(reason ?? "").replace(TODO, "")}` }];
  });
  const said = (verdict: string): string =>
    gates
      .filter((gate) => gate.verdict === verdict)
      .map(({ text }) => text)
      .join("; ");
  const others = lines.filter((line) => OTHER.test(line));
  // Live weights that somebody else wrote are for a person to look at, whatever a gate says of them.
  if (exitCode === EXIT.conflict) return { kind: "refused", exitCode, message: textOf(others, lines) };
  if (said("fail") !== "") return { kind: "fail", exitCode: EXIT.aborted, message: said("fail") };
  const othersCode = others.length === 0 ? undefined : exitCodeOf(others);
  if (said("inconclusive") !== "" && (othersCode ?? EXIT.waiting) === EXIT.waiting)
    return { kind: "inconclusive", exitCode: EXIT.held, message: said("inconclusive") };
  if (othersCode === EXIT.waiting)
    return { kind: "inconclusive", exitCode: EXIT.waiting, message: textOf(others, lines) };
  return { kind: "refused", exitCode, message: textOf(others, lines) };
}

function textOf(others: readonly string[], all: readonly string[]): string {
  const lines = others.length > 0 ? others : all;
  return lines
    .map((line) => line.trim().replace(/^- /, ""))
    .filter((line) => line !== "")
    .join("; ");
}

/** What follows from an update that was tried; undefined when it was made and the run goes on. */
export function afterAttempt(turn: Turn, result: MoveResult): Turn | undefined {
  if (result.done) return undefined;
  const { refusals = [], exitCode, message } = result;
  // Whoever holds the stack, or has just edited its file, is waited for, and then everything is read anew.
  if (exitCode === EXIT.conflict && refusals.length === 0) return { kind: "wait", on: "update", message };
  const stop: Turn = { kind: "end", end: "stopped", exitCode, message };
  if (refusals.length === 0 || turn.kind === "abort" || turn.kind === "finish") return stop;
  const verdict = verdictOn(refusals);
  if (verdict.kind === "fail") return { kind: "abort", message: verdict.message };
  if (verdict.kind === "inconclusive") return { kind: "hold", by: "gate", message: verdict.message };
  return { kind: "end", end: "stopped", exitCode: verdict.exitCode, message: verdict.message };
}
