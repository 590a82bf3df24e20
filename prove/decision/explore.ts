import { policyOf } from "../../components/settings/policy";
import { DECISION, answersOf } from "./decision";
import type { Answers, Decision } from "./decision";
import { faultsOf, inTime, isOvercome, later, needsNobody, takesTime } from "./faults";
import type { Fault, Others } from "./faults";
import type { Limits } from "./invariants";
import { programsOf, statesOf } from "./programs";
import type { Grid, Program } from "./programs";
import { run } from "./run";
import type { RunOptions } from "./options";
import type { RunResult } from "./run";
import { Sightings } from "./sightings";
import type { Sighting } from "./sightings";
import { checkUndisturbed, isSettled, isUnproven, isUnrecorded } from "./undisturbed";
import { checkAbort, checkWayBack, homeOf, wayBackTo, waysBackTo, withTroubles } from "./wayBack";
import { isServing } from "../../components/rollout/weights";
import { MOST_INSTANTS, NOTHING, keyOf, minute, withEarlyInstants } from "./world";
import type { Endpoint, World } from "./world";
import type { RolloutPolicyArgs } from "../../components/args/rollout";

export interface ExploreOptions extends Grid {
  readonly policy: RolloutPolicyArgs;
  /** Weights that another writer leaves. */
  readonly foreignWeights: readonly number[];
  /** Whether another writer mirrors too. */
  readonly foreignMirror: boolean;
  /** Whether requests go back with nothing else changed, in place of every program that gives them back. @default false */
  readonly onlyPlainWayBack?: boolean;
  /** Whether deletion protection is on. @default true */
  readonly isProtected?: boolean;
  /** @default the package's own */
  readonly decision?: Decision;
  readonly report?: (line: string) => void;
  /** Ends as soon as this is among the violations. */
  readonly until?: string;
}

export interface Exploration {
  /** Different states of Azure, the engine and what was written last. */
  readonly states: number;
  /** Runs of the engine, each from a state with a program and at most one fault. */
  readonly runs: number;
  /** The broken invariants, by what they say. */
  readonly violations: ReadonlyMap<string, Sighting>;
}

const SOON = minute(MOST_INSTANTS);
/** Longer after the last step than any bake time. */
const LATE = minute(100_000);
const REPORT_EVERY = 5000;

/** Goes through every state that plans of any length reach with one fault at any call, and checks each run and state. */
export function explore(options: ExploreOptions): Exploration {
  return new Explorer(options).go();
}

interface Reached {
  readonly world: World;
  /** Programs that a fault kept from being done: run again, they must be. */
  readonly expected: Set<Program>;
  /** Programs that are done without a fault, once they have been run. */
  readonly done: Set<Program>;
}

class Explorer {
  private readonly programs: readonly Program[];
  private readonly others: Others;
  private readonly answers: Answers;
  private readonly limits: Limits;
  private readonly reached = new Map<string, Reached>();
  private readonly sightings = new Sightings();
  private runs = 0;

  constructor(private readonly explored: ExploreOptions) {
    this.programs = programsOf(explored);
    this.others = { writers: writersOf(explored), deployments: Object.keys(explored.versions) };
    const policy = policyOf(explored.policy);
    this.limits = { isProtected: explored.isProtected ?? true, maxInitialWeight: policy.maxInitialWeight };
    this.answers = answersOf(explored.decision ?? DECISION, policy, this.limits.isProtected);
  }

  go(): Exploration {
    this.reach(NOTHING);
    let visited = 0;
    // A map goes on with what is added while it is gone through.
    for (const reached of this.reached.values()) {
      for (const program of this.programs) this.step(reached, program);
      this.goBack(reached.world);
      for (const world of later(reached.world)) this.reach(world);
      if (this.explored.until !== undefined && this.sightings.all.has(this.explored.until)) break;
      visited += 1;
      if (visited % REPORT_EVERY === 0)
        this.explored.report?.(`${visited} of ${this.reached.size} states, ${this.runs} runs`);
    }
    this.converges();
    return { states: this.reached.size, runs: this.runs, violations: this.sightings.all };
  }

  /** Every run from a state with a program: while there was no fault also soon after the last step, and with each fault. */
  private step({ world, done }: Reached, program: Program): void {
    const { first, last: late } = this.settle(world, program, LATE);
    if (first.end.kind === "done") done.add(program);
    this.reach(late.world);
    if (world.faulted) return;
    this.reach(this.settle(world, program, SOON).last.world);
    for (const fault of faultsOf(late.calls, this.others)) {
      const { world: next, end } = this.run(world, program, { now: LATE, fault });
      if (done.has(program) && needsNobody(fault) && !(end.kind === "done" && isSettled(next, program))) {
        const what = "a fault that needs nobody is not overcome at once";
        this.sightings.add([{ invariant: "I9", what }], { world, program, fault });
      }
      const reached = this.reach(next);
      if (!done.has(program) || isUnrecorded(next) || isUnproven(next, program, this.limits.maxInitialWeight)) continue;
      if (takesTime(fault)) this.reach(inTime(next)).expected.add(program);
      if (isOvercome(fault)) reached.expected.add(program);
    }
  }

  private converges(): void {
    for (const { world, expected, done } of this.reached.values()) {
      const stuck = [...expected].filter((program) => !done.has(program));
      const what = "the same program, run again after a fault, is not done";
      for (const program of stuck) this.sightings.add([{ invariant: "I9", what }], { world, program });
    }
  }

  private goBack(world: World): void {
    const home = homeOf(world);
    if (home === undefined || world.endpoint === undefined || !isServing(world.endpoint)) return;
    const abort = wayBackTo(home, world);
    const { last: back } = this.settle(world, abort, SOON);
    const again = this.run(back.world, abort, { now: LATE });
    this.sightings.add(checkAbort(back, again), { world, program: abort });
    const programs = this.explored.onlyPlainWayBack === true ? [abort] : waysBackTo(home, world, this.programs);
    for (const troubled of withTroubles(home, world)) {
      for (const program of programs) {
        const { last } = this.settle(troubled, program, SOON);
        this.sightings.add(checkWayBack(program, last), { world: troubled, program });
      }
    }
  }

  /** A run without a fault; when it is refused, again with the live weights accepted by name. */
  private settle(world: World, program: Program, now: Date): { readonly first: RunResult; readonly last: RunResult } {
    const first = this.run(world, program, { now });
    const isLast = first.end.kind !== "refused" || world.endpoint === undefined;
    const last = isLast ? first : this.run(world, program, { now, acceptLive: world.endpoint.traffic });
    this.sightings.add(checkUndisturbed(world, program, last), { world, program });
    return { first, last };
  }

  private run(world: World, program: Program, more: Omit<RunOptions, "answers" | "limits">): RunResult {
    this.runs += 1;
    const result = run(world, program, { answers: this.answers, limits: this.limits, ...more });
    this.sightings.add(result.broken, { world, program, ...more, calls: result.calls });
    return result;
  }

  private reach(world: World): Reached {
    const early = withEarlyInstants(world);
    const key = keyOf(early);
    const known = this.reached.get(key) ?? { world: early, expected: new Set(), done: new Set() };
    this.reached.set(key, known);
    return known;
  }
}

/** Other writers: one keeps our tags, as the portal does, one drops them, as a full PUT does. */
function writersOf({
  versions,
  foreignWeights,
  foreignMirror,
  mirror,
}: ExploreOptions): readonly NonNullable<Fault["written"]>[] {
  const states = statesOf(Object.keys(versions), foreignWeights, mirror);
  const left = states.filter(({ mirrorTraffic }) => foreignMirror || Object.keys(mirrorTraffic).length === 0);
  return left.flatMap(({ traffic, mirrorTraffic }) => {
    const positive = Object.fromEntries(Object.entries(traffic).filter(([, weight]) => weight > 0));
    return [
      ({ tags }: Endpoint): Endpoint => ({ traffic: positive, mirrorTraffic, tags }),
      (): Endpoint => ({ traffic: positive, mirrorTraffic, tags: {} }),
    ];
  });
}
