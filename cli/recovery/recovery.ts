import { createInterface } from "node:readline/promises";
import { keepState } from "./backup";
import { describeChange, describeLock, describeOperation } from "./describe";
import { editState } from "./editState";
import type { StateChange } from "./editState";
import { pendingOf } from "./exportedStack";
import type { ExportedStack } from "./exportedStack";
import { readLocks } from "./fileBackend";
import { whyHeld } from "./lock";
import type { LockOwner } from "./lock";
import { lookupsOf } from "./lookups";
import { Pulumi } from "./pulumi";
import { findStack } from "./stackPlace";
import type { StackPlace } from "./stackPlace";
import { waitForAzure } from "./waitForAzure";

export interface RecoveryOptions {
  readonly cwd: string;
  readonly stack?: string;
  /** Whether the user is asked before something is written. */
  readonly asks: boolean;
  /** Whether the lock is released although its owner cannot be checked. */
  readonly force: boolean;
  /** What was interrupted, and goes on. */
  readonly command: "up" | "destroy";
  readonly skipPreview: boolean;
  readonly output: "stdout" | "stderr";
}

/** What `mlflow-rollout retry --json` prints. */
export interface RecoveryResult {
  readonly stack: string;
  /** Owners of the locks that were released. */
  readonly released: readonly LockOwner[];
  readonly changes: readonly StateChange[];
  /** Where the state of before is kept; absent when the state was not changed. */
  readonly backup?: string;
  /** What was run in the end; absent when there was nothing to do, or the user said no. */
  readonly command?: string;
  readonly exitCode: number;
}

/** Brings an interrupted update back. Nothing is written before the user has seen all that will be. */
export class Recovery {
  private readonly pulumi: Pulumi;

  constructor(private readonly options: RecoveryOptions) {
    this.pulumi = new Pulumi(options.cwd);
  }

  async run(): Promise<RecoveryResult> {
    const { cwd, command } = this.options;
    const place = await findStack(this.pulumi, cwd, this.options.stack, (line) => this.say(line));
    const locks = this.releasableLocks(place);
    const stack = await this.export(place);
    const pending = pendingOf(stack);
    if (pending.length === 0 && locks.length === 0 && !this.options.force) {
      this.say(`nothing is pending in ${place.fullName} and no lock is held; nothing was done`);
      return { stack: place.fullName, released: [], changes: [], exitCode: 0 };
    }
    this.say(`stack   ${place.fullName}`);
    for (const lock of locks) this.say(`lock    ${describeLock(lock)}: will be released`);
    for (const operation of pending) this.say(`pending ${describeOperation(operation)}`);

    const lookups = lookupsOf(stack, process.env["ARM_SUBSCRIPTION_ID"]);
    const inClear = () => this.export(place, "--show-secrets");
    const answers = await waitForAzure(stack, lookups, inClear, (line) => this.say(`waiting ${line}`));
    const { edited, changes } = editState(stack, lookups, answers);
    if (changes.length > 0) this.say("state");
    for (const change of changes) this.say(describeChange(change, `pulumi ${command}`));
    if (!(await this.confirm())) return { stack: place.fullName, released: [], changes: [], exitCode: 1 };

    await this.release(place, locks);
    const backup = changes.length > 0 ? await this.write(place, stack, edited) : undefined;
    const args = this.lastCommand(place);
    this.say(`running pulumi ${args.join(" ")}`);
    const exitCode = await this.pulumi.show(args, this.options.output);
    return {
      stack: place.fullName,
      released: locks,
      changes,
      ...(backup !== undefined && { backup }),
      command: `pulumi ${args.join(" ")}`,
      exitCode,
    };
  }

  /** @throws Error when a lock's owner may still be at work */
  private releasableLocks({ backendUrl, fullName }: StackPlace): readonly LockOwner[] {
    const locks = readLocks(backendUrl, fullName, this.options.cwd);
    const held = locks.flatMap((lock) => whyHeld(lock) ?? []);
    if (held.length === 0 || this.options.force) return locks;
    throw new Error(
      `the stack is locked and nothing was done: ${held.join("; ")}. Wait for it; if you know that it is gone, give --force`,
    );
  }

  private async export({ name }: StackPlace, ...flags: readonly string[]): Promise<ExportedStack> {
    return JSON.parse(await this.pulumi.must(["stack", "export", "--stack", name, ...flags])) as ExportedStack;
  }

  private async release({ name }: StackPlace, locks: readonly LockOwner[]): Promise<void> {
    if (locks.length === 0 && !this.options.force) return;
    const { code, stdout, stderr } = await this.pulumi.run(["cancel", "--yes", "--stack", name]);
    // Without an update under way some backends refuse to cancel one.
    if (code !== 0) this.say(`pulumi cancel: ${(stderr || stdout).trim()}`);
  }

  private async write({ name, fullName }: StackPlace, before: ExportedStack, after: ExportedStack): Promise<string> {
    const backup = keepState(fullName, before);
    this.say(`kept    the state of before: ${backup}`);
    this.say(`        to put it back: pulumi stack import --stack ${name} --file ${backup}`);
    const { code, stdout, stderr } = await this.pulumi.run(["stack", "import", "--stack", name], JSON.stringify(after));
    if (code === 0) return backup;
    const locked = stderr.includes("currently locked")
      ? "\nIf you know that its owner is gone, run this command again with --force"
      : "";
    throw new Error(`the state could not be written:\n${(stderr || stdout).trim()}${locked}`);
  }

  private lastCommand({ name }: StackPlace): readonly string[] {
    const { command, asks, skipPreview } = this.options;
    return [command, "--stack", name, ...(asks ? [] : ["--yes"]), ...(skipPreview ? ["--skip-preview"] : [])];
  }

  private async confirm(): Promise<boolean> {
    if (!this.options.asks) return true;
    const terminal = createInterface({ input: process.stdin, output: process.stderr });
    const answer = await terminal.question(`go on with this, then with "pulumi ${this.options.command}"? (yes/no) `);
    terminal.close();
    return /^y(es)?$/i.test(answer.trim());
  }

  private say(line: string): void {
    process[this.options.output].write(`${line}\n`);
  }
}
