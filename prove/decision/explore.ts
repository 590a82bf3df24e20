import { planOf } from "../../components/settings/plan";
import { policyOf } from "../../components/settings/policy";
import { DECISION, cacheDecision } from "./decision";
import type { CachedDecision, Decision } from "./decision";
import { faultsOf, afterWaiting, isCuredByRerun, laterSnapshots, isCuredInRun, passesByItself } from "./faults";
import type { Fault, OtherActors } from "./faults";
import type { Limits } from "./invariants";
import { programsOf, statesOf } from "./programs";
import type { Grid, Program } from "./programs";
import { simulateUp } from "./simulateUp";
import type { UpOptions } from "./upOptions";
import type { UpResult } from "./simulateUp";
import { Sightings } from "./sightings";
import type { Sighting } from "./sightings";
import { checkUndisturbed, isSettled, isUnproven, isUnrecorded } from "./undisturbed";
import { checkAbort, checkWayBack, abortTarget, wayBackTo, waysBackTo, withBrokenDeployments } from "./wayBack";
import { isServing } from "../../components/rollout/weights";
import { MOST_INSTANTS, EMPTY_AZURE, keyOfSnapshot, atMinute, withEarlyInstants } from "./snapshot";
import type { Endpoint, Snapshot } from "./snapshot";
import type { RolloutPlanArgs, RolloutPolicyArgs } from "../../components/args/rollout";

export interface ExploreOptions extends Grid {
  readonly policy: RolloutPolicyArgs;
  /** @default none is declared */
  readonly plan?: RolloutPlanArgs;
  /** Weights that another writer sets. */
  readonly foreignWeights: readonly number[];
  /** Whether another writer mirrors too. */
  readonly foreignMirror: boolean;
  /**
   * Whether to check only the program that gives traffic back with no other change, instead of every one that does.
   * @default false
   */
  readonly onlyPlainWayBack?: boolean;
  /** Whether deletion protection is on. @default true */
  readonly isProtected?: boolean;
  /** @default the package's own */
  readonly decision?: Decision;
  readonly report?: (line: string) => void;
  /** Stops at this violation. */
  readonly until?: string;
}

export interface Exploration {
  /** Number of distinct snapshots. */
  readonly states: number;
  /** Simulated runs, each from a snapshot with a program and at most one fault. */
  readonly runs: number;
  /** The broken invariants, by their text. */
  readonly violations: ReadonlyMap<string, Sighting>;
}

const SOON = atMinute(MOST_INSTANTS);
/** After any bake time. */
const LATE = atMinute(100_000);
const REPORT_EVERY = 5000;

/**
 * Visits every snapshot that plans of any length reach with one fault at any call, and checks each run and snapshot.
 */
export function explore(options: ExploreOptions): Exploration {
  return new Explorer(options).go();
}

interface Reached {
  readonly snapshot: Snapshot;
  /** Programs that a fault stopped: run again, they must succeed. */
  readonly expected: Set<Program>;
  /** Programs that succeeded without a fault. */
  readonly done: Set<Program>;
}

class Explorer {
  private readonly programs: readonly Program[];
  private readonly others: OtherActors;
  private readonly answers: CachedDecision;
  private readonly limits: Limits;
  private readonly reached = new Map<string, Reached>();
  private readonly sightings = new Sightings();
  private runs = 0;

  constructor(private readonly explored: ExploreOptions) {
    this.programs = programsOf(explored);
    this.others = { writers: writersOf(explored), deployments: Object.keys(explored.versions) };
    const policy = policyOf(explored.policy);
    this.limits = { isProtected: explored.isProtected ?? true, maxInitialWeight: policy.maxInitialWeight };
    const plan = explored.plan && planOf(explored.plan);
    const { isProtected } = this.limits;
    this.answers = cacheDecision(explored.decision ?? DECISION, { policy, plan, isProtected });
  }

  go(): Exploration {
    this.reach(EMPTY_AZURE);
    let visited = 0;
    // Iterating a map includes entries added meanwhile.
    for (const reached of this.reached.values()) {
      for (const program of this.programs) this.step(reached, program);
      this.goBack(reached.snapshot);
      for (const snapshot of laterSnapshots(reached.snapshot)) this.reach(snapshot);
      if (this.explored.until !== undefined && this.sightings.all.has(this.explored.until)) break;
      visited += 1;
      if (visited % REPORT_EVERY === 0)
        this.explored.report?.(`${visited} of ${this.reached.size} states, ${this.runs} runs`);
    }
    this.converges();
    return { states: this.reached.size, runs: this.runs, violations: this.sightings.all };
  }

  /**
   * Every run from a snapshot with a program: late, and if no fault has occurred also soon after the last step and with
   * each fault.
   */
  private step({ snapshot, done }: Reached, program: Program): void {
    const { first, last: late } = this.settle(snapshot, program, LATE);
    if (first.end.kind === "done") done.add(program);
    this.reach(late.snapshot);
    if (snapshot.faulted) return;
    this.reach(this.settle(snapshot, program, SOON).last.snapshot);
    for (const fault of faultsOf(late.calls, this.others)) {
      const { snapshot: next, end } = this.run(snapshot, program, { now: LATE, fault });
      if (done.has(program) && isCuredInRun(fault) && !(end.kind === "done" && isSettled(next, program))) {
        const what = "a fault that needs nobody is not overcome at once";
        this.sightings.add([{ invariant: "I9", what }], { snapshot, program, fault });
      }
      const reached = this.reach(next);
      if (!done.has(program) || isUnrecorded(next) || isUnproven(next, program, this.limits.maxInitialWeight)) continue;
      if (passesByItself(fault)) this.reach(afterWaiting(next)).expected.add(program);
      if (isCuredByRerun(fault)) reached.expected.add(program);
    }
  }

  private converges(): void {
    for (const { snapshot, expected, done } of this.reached.values()) {
      const stuck = [...expected].filter((program) => !done.has(program));
      const what = "the same program, run again after a fault, is not done";
      for (const program of stuck) this.sightings.add([{ invariant: "I9", what }], { snapshot, program });
    }
  }

  private goBack(snapshot: Snapshot): void {
    const home = abortTarget(snapshot);
    if (home === undefined || snapshot.endpoint === undefined || !isServing(snapshot.endpoint)) return;
    const abort = wayBackTo(home, snapshot);
    const { last: back } = this.settle(snapshot, abort, SOON);
    const again = this.run(back.snapshot, abort, { now: LATE });
    this.sightings.add(checkAbort(back, again), { snapshot, program: abort });
    const programs = this.explored.onlyPlainWayBack === true ? [abort] : waysBackTo(home, snapshot, this.programs);
    for (const troubled of withBrokenDeployments(home, snapshot)) {
      for (const program of programs) {
        const { last } = this.settle(troubled, program, SOON);
        this.sightings.add(checkWayBack(program, last), { snapshot: troubled, program });
      }
    }
  }

  /** A run without a fault; if refused, repeated with the live weights accepted. */
  private settle(
    snapshot: Snapshot,
    program: Program,
    now: Date,
  ): { readonly first: UpResult; readonly last: UpResult } {
    const first = this.run(snapshot, program, { now });
    const isLast = first.end.kind !== "refused" || snapshot.endpoint === undefined;
    const last = isLast ? first : this.run(snapshot, program, { now, acceptLive: snapshot.endpoint.traffic });
    this.sightings.add(checkUndisturbed(snapshot, program, last), { snapshot, program });
    return { first, last };
  }

  private run(snapshot: Snapshot, program: Program, more: Omit<UpOptions, "answers" | "limits">): UpResult {
    this.runs += 1;
    const result = simulateUp(snapshot, program, { answers: this.answers, limits: this.limits, ...more });
    this.sightings.add(result.broken, { snapshot, program, ...more, calls: result.calls });
    return result;
  }

  private reach(snapshot: Snapshot): Reached {
    const early = withEarlyInstants(snapshot);
    const key = keyOfSnapshot(early);
    const known = this.reached.get(key) ?? { snapshot: early, expected: new Set(), done: new Set() };
    this.reached.set(key, known);
    return known;
  }
}

/** Other writers: one keeps our tags, as the portal does; one drops them, as a full PUT does. */
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
