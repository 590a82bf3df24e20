import { rmSync } from "node:fs";
import type { RecoveryResult } from "../../cli/recovery/recovery";
import { nameOf, pendingOf } from "../../cli/stack/exportedStack";
import type { ExportedStack } from "../../cli/stack/exportedStack";
import { CrashPoint } from "./point";
import type { CrashTarget } from "./point";
import type { CrashStage } from "./stages";
import type { CrashWorld } from "./world";
import { killTree } from "./processTree";

/** A killed command and how it was brought back. */
export interface CrashRun {
  /** Whether the command made the call at all. */
  readonly reached: boolean;
  /** The state that the kill left, in words. */
  readonly left: string;
  readonly recovery: RecoveryResult | undefined;
  /** What the command told the user. */
  readonly said: string;
  /** What went wrong; empty when it succeeded. */
  readonly failure: string;
}

/** Types the command of a stage, kills it at a call, and types `mlflow-rollout recover`. */
export async function crashAndRecover(world: CrashWorld, stage: CrashStage, target: CrashTarget): Promise<CrashRun> {
  world.configure(stage);
  const command = world.pulumi(stage.command, "--yes", "--skip-preview");
  const point = new CrashPoint(
    target,
    () => killTree(command.child.pid ?? 0),
    () => world.freeze(),
  );
  const ignore = world.observe({
    admit: (exchange) => point.admit(exchange),
    replied: (exchange, reply) => point.replied(exchange, reply),
  });
  const { stdout, stderr } = await command.end;
  ignore();
  if (!point.reached) {
    await world.thaw();
    return {
      reached: false,
      left: "",
      recovery: undefined,
      said: "",
      failure: `${target.call} was not made\n${stdout}${stderr}`,
    };
  }
  const left = describeLeft(world.state());
  const stop = thawWhenAsked(world, point.path);
  const typed = await world.recover(...(stage.command === "destroy" ? ["--destroy"] : [])).end;
  stop();
  await world.thaw();
  const recovery = typed.code === 0 ? (JSON.parse(typed.stdout) as RecoveryResult) : undefined;
  // It lies in the user's own folder.
  if (recovery?.backup !== undefined) rmSync(recovery.backup);
  return { reached: true, left, recovery, said: typed.stderr, failure: recovery === undefined ? typed.stderr : "" };
}

/** Lets Azure go on once the command has seen what it works on, or goes on without having asked. */
function thawWhenAsked(world: CrashWorld, path: string): () => void {
  return world.observe({
    replied: ({ method, path: asked }) => {
      const goesOn = method === "PUT" || method === "DELETE";
      if (asked === path || goesOn) void world.thaw();
    },
  });
}

function describeLeft(stack: ExportedStack): string {
  const pending = pendingOf(stack).map(({ type, resource }) => `${type} ${nameOf(resource)}`);
  return pending.length === 0 ? "nothing pending" : pending.join(", ");
}
