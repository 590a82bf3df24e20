import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { abortReason } from "./abortMark";
import type { RunFacts, Trouble } from "./runFacts";

/** What a run does next. */
export type Turn =
  /** An update. */
  | { readonly kind: "promote" | "apply" | "finish" | "recover"; readonly message: string }
  /** All of the traffic back to the stable deployment, with a mark that says why. */
  | { readonly kind: "abort"; readonly message: string }
  /** Nothing, until a time or until somebody else has ended. */
  | {
      readonly kind: "wait";
      readonly on: "bake" | "update" | "azure";
      readonly message: string;
      readonly until?: number;
    }
  /** Nothing, until a gate or a person lets it go on. */
  | { readonly kind: "hold"; readonly by: "gate" | "person"; readonly message: string }
  | { readonly kind: "end"; readonly end: End; readonly exitCode: ExitCode; readonly message: string };

/** How a run ends by itself. */
type End = "completed" | "finished" | "aborted" | "stopped";

export interface RunWishes {
  /** Whether the old deployment is retired at the end. */
  readonly finishes: boolean;
  /** Whether this run has repaired the stack already. */
  readonly hasRecovered: boolean;
}

const TROUBLE_CODES: Readonly<Record<Trouble, ExitCode>> = {
  cutOff: EXIT.degraded,
  gone: EXIT.degraded,
  failed: EXIT.degraded,
  foreign: EXIT.conflict,
  changed: EXIT.conflict,
};

/** Decides one turn from what is live and declared now. Nothing is remembered from one turn to the next. */
export function decide(facts: RunFacts, wishes: RunWishes): Turn {
  return (
    troubled(facts, wishes) ??
    aborted(facts) ??
    unapplied(facts) ??
    ended(facts, wishes) ??
    paused(facts) ??
    baking(facts) ??
    promoted(facts)
  );
}

function troubled(
  { trouble, candidate, working, paused: mark }: RunFacts,
  { hasRecovered }: RunWishes,
): Turn | undefined {
  // Whatever is wrong may be what somebody is working on.
  if (working !== undefined) return { kind: "wait", on: working.by, message: working.message };
  if (trouble === undefined) return undefined;
  const { kind, message } = trouble;
  if (kind === "cutOff" && !hasRecovered) return { kind: "recover", message };
  const isWayBack = candidate?.hasFailed === true || abortReason(mark) !== undefined;
  if (kind === "failed" && isWayBack && (candidate?.live ?? 0) + (candidate?.mirrored ?? 0) > 0)
    return { kind: "abort", message: abortReason(mark) ?? message };
  return stopped(TROUBLE_CODES[kind], message);
}

/** A run has aborted before, perhaps only in stack config. */
function aborted({ paused: mark, candidate, unapplied: left }: RunFacts): Turn | undefined {
  const reason = abortReason(mark);
  if (reason === undefined || candidate === undefined) return undefined;
  const { live, mirrored, declared, declaredMirrored } = candidate;
  if (live + mirrored + declared + declaredMirrored > 0) return { kind: "abort", message: reason };
  if (left !== undefined) return undefined;
  return { kind: "end", end: "aborted", exitCode: EXIT.aborted, message: reason };
}

/** Config asks for what no update has begun: it is carried out, unless that has to wait as any step has. */
function unapplied(facts: RunFacts): Turn | undefined {
  if (facts.unapplied === undefined) return undefined;
  const { rises, what } = facts.unapplied;
  const held = rises ? (paused(facts) ?? baking(facts)) : undefined;
  return held ?? { kind: "apply", message: what.join(", ") };
}

function ended(facts: RunFacts, { finishes }: RunWishes): Turn | undefined {
  const { candidate, stable, next } = facts;
  if (candidate === undefined)
    return { kind: "end", end: "completed", exitCode: EXIT.done, message: `nothing is being rolled out${has(stable)}` };
  if (next !== undefined) return undefined;
  const message = `${candidate.name} has all of the traffic`;
  if (!finishes) return { kind: "end", end: "completed", exitCode: EXIT.done, message };
  return baking(facts) ?? { kind: "finish", message: `${stable} is retired` };
}

function has(stable: string | undefined): string {
  return stable === undefined ? "" : `; ${stable} has all of the traffic`;
}

function paused({ paused: reason }: RunFacts): Turn | undefined {
  return reason === undefined ? undefined : { kind: "hold", by: "person", message: `paused: ${reason}` };
}

function baking({ bake, now, step }: RunFacts): Turn | undefined {
  if (bake === undefined || bake.until <= now) return undefined;
  const until = new Date(bake.until).toISOString().slice(0, 16).replace("T", " ");
  return { kind: "wait", on: "bake", message: `${step} bakes until ${until} UTC`, until: bake.until };
}

function promoted({ candidate, next }: RunFacts): Turn {
  const { name = "", live = 0 } = candidate ?? {};
  const to = next?.kind === "mirror" ? `copies of ${next.percent} % of the requests` : `${live} -> ${next?.percent}`;
  return { kind: "promote", message: `${name} ${to}` };
}

function stopped(exitCode: ExitCode, message: string): Turn {
  return { kind: "end", end: "stopped", exitCode, message };
}
