import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stack } from "@pulumi/pulumi/automation";
import type { StackSettings } from "./stackSettings";

export interface ScratchProgram {
  readonly settings: StackSettings;
  /** What the environments of the stack give beside the user's own environment. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly program: () => Promise<void>;
}

/**
 * Works with a stack in a temporary backend, which has the name and the provider of the real one and none of its
 * resources. Its program runs in this process.
 */
export async function withScratchStack<T>(
  { settings: { all, project, stack: stackName }, variables = {}, program }: ScratchProgram,
  work: (stack: Stack) => Promise<T>,
): Promise<T> {
  const { LocalWorkspace } = require("@pulumi/pulumi/automation") as typeof import("@pulumi/pulumi/automation");
  const folder = mkdtempSync(join(tmpdir(), "mlflow-rollout-"));
  try {
    const [backend, workDir] = [join(folder, "state"), join(folder, "project")];
    for (const path of [backend, workDir]) mkdirSync(path);
    const { PULUMI_CONFIG_PASSPHRASE_FILE: _, PULUMI_STACK: __, ...env } = process.env;
    const envVars = {
      ...(env as Record<string, string>),
      ...variables,
      PULUMI_BACKEND_URL: `file://${backend}`,
      PULUMI_CONFIG_PASSPHRASE: randomUUID(),
    };
    const stack = await LocalWorkspace.createStack({ stackName, projectName: project, program }, { workDir, envVars });
    if (Object.keys(all).length > 0) await stack.setAllConfig({ ...all });
    return await work(stack);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
