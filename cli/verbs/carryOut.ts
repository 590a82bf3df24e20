import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { listTraffic } from "../../components/rollout/message";
import { sameTraffic } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { readLocks } from "../stack/fileBackend";
import { confirm } from "../stack/interruption";
import type { Interruption } from "../stack/interruption";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { pulumiCommands } from "./equivalent";
import type { Move } from "./move";
import { changeLines, plannedUpdateOf, verdictLines } from "./plannedUpdate";
import type { PlannedUpdate } from "./plannedUpdate";
import { exitCodeOf, heldBy } from "./refusal";
import { runUpdate } from "./update";
import type { UpdateResult } from "./update";
import { updateMessage } from "./updateMessage";

export interface CarryOutOptions {
  readonly asks: boolean;
  /** The way back does not wait for a preview; the hooks ask the same rules in the update. */
  readonly skipsPreview: boolean;
  /** For Pulumi's history. */
  readonly reason: string;
  readonly who: string;
  readonly interruption: Interruption;
  readonly print: (text: string) => void;
  /** What is live now; undefined when it cannot be read. */
  readonly readLive: () => Promise<TrafficState | undefined>;
}

/** How a move ended. */
export interface MoveResult {
  readonly exitCode: ExitCode;
  /** Whether the move was made. */
  readonly done: boolean;
  /** Whether stack config is as it was before, to the letter. */
  readonly configRestored: boolean;
  readonly message: string;
  /** What the preview refused, in its own words. */
  readonly refusals?: readonly string[];
}

/** Previews a move, asks, edits stack config and updates. Config that was not applied is put back as it was. */
export async function carryOut(rollout: OpenRollout, move: Move, options: CarryOutOptions): Promise<MoveResult> {
  const { file, namespace, place } = rollout;
  const say = (line: string): void => options.print(`${line}\n`);
  const text = file.edited(namespace, move.edits);
  say(`${move.verb}  ${move.text}`);
  for (const command of pulumiCommands(move.edits, namespaceShown(rollout))) say(`  $ ${command}`);

  const planned = options.skipsPreview ? undefined : await previewWith(rollout, text);
  if (planned !== undefined) {
    show(planned, say);
    const { refusals } = planned;
    if (refusals.length > 0) return { ...untouched(exitCodeOf(refusals), "refused; nothing was written"), refusals };
  }
  if (options.asks && !(await confirm(`${move.verb}?`, options.interruption)))
    return untouched(EXIT.refused, "declined; nothing was written");
  requireFree(rollout);

  file.write(text);
  const message = updateMessage(move.verb, options.reason, options.who, verdictLines(planned?.lines ?? []));
  const known = new Set(planned?.lines);
  const result = await runUpdate(rollout.pulumi, {
    stack: place.fullName,
    message,
    // What the preview said need not be said again.
    say: (line) => void (known.has(line) || isNext(line) || say(`    ${line}`)),
  }).catch((error: unknown) => {
    // Pulumi could not even be started.
    file.restore(text);
    throw error;
  });
  if (result.code === 0)
    return { exitCode: EXIT.done, done: true, configRestored: false, message: `next: ${move.next}` };
  return afterFailure(rollout, move, text, result, options);
}

/** Keys of the project's own namespace need none. */
function namespaceShown({ namespace, place }: OpenRollout): string | undefined {
  return place.fullName.split("/").at(-2) === namespace ? undefined : namespace;
}

/** The preview of a text that is not in the stack file yet. */
async function previewWith({ pulumi, place, file }: OpenRollout, text: string): Promise<PlannedUpdate> {
  const folder = mkdtempSync(join(tmpdir(), "mlflow-rollout-"));
  try {
    const config = join(folder, basename(file.file));
    writeFileSync(config, text);
    const args = ["preview", "--json", "--non-interactive", "--stack", place.fullName, "--config-file", config];
    const { code, stdout, stderr } = await pulumi.run(args);
    const planned = plannedUpdateOf(stdout);
    if (planned !== undefined && (code === 0 || planned.refusals.length > 0)) return planned;
    return { changes: [], lines: [], warnings: [], refusals: [`${stdout}\n${stderr}`.trim()] };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function show({ changes, lines, warnings, refusals }: PlannedUpdate, say: (line: string) => void): void {
  for (const line of [...changeLines(changes), ...lines.filter((each) => !isNext(each))]) say(`    ${line}`);
  for (const warning of warnings) say(`  warning: ${indented(warning)}`);
  for (const refusal of refusals) say(`  refused: ${indented(refusal)}`);
}

/** The component says what is next in commands of Pulumi; a verb has its own. */
function isNext(line: string): boolean {
  return /^(next: | {2}\$ )/.test(line);
}

function indented(text: string): string {
  return text.split("\n").join("\n    ");
}

/** Pulumi would wait for nobody; saying who it is saves a look. */
function requireFree({ place, cwd }: OpenRollout): void {
  const [lock] = readLocks(place.backendUrl, place.fullName, cwd);
  if (lock === undefined) return;
  throw new Failure(
    `${place.fullName} is being updated by ${lock.username}@${lock.hostname}, pid ${lock.pid}, since ${lock.timestamp}; ` +
      'nothing was written. If that process is gone, "mlflow-rollout recover" releases the stack',
    EXIT.conflict,
  );
}

function untouched(exitCode: ExitCode, message: string): MoveResult {
  return { exitCode, done: false, configRestored: true, message };
}

/** Config is put back when nothing of the move reached Azure, and kept when something did: then it says what was asked for. */
async function afterFailure(
  { file, place }: OpenRollout,
  { isWeightsOnly, leaves }: Move,
  written: string,
  result: UpdateResult,
  { readLive, print, interruption }: CarryOutOptions,
): Promise<MoveResult> {
  const endsWith = (exitCode: ExitCode): ExitCode => (interruption.signal.aborted ? EXIT.interrupted : exitCode);
  const say = (line: string): void => print(`${line}\n`);
  const holder = heldBy(result.text);
  const restored = (exitCode: ExitCode, why: string): MoveResult => {
    const configRestored = file.restore(written);
    const config = configRestored
      ? "stack config is as it was"
      : `${file.file} was changed by somebody else meanwhile and is left as it is`;
    return { exitCode: endsWith(exitCode), done: false, configRestored, message: `${why}; ${config}` };
  };
  if (holder !== undefined)
    return restored(EXIT.conflict, `${place.fullName} is held by ${holder}; nothing was written`);
  for (const error of result.errors) say(`  failed: ${indented(error)}`);
  if (result.written.length === 0 && result.running.length === 0)
    return result.errors.length === 0
      ? restored(EXIT.failed, `the update did not begin: ${result.text.trim()}`)
      : restored(exitCodeOf(result.errors), "refused; nothing was written");
  const live = isWeightsOnly ? await readLive() : undefined;
  if (live !== undefined && !sameTraffic(live, leaves))
    return restored(EXIT.degraded, `the update failed, the live traffic is ${listTraffic(live)}`);
  const is = live === undefined ? "Azure may have changed" : `the live traffic is ${listTraffic(live)}`;
  return {
    exitCode: endsWith(EXIT.degraded),
    done: false,
    configRestored: false,
    message: `the update failed after it had begun to write: ${is}; stack config says what was asked for, "mlflow-rollout recover" goes on`,
  };
}
