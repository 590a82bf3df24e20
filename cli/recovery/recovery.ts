import { keepState } from "../stack/backup";
import { confirm, Interrupted, Interruption } from "../stack/interruption";
import { describeChange, describeLock, describeOperation, describePlanned } from "./describe";
import type { StateChange } from "./editState";
import { stackEnvironment } from "../stack/environment";
import { pendingOf } from "../stack/exportedStack";
import type { ExportedStack } from "../stack/exportedStack";
import { backendFolder, readLocks, whyHeld } from "../stack/fileBackend";
import type { LockOwner } from "../stack/fileBackend";
import { exportStack, isEdit, look } from "./look";
import type { Found } from "./look";
import { Pulumi } from "../stack/pulumi";
import { findStack } from "../stack/stackPlace";
import type { StackPlace } from "../stack/stackPlace";
import { redact } from "../../components/values/redact";
import { endingOf } from "../terminal/ending";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { oneLine } from "../terminal/text";

export interface RecoveryOptions {
  readonly cwd: string;
  readonly stack?: string;
  /** Whether to ask the user before writing. */
  readonly asks: boolean;
  /** Whether to release a lock whose owner cannot be checked. */
  readonly force: boolean;
  /** The command to run at the end. */
  readonly command: "up" | "destroy";
  readonly skipPreview: boolean;
  readonly output: "stdout" | "stderr";
}

/** What `mlflow-rollout recover --json` prints. */
export interface RecoveryResult {
  readonly stack: string;
  /** Owners of the released locks. */
  readonly released: readonly LockOwner[];
  readonly changes: readonly StateChange[];
  /** Where the previous state was saved; absent when the state was not changed. */
  readonly backup?: string;
  /** The command that was run at the end; absent when there was nothing to do or the user declined. */
  readonly command?: string;
  readonly exitCode: number;
}

const STATE_FAILED = "the state could not be written:";

/** Each look finds at least one more resource, a level deeper: far more looks than a program has levels. */
const MOST_LOOKS = 12;

/** Repairs a stack that cannot continue. The user sees every change before anything is written. */
export class Recovery {
  private readonly interruption = new Interruption();
  private readonly pulumi: Pulumi;
  private readonly changes: StateChange[] = [];
  private released: readonly LockOwner[] = [];
  private backup: string | undefined;

  constructor(private readonly options: RecoveryOptions) {
    this.pulumi = new Pulumi(options.cwd, process.env, this.interruption.signal);
  }

  /** @throws Interrupted at Ctrl+C, when nothing is half-written */
  async run(): Promise<RecoveryResult> {
    try {
      return await this.recover();
    } catch (error) {
      if (!(error instanceof Interrupted)) throw error;
      const isChanged = this.backup !== undefined || this.released.length > 0;
      throw isChanged ? error : new Interrupted("nothing was written");
    } finally {
      this.interruption.stop();
    }
  }

  /** What was done before an error ended it. */
  failed(error: unknown): RecoveryResult & { readonly message: string } {
    const { exitCode } = endingOf(error);
    return { ...this.result({ fullName: this.options.stack ?? "" }, exitCode), message: redact(oneLine(error)) };
  }

  private async recover(): Promise<RecoveryResult> {
    const { cwd, stack: wanted, force } = this.options;
    const place = await findStack(this.pulumi, cwd, wanted, (line) => this.say(line));
    const locks = this.releasableLocks(place);
    let stack = await exportStack(this.pulumi, place);
    const pending = pendingOf(stack);
    if (locks.length > 0 || pending.length > 0) this.say(`stack   ${place.fullName}`);
    for (const lock of locks) this.say(`lock    ${describeLock(lock)}: will be released`);
    for (const operation of pending) this.say(`pending ${describeOperation(operation)}`);
    const variables = await stackEnvironment(this.pulumi, place, (line) => this.say(line));
    const lookAgain = () => this.look(place, stack, variables);

    let found = await lookAgain();
    if (locks.length === 0 && found.changes.length === 0 && !force) return this.nothing(place, found);
    for (let looks = 1; ; looks += 1) {
      this.show(found);
      if (!(await this.confirm(`write this, then run "pulumi ${this.options.command}"?`)))
        return this.result(place, EXIT.refused);
      if (looks === 1) await this.release(place, locks);
      const edits = found.changes.filter(isEdit);
      if (edits.length > 0) await this.write(place, stack, found.edited);
      this.changes.push(...edits);
      const mayShowMore = found.isOpen && edits.some(({ action }) => action !== "dropped");
      if (!mayShowMore || looks === MOST_LOOKS) break;
      stack = await exportStack(this.pulumi, place);
      found = await lookAgain();
      if (!found.changes.some(isEdit)) break;
    }
    return this.goOn(place);
  }

  private look(place: StackPlace, stack: ExportedStack, variables: Readonly<Record<string, string>>): Promise<Found> {
    const { pulumi, interruption } = this;
    const report = (line: string): void => this.say(line);
    const declared = this.options.command === "up";
    return look(stack, { pulumi, place, declared, report, variables, signal: interruption.signal });
  }

  /** Nothing to repair; a verb that was killed before its update began has still left config that nobody has applied. */
  private async nothing(place: StackPlace, { failure, planned }: Found): Promise<RecoveryResult> {
    const lock = isSeen(place) ? "no lock is held" : "no lock can be seen";
    const isDone = failure === undefined && planned.length === 0;
    const end = this.options.command === "up" ? "; a preview has no changes" : '; run "pulumi destroy"';
    this.say(
      `nothing is pending in ${place.fullName}, ${lock}, and Azure has nothing that the state lacks${isDone ? end : ""}`,
    );
    if (failure !== undefined) this.say(`the preview of the program fails:\n${failure}`);
    if (isDone || failure !== undefined) return this.result(place, isDone ? EXIT.done : EXIT.failed);
    this.say("no update has applied yet what the program and stack config declare:");
    for (const step of planned) this.say(describePlanned(step));
    this.say(
      `to put stack config back as the last update had it: pulumi config refresh --stack ${place.name} (comments are lost)`,
    );
    return (await this.confirm('run "pulumi up"?')) ? this.goOn(place) : this.result(place, EXIT.refused);
  }

  private async goOn({ name, fullName }: StackPlace): Promise<RecoveryResult> {
    const { command, asks, skipPreview, output } = this.options;
    const flags = [...(asks ? [] : ["--yes"]), ...(skipPreview ? ["--skip-preview"] : [])];
    const args = [command, "--stack", name, ...flags];
    this.say(`running pulumi ${args.join(" ")}`);
    const isDone = (await this.pulumi.show(args, output)) === 0;
    const isInterrupted = !isDone && this.interruption.signal.aborted;
    if (isInterrupted) this.say(new Interrupted(`pulumi ${command} may have left something pending`).message);
    // Pulumi's own codes mean something else than those of this command.
    const exitCode = isInterrupted ? EXIT.interrupted : isDone ? EXIT.done : EXIT.failed;
    const result = this.result({ fullName }, exitCode);
    return { ...result, command: `pulumi ${args.join(" ")}` };
  }

  private result({ fullName }: Pick<StackPlace, "fullName">, exitCode: number): RecoveryResult {
    const { released, changes, backup } = this;
    return { stack: fullName, released, changes, ...(backup !== undefined && { backup }), exitCode };
  }

  /** @throws Failure when a lock's owner may still be running */
  private releasableLocks(place: StackPlace): readonly LockOwner[] {
    const { cwd, force } = this.options;
    if (!isSeen(place)) {
      const what = force
        ? '--force releases it with "pulumi cancel"'
        : 'if one is, give --force, which is "pulumi cancel"';
      this.say(`lock    whether one is held cannot be seen in ${redact(place.backendUrl)}; ${what}`);
    }
    const locks = readLocks(place.backendUrl, place.fullName, cwd);
    const held = locks.flatMap((lock) => whyHeld(lock) ?? []);
    if (held.length === 0 || force) return locks;
    throw new Failure(
      `the stack is locked and nothing was done: ${held.join("; ")}. Wait for it to end, or give --force if you know that its owner is gone`,
      EXIT.conflict,
    );
  }

  /** Problems are shown only when another look cannot find more. */
  private show({ changes, isOpen }: Found): void {
    const shown = isOpen && changes.some(isEdit) ? changes.filter(isEdit) : changes;
    if (shown.length > 0) this.say("state");
    for (const change of shown) this.say(describeChange(change, `pulumi ${this.options.command}`));
  }

  private async release({ name }: StackPlace, locks: readonly LockOwner[]): Promise<void> {
    if (locks.length === 0 && !this.options.force) return;
    const { code, stdout, stderr } = await this.pulumi.write(["cancel", "--yes", "--stack", name]);
    this.released = locks;
    // Some backends refuse to cancel when no update is running.
    if (code !== 0) this.say(`pulumi cancel: ${(stderr || stdout).trim()}`);
  }

  private async write({ name, fullName }: StackPlace, before: ExportedStack, after: ExportedStack): Promise<void> {
    if (this.backup === undefined) {
      this.backup = keepState(fullName, before);
      this.say(`kept    the state as it was: ${this.backup}`);
      this.say(`        to put it back: pulumi stack import --stack ${name} --file ${this.backup}`);
    }
    const args = ["stack", "import", "--stack", name];
    const { code, stdout, stderr } = await this.pulumi.write(args, JSON.stringify(after));
    if (code === 0) return;
    if (!/currently locked|in progress/.test(stderr)) throw new Error(`${STATE_FAILED}\n${(stderr || stdout).trim()}`);
    throw new Failure(
      `${STATE_FAILED}\n${stderr.trim()}\nIf you know that its owner is gone, run this command again with --force`,
      EXIT.conflict,
    );
  }

  private async confirm(question: string): Promise<boolean> {
    return !this.options.asks || confirm(question, this.interruption);
  }

  private say(line: string): void {
    process[this.options.output].write(`${line}\n`);
  }
}

/** Whether the backend's locks can be read; only file backends show theirs. */
function isSeen({ backendUrl }: StackPlace): boolean {
  return backendFolder(backendUrl, ".") !== undefined;
}
