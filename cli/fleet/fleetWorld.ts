import { carryTurn } from "../run/carryTurn";
import type { Turn } from "../run/decide";
import { rest } from "../run/openReporter";
import type { Reporter } from "../run/reporter";
import { isAct } from "../run/runLoop";
import type { Act, Attempt } from "../run/runLoop";
import type { Stopping } from "../run/stopping";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { rolloutStateOf } from "../verbs/rolloutState";
import type { MemberReading } from "./decideFleet";
import { membersOf, stackKey } from "./fleet";
import type { Fleet, PlacedMember } from "./fleet";
import type { FleetPorts } from "./fleetLoop";
import { FleetStacks } from "./fleetStacks";
import type { OpenedMember } from "./fleetStacks";
import { inTurns, lanesOf } from "./inTurns";
import { memberLines, memberViews } from "./memberLine";

/** Reads and moves the members of a fleet in their stacks. */
export class FleetWorld {
  private readonly stacks: FleetStacks;
  private readonly opened = new Map<string, OpenedMember>();
  private shown: readonly string[] = [];

  constructor(
    private readonly fleet: Fleet,
    private readonly reporter: Reporter,
    private readonly stopping: Stopping,
  ) {
    this.stacks = new FleetStacks(stopping.signal);
  }

  ports(json: boolean): FleetPorts {
    return {
      read: () => this.read(),
      act: (member, act, decideAgain) => this.act(member, act, decideAgain, json),
      now: () => Date.now(),
      sleep: (milliseconds) => rest(milliseconds, this.stopping.signal),
      tell: (member, transition) => this.reporter.tell(this.stackOf(member), transition),
      say: (line) => this.reporter.line(line),
      show: (turn, readings) => this.show(memberLines(memberViews(turn, readings))),
      signal: this.stopping.signal,
    };
  }

  /** Reads all members, each stack once. @throws Failure with all that cannot be moved, Error when one cannot be read now */
  async read(): Promise<readonly MemberReading[]> {
    const problems: { readonly id: string; readonly error: Error }[] = [];
    const lanes = lanesOf(membersOf(this.fleet), stackKey).map((lane) => [lane]);
    await inTurns(lanes, this.fleet.concurrency, async (lane) => {
      const found = await this.stacks.read(lane);
      for (const [index, member] of lane.entries()) {
        const each = found[index];
        if (each instanceof Error) problems.push({ id: member.id, error: each });
        else if (each !== undefined) this.opened.set(member.id, each);
      }
    });
    if (problems.length > 0) throw asOne(problems);
    return membersOf(this.fleet).map((member) => ({ member, facts: this.of(member).facts }));
  }

  /** @throws Failure when the plan of a member is set where no abort can be written down */
  requireMarks(): void {
    const wrong = membersOf(this.fleet).filter((member) => {
      const state = rolloutStateOf(this.of(member).opened.rollout);
      return state?.isPlanInProgram === true;
    });
    if (wrong.length === 0) return;
    const lines = wrong.map(
      ({ id }) => `  - ${id}: the plan is set in the program; set rollout in stack config instead`,
    );
    throw new Failure(`an abort of the fleet could not be written down:\n${lines.join("\n")}`, EXIT.refused);
  }

  private async act(
    member: PlacedMember,
    act: Act,
    decideAgain: ((reading: MemberReading) => Turn) | undefined,
    json: boolean,
  ): Promise<Attempt | undefined> {
    let turn: Turn = act;
    if (decideAgain !== undefined) {
      const [found] = await this.stacks.read([member]);
      if (found === undefined || found instanceof Error) throw found ?? new Error(`${member.id} cannot be read`);
      this.opened.set(member.id, found);
      turn = decideAgain({ member, facts: found.facts });
    }
    if (!isAct(turn)) return undefined;
    return carryTurn(turn, this.of(member).opened.rollout, {
      stopping: this.stopping,
      command: "fleet",
      output: json ? "stderr" : "stdout",
      print: (text) => this.reporter.print(text.replaceAll(/^(?=.)/gm, `${member.id}  `)),
    });
  }

  private show(lines: readonly string[]): void {
    for (const line of lines.filter((each) => !this.shown.includes(each))) this.reporter.line(line);
    this.shown = lines;
  }

  private stackOf(member: PlacedMember): string {
    return this.of(member).opened.rollout.place.fullName;
  }

  private of({ id }: PlacedMember): OpenedMember {
    const opened = this.opened.get(id);
    if (opened === undefined) throw new Error(`${id} has not been read`);
    return opened;
  }
}

/** What is wrong with several members. What only could not be read may be read later. */
function asOne(problems: readonly { readonly id: string; readonly error: Error }[]): Error {
  const lines = problems.map(({ id, error }) => `  - ${id}: ${error.message.split("\n").join("\n    ")}`);
  const message = `the fleet cannot go on:\n${lines.toSorted().join("\n")}`;
  return problems.some(({ error }) => error instanceof Failure)
    ? new Failure(message, EXIT.refused)
    : new Error(message);
}
