import type { Turn } from "../run/decide";
import type { RunFacts } from "../run/runFacts";
import { aligned } from "../terminal/aligned";
import { oneLine } from "../terminal/text";
import type { FleetTurn, MemberReading } from "./decideFleet";

/** Where a member is. `fleet status --json` prints one a line. */
export interface MemberView {
  /** From 1 upwards. */
  readonly wave: number;
  readonly endpoint: string;
  /** Left out while nothing is being rolled out. */
  readonly candidate?: string;
  /** The candidate's live weight and its share of copied requests, in percent. */
  readonly weight: number;
  readonly mirrored: number;
  readonly step: string;
  /** What it does or waits for. */
  readonly doing: string;
}

/** @param decided - what the fleet does next */
export function memberViews(decided: FleetTurn, readings: readonly MemberReading[]): readonly MemberView[] {
  const turns = new Map(decided.turns.map(({ member, turn }) => [member.id, turn]));
  return readings.map(({ member, facts }) => {
    const { candidate, step } = facts;
    return {
      wave: member.wave + 1,
      endpoint: member.id,
      ...(candidate && { candidate: candidate.name }),
      weight: candidate?.live ?? 0,
      mirrored: candidate?.mirrored ?? 0,
      step,
      doing: doing(decided, facts, turns.get(member.id)),
    };
  });
}

function doing(decided: FleetTurn, facts: RunFacts, turn: Turn | undefined): string {
  if (turn !== undefined) return oneLine(turn.kind === "promote" ? `next: ${turn.message}` : turn.message);
  if (decided.kind === "abort") return facts.paused ?? "not started";
  if (decided.opensAt === undefined) return "waits for the wave before";
  return `waits until ${new Date(decided.opensAt).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/** A line for each member. */
export function memberLines(views: readonly MemberView[]): readonly string[] {
  return aligned(
    views.map(({ wave, endpoint, candidate = "-", weight, mirrored, step, doing: what }) => [
      `wave ${wave}`,
      endpoint,
      candidate,
      mirrored > 0 ? `mirror ${mirrored} %` : `${weight} %`,
      step,
      what,
    ]),
  );
}
