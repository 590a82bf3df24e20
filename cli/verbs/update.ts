import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Pulumi } from "../stack/pulumi";
import { updateEvents, waitingLine } from "./engineEvents";
import type { UpdateEvents } from "./engineEvents";

/** How an update went. */
export interface UpdateResult extends UpdateEvents {
  readonly code: number;
  /** All that Pulumi printed. */
  readonly text: string;
}

export interface UpdateOptions {
  /** Full name of the stack. */
  readonly stack: string;
  /** For Pulumi's history. */
  readonly message: string;
  /** URNs of the only resources that it is about. @default all */
  readonly targets?: readonly string[];
  /** Gets what a person reads meanwhile, line by line. */
  readonly say: (line: string) => void;
}

/** Without it the engine has no `--event-log`; the Automation API sets it too. */
const EVENT_LOG = { PULUMI_DEBUG_COMMANDS: "true" };
const LOOK_MS = 250;
/** How long nothing new is said before a line tells what is awaited. */
const SILENCE_MS = 60_000;

/** Runs an update without a preview, which was shown before. */
export async function runUpdate(
  pulumi: Pulumi,
  { stack, message, targets = [], say }: UpdateOptions,
): Promise<UpdateResult> {
  const folder = mkdtempSync(join(tmpdir(), "mlflow-rollout-"));
  const log = join(folder, "events.jsonl");
  let said = 0;
  let lastSaid = Date.now();
  const tell = (): void => {
    const { lines, running } = updateEvents(readLog(log));
    const waited = Date.now() - lastSaid >= SILENCE_MS ? waitingLine(running, Date.now()) : undefined;
    const news = [...lines.slice(said), ...(waited === undefined ? [] : [waited])];
    said = lines.length;
    if (news.length === 0) return;
    lastSaid = Date.now();
    for (const line of news) say(line);
  };
  const timer = setInterval(tell, LOOK_MS);
  try {
    const flags = ["--yes", "--skip-preview", "--suppress-outputs", "--suppress-progress", "--non-interactive"];
    const only = targets.flatMap((urn) => ["--target", urn]);
    const args = ["up", ...flags, ...only, "--stack", stack, "--message", message, "--event-log", log];
    const { code, stdout, stderr } = await pulumi.watch(args, folder, EVENT_LOG);
    tell();
    return { code, text: `${stdout}\n${stderr}`, ...updateEvents(readLog(log)) };
  } finally {
    clearInterval(timer);
    rmSync(folder, { recursive: true, force: true });
  }
}

function readLog(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
