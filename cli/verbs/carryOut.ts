import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import type { TrafficState } from "../../components/rollout/weights";
import { confirm } from "../stack/interruption";
import type { Interruptible } from "../stack/interruption";
import type { OpenRollout } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { afterFailure } from "./afterFailure";
import { pulumiCommands } from "./equivalent";
import { requireFree } from "./free";
import type { Move, MoveResult } from "./move";
import { changeLines, othersMoved, plannedUpdateOf, verdictLines } from "./plannedUpdate";
import type { PlannedUpdate } from "./plannedUpdate";
import { exitCodeOf } from "./refusal";
import { indented } from "./texts";
import { runUpdate } from "./update";
import { updateMessage } from "./updateMessage";

export interface CarryOutOptions {
  readonly asks: boolean;
  /** The way back does not wait for a preview; the hooks ask the same rules in the update. */
  readonly skipsPreview: boolean;
  /** Whether an update is refused that would move another component's traffic too. */
  readonly alone?: boolean;
  /** For Pulumi's history. */
  readonly reason: string;
  readonly who: string;
  readonly interruption: Interruptible;
  readonly print: (text: string) => void;
  /** What is live now; undefined when it cannot be read. */
  readonly readLive: () => Promise<TrafficState | undefined>;
}

/** Previews a move, asks, edits stack config and updates. Config that was not applied is put back as it was. */
export async function carryOut(rollout: OpenRollout, move: Move, options: CarryOutOptions): Promise<MoveResult> {
  const { file, namespace, place } = rollout;
  const say = (line: string): void => options.print(`${line}\n`);
  const text = move.edits.length === 0 ? (file.text ?? "") : file.edited(namespace, move.edits);
  say(`${move.verb}  ${move.text}`);
  for (const command of pulumiCommands(move.edits, namespaceShown(rollout))) say(`  $ ${command}`);

  const planned = options.skipsPreview ? undefined : await previewWith(rollout, text);
  if (planned !== undefined) {
    show(planned, say);
    const { refusals } = planned;
    if (refusals.length > 0) return { ...untouched(exitCodeOf(refusals), "refused; nothing was written"), refusals };
    const others = options.alone === true ? othersMoved(planned.changes, rollout.component?.name ?? "") : [];
    if (others.length > 0) return untouched(EXIT.refused, alsoMoves(others));
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
  const takenBack = updateMessage(move.verb, "it failed, and is taken back", options.who, []);
  return afterFailure(rollout, { move, written: text, result, message: takenBack }, options);
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

/** The update would move them as well, since config asks for it. */
function alsoMoves(others: readonly string[]): string {
  return `nothing was written: the same update would move ${others.join(", ")}; apply that first with "pulumi up", or take it out of stack config`;
}

/** The component says what is next in commands of Pulumi; a verb has its own. */
function isNext(line: string): boolean {
  return /^(next: | {2}\$ )/.test(line);
}

function untouched(exitCode: ExitCode, message: string): MoveResult {
  return { exitCode, done: false, configRestored: true, message };
}
