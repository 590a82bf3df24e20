import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";

/** A line of a refusal, as {@link formatViolations} writes it. */
const VIOLATION = /^\s*- (\S+): (.*)$/;
/** Rules that hold for a time: the same step may be allowed later. */
const WAITING = /\b(must stay at|bakeMinutes|retireAfterMinutes|mirror\.minutes|is paused|rollout\.paused)\b/;
const CHANGED = /changed elsewhere|belongs to|was changed/;

/** How a command ends that was refused with these messages. */
export function exitCodeOf(refusals: readonly string[]): ExitCode {
  if (heldBy(refusals.join("\n")) !== undefined) return EXIT.conflict;
  const reasons = refusals.flatMap((text) => text.split("\n")).flatMap((line) => VIOLATION.exec(line)?.[2] ?? []);
  if (reasons.some((reason) => CHANGED.test(reason))) return EXIT.conflict;
  return reasons.length > 0 && reasons.every((reason) => WAITING.test(reason)) ? EXIT.waiting : EXIT.refused;
}

/** Who holds a stack, from what Pulumi says of it; undefined when it says no such thing. */
export function heldBy(text: string): string | undefined {
  const file = /created by (\S+) \(pid (\d+)\) at (\S+)/.exec(text);
  if (file !== null) return `${file[1]}, pid ${file[2]}, since ${file[3]}`;
  return /\b409\b.*?(Another update is currently in progress[^\n]*)/s.exec(text)?.[1];
}
