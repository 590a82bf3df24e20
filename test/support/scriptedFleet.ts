import type { MemberReading } from "../../cli/fleet/decideFleet";
import { membersOf, stackKey } from "../../cli/fleet/fleet";
import type { Fleet, PlacedMember, WaveStart } from "../../cli/fleet/fleet";
import { FleetLoop } from "../../cli/fleet/fleetLoop";
import type { FleetOptions, FleetPorts } from "../../cli/fleet/fleetLoop";
import type { Act, Attempt } from "../../cli/run/runLoop";
import { isAct } from "../../cli/run/runLoop";
import type { ExitCode } from "../../cli/terminal/exitCodes";
import { ScriptedRun } from "./scriptedRun";
import type { Gate } from "./scriptedRun";

const MINUTE = 60_000;

/** A fleet of so many endpoints in each wave, of which so many share a stack. */
export function fleetOf(sizes: readonly number[], inStack: number, start?: Partial<WaveStart>): Fleet {
  let count = 0;
  const waves = sizes.map((size, wave) => ({
    start: wave === 0 ? undefined : { after: "done" as const, minutes: 0, ...start },
    members: Array.from({ length: size }, () => {
      const [stack, component] = [`stack-${Math.floor(count / inStack)}`, `endpoint-${count}`];
      count += 1;
      return { id: `${stack}/${component}`, cwd: "/project", stack, component };
    }),
  }));
  return { concurrency: 3, waves };
}

/** Rollouts of a fleet on one clock, which only its rests move. */
export class ScriptedFleet {
  readonly members: ReadonlyMap<string, ScriptedRun>;
  readonly told: string[] = [];
  readonly shown: string[] = [];
  readonly stopping = new AbortController();
  /** Updates that were made at the same time, at most: in all, and in one stack. */
  most = { all: 0, stack: 0 };
  /** Is called before each update. */
  before: () => void = () => undefined;
  private now = 0;
  private readonly busy: string[] = [];

  /** @param gate - what is said when a member, at a weight, is to get more for the n-th time */
  constructor(
    readonly fleet: Fleet,
    gate: (id: string, weight: number, asked: number) => Gate = () => "pass",
    plan = { steps: [50, 100], bakeMinutes: 10 },
  ) {
    this.members = new Map(
      membersOf(fleet).map(({ id }) => [id, new ScriptedRun(plan, (weight, asked) => gate(id, weight, asked))]),
    );
    this.now = this.of(membersOf(fleet)[0]).now;
  }

  weights(wave: number): readonly number[] {
    return membersOf(this.fleet)
      .filter((member) => member.wave === wave)
      .map((member) => this.of(member).live);
  }

  /** Members that an update has touched. */
  get written(): readonly string[] {
    return [...this.members].filter(([, { acts }]) => acts.length > 0).map(([id]) => id);
  }

  run(options: Partial<FleetOptions> = {}, reason?: string): Promise<ExitCode> {
    const patience = { interval: MINUTE, step: 60 * MINUTE, all: 10_080 * MINUTE };
    return new FleetLoop(this.fleet, this.ports(), { onTimeout: "hold", patience, ...options }, reason).walk();
  }

  of(member: Pick<PlacedMember, "id"> | undefined): ScriptedRun {
    const run = this.members.get(member?.id ?? "");
    if (run === undefined) throw new Error(`no member ${member?.id}`);
    return run;
  }

  private ports(): FleetPorts {
    return {
      read: () => Promise.resolve(membersOf(this.fleet).map((member) => this.reading(member))),
      act: async (member, act, decideAgain) => {
        this.before();
        const turn = decideAgain === undefined ? act : decideAgain(this.reading(member));
        return isAct(turn) ? this.act(member, turn) : undefined;
      },
      now: () => this.now,
      sleep: (milliseconds) => {
        if (milliseconds <= 0) throw new Error("a rest that takes no time");
        this.now += milliseconds;
        return Promise.resolve();
      },
      tell: ({ id }, { type, weight }) => void this.told.push(`${id} ${type} ${weight}`),
      say: () => undefined,
      show: ({ kind }) => void this.shown.push(kind),
      signal: this.stopping.signal,
    };
  }

  private reading(member: PlacedMember): MemberReading {
    const run = this.of(member);
    run.now = this.now;
    return { member, facts: run.facts() };
  }

  private async act(member: PlacedMember, act: Act): Promise<Attempt> {
    const key = stackKey(member);
    this.busy.push(key);
    const here = this.busy.filter((other) => other === key).length;
    this.most = { all: Math.max(this.most.all, this.busy.length), stack: Math.max(this.most.stack, here) };
    // Others begin meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    const run = this.of(member);
    run.now = this.now;
    const attempt = run.attempt(act);
    this.busy.splice(this.busy.indexOf(key), 1);
    return attempt;
  }
}
