import type { PlanStage } from "../../components/rollout/position";
import { describePosition, positionOf } from "../../components/rollout/position";
import { planOf } from "../../components/settings/plan";
import type { RolloutPlanArgs } from "../../components/args/rollout";
import { EXIT } from "../../cli/terminal/exitCodes";
import type { ExitCode } from "../../cli/terminal/exitCodes";
import { abortMark } from "../../cli/run/abortMark";
import type { RunFacts } from "../../cli/run/runFacts";
import { runLoop } from "../../cli/run/runLoop";
import type { Act, Attempt, RunOptions, RunPorts } from "../../cli/run/runLoop";
import type { Transition } from "../../cli/run/transition";
import type { Move } from "../../cli/verbs/move";

const MINUTE = 60_000;
const START = Date.parse("2026-11-30T14:00:00Z");

/** Facts of a rollout whose candidate has 10 % and may take the next step, by what differs from that. */
export function runFacts(differs: Partial<RunFacts> = {}): RunFacts {
  return {
    now: START,
    component: "heart",
    stable: "model-1",
    candidate: candidate(),
    step: "step 1 of 4",
    reached: 1,
    of: 4,
    next: { kind: "weight", percent: 25 },
    trouble: undefined,
    working: undefined,
    paused: undefined,
    unapplied: undefined,
    bake: undefined,
    changedAt: START - 60 * MINUTE,
    readyAt: START - 30 * MINUTE,
    ...differs,
  };
}

/** A candidate with 10 %, live as declared. */
export function candidate(differs: Partial<NonNullable<RunFacts["candidate"]>> = {}) {
  return { name: "model-2", live: 10, mirrored: 0, declared: 10, declaredMirrored: 0, hasFailed: false, ...differs };
}

export type Gate = "pass" | "fail" | "inconclusive" | "refused" | "changed" | "held";

/** What an update says that a gate, a rule or another update stands in the way of. */
const REFUSALS: Readonly<Record<"fail" | "inconclusive" | "refused" | "changed", string>> = {
  fail: "  - rollout.gates.errors: fail: 5.1 % errors, more than 1 %",
  inconclusive: "  - rollout.gates.errors: inconclusive: 12 of 100 samples",
  refused: "  - quota: 4 cores are missing",
  changed: "  - traffic: the live traffic is a=1, it was changed elsewhere",
};

/** A rollout as a run sees it, on a clock that only its rests move. */
export class ScriptedRun {
  now = START;
  live = 0;
  mirrored = 0;
  changedAt = START - 24 * 60 * MINUTE;
  isFinished = false;
  paused: string | undefined;
  readonly told: Transition[] = [];
  readonly said: string[] = [];
  readonly acts: string[] = [];
  /** What is different from what the weights say, when something is. */
  overrides: () => Partial<RunFacts> = () => ({});
  readonly stopping = new AbortController();
  private readonly plan;

  /** @param gate - what is said when the candidate, at a weight, is to get more for the n-th time */
  constructor(
    plan: RolloutPlanArgs,
    private readonly gate: (weight: number, asked: number) => Gate = () => "pass",
  ) {
    this.plan = planOf(plan);
  }

  get types(): readonly string[] {
    return this.told.map(({ type, weight }) => `${type} ${weight}`);
  }

  /** Minutes since the beginning. */
  get minutes(): number {
    return (this.now - START) / MINUTE;
  }

  run(options: Partial<RunOptions> = {}): Promise<ExitCode> {
    const patience = { interval: MINUTE, step: 60 * MINUTE, all: 10_080 * MINUTE };
    return runLoop(this.ports(), { once: false, finishes: false, onTimeout: "hold", patience, ...options });
  }

  facts(): RunFacts {
    const { plan, live, mirrored, now, changedAt } = this;
    const place = positionOf(plan, live, mirrored);
    const minutes = Math.max(plan.bakeMinutes, place.isMirrored ? (plan.mirror?.minutes ?? 0) : 0);
    const isMirrorNext = place.next?.kind === "mirror";
    const wait = place.next === undefined ? plan.retireAfterMinutes : isMirrorNext ? 0 : minutes;
    const until = changedAt + wait * MINUTE;
    return runFacts({
      now,
      candidate: this.isFinished
        ? undefined
        : candidate({ live, mirrored, declared: live, declaredMirrored: mirrored }),
      step: describePosition(place, live),
      reached: place.step,
      of: place.of,
      next: this.isFinished ? undefined : place.next,
      paused: this.paused,
      bake: until > now ? { until } : undefined,
      changedAt,
      readyAt: until,
      ...this.overrides(),
    });
  }

  private ports(): RunPorts {
    return {
      read: () => Promise.resolve(this.facts()),
      act: (act) => Promise.resolve(this.attempt(act)),
      now: () => this.now,
      sleep: (milliseconds) => {
        if (milliseconds <= 0) throw new Error("a rest that takes no time");
        this.now += milliseconds;
        return Promise.resolve();
      },
      tell: (transition) => void this.told.push(transition),
      say: (line) => void this.said.push(line),
      signal: this.stopping.signal,
    };
  }

  /** Makes an update, or says why not. */
  attempt(act: Act): Attempt {
    this.acts.push(`${act.kind} ${this.live}`);
    const { next } = this.facts();
    if (act.kind === "abort") {
      this.paused = abortMark(act.message);
      return this.made(0, 0);
    }
    if (act.kind === "finish") {
      this.isFinished = true;
      return this.made(this.live, 0);
    }
    if (act.kind !== "promote") return this.made(this.live, this.mirrored);
    const asked = this.acts.filter((each) => each === `promote ${this.live}`).length;
    const verdict = this.gate(this.live, asked);
    if (verdict === "held") return { result: attempted(EXIT.conflict) };
    if (verdict !== "pass") return { result: attempted(EXIT.refused, [REFUSALS[verdict]]) };
    return this.raised(next);
  }

  private raised(next: PlanStage | undefined): Attempt {
    if (next?.kind === "mirror") return this.made(0, next.percent);
    return this.made(next?.percent ?? this.live, 0);
  }

  private made(weight: number, mirror: number): Attempt {
    if (weight !== this.live || mirror !== this.mirrored) this.changedAt = this.now;
    this.live = weight;
    this.mirrored = mirror;
    const move: Move = {
      verb: "promote",
      text: `to ${weight}`,
      edits: [],
      isWeightsOnly: true,
      leaves: { traffic: { "model-2": weight }, mirrorTraffic: mirror > 0 ? { "model-2": mirror } : {} },
      next: "",
    };
    return { move, result: { exitCode: EXIT.done, done: true, configRestored: false, message: "" } };
  }
}

function attempted(exitCode: ExitCode, refusals?: readonly string[]): Attempt["result"] {
  return { exitCode, done: false, configRestored: true, message: "not made", ...(refusals && { refusals }) };
}
