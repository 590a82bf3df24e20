import { rmSync } from "node:fs";
import type { RecoveryResult } from "../../cli/recovery/recovery";
import { nameOf, pendingOf } from "../../cli/stack/exportedStack";
import type { ExportedStack } from "../../cli/stack/exportedStack";
import { CrashPoint } from "./point";
import type { CrashTarget } from "./point";
import type { CrashStage } from "./stages";
import type { CrashTestbed } from "./testbed";
import { killTree } from "./processTree";

/** A killed command and its recovery. */
export interface CrashRun {
  /** Whether the command made the call. */
  readonly reached: boolean;
  /** The state after the kill, in words. */
  readonly left: string;
  readonly recovery: RecoveryResult | undefined;
  /** The command's output. */
  readonly said: string;
  /** What went wrong; empty when it succeeded. */
  readonly failure: string;
}

/** Types the command of a stage, kills it at a call, and types `mlflow-rollout recover`. */
export async function crashAndRecover(
  testbed: CrashTestbed,
  stage: CrashStage,
  target: CrashTarget,
): Promise<CrashRun> {
  testbed.configure(stage);
  const command = testbed.pulumi(stage.command, "--yes", "--skip-preview");
  const point = new CrashPoint(
    target,
    () => killTree(command.child.pid ?? 0),
    () => testbed.freeze(),
  );
  const ignore = testbed.observe({
    admit: (exchange) => point.admit(exchange),
    replied: (exchange, reply) => point.replied(exchange, reply),
  });
  const { stdout, stderr } = await command.end;
  ignore();
  if (!point.reached) {
    await testbed.thaw();
    return {
      reached: false,
      left: "",
      recovery: undefined,
      said: "",
      failure: `${target.call} was not made\n${stdout}${stderr}`,
    };
  }
  const left = describeLeft(testbed.state());
  const stop = thawWhenAsked(testbed, point.path);
  const typed = await testbed.recover(...(stage.command === "destroy" ? ["--destroy"] : [])).end;
  stop();
  await testbed.thaw();
  const recovery = typed.code === 0 ? (JSON.parse(typed.stdout) as RecoveryResult) : undefined;
  // It is in the user's own folder.
  if (recovery?.backup !== undefined) rmSync(recovery.backup);
  return { reached: true, left, recovery, said: typed.stderr, failure: recovery === undefined ? typed.stderr : "" };
}

/** Unfreezes Azure once the command has read the busy resource, or writes without reading it. */
function thawWhenAsked(testbed: CrashTestbed, path: string): () => void {
  return testbed.observe({
    replied: ({ method, path: asked }) => {
      const goesOn = method === "PUT" || method === "DELETE";
      if (asked === path || goesOn) void testbed.thaw();
    },
  });
}

function describeLeft(stack: ExportedStack): string {
  const pending = pendingOf(stack).map(({ type, resource }) => `${type} ${nameOf(resource)}`);
  return pending.length === 0 ? "nothing pending" : pending.join(", ");
}
