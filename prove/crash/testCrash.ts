import { cpSync, rmSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { valueAt } from "../../driver/azureClient";
import type { Baseline } from "./baseline";
import { FirstCaller } from "./firstCaller";
import { endStateDifferences, leftovers, readEndState } from "./endState";
import type { CrashTarget, Moment } from "./point";
import { crashAndRecover } from "./crashAndRecover";
import type { CrashStage } from "./stages";
import { CrashTestbed } from "./testbed";

/** The result of one crash. */
export interface CrashRow {
  readonly stage: string;
  /** See {@link callPosition}. */
  readonly index: number;
  readonly call: string;
  readonly moment: Moment;
  /** The state after the kill. */
  readonly left: string;
  /** The command typed then. */
  readonly typed: string;
  /** Resources created in Azure but missing from the state. */
  readonly added: number;
  /** `converged`, or how it differs from an uninterrupted run. */
  readonly result: string;
  /** Scoring requests during the crash and the recovery. */
  readonly requests: number;
  readonly lost: number;
  readonly seconds: number;
}

/** Identifies a crash. */
export function crashKey({ stage, call, moment }: Pick<CrashRow, "stage" | "call" | "moment">): string {
  return `${stage}|${call}|${moment}`;
}

/** Position of a call among those of the uninterrupted stage, from 1. */
export function callPosition({ calls }: Pick<Baseline, "calls">, call: string): number {
  return calls.findIndex(({ name }) => name === call) + 1;
}

export interface CrashTestOptions {
  readonly stack: string;
  readonly port: number;
  /** Folder for the temporary copy of the testbed. */
  readonly folder: string;
}

/** Kills a stage at one of its calls, recovers, and compares with the uninterrupted run. */
export async function testCrash(baseline: Baseline, target: CrashTarget, options: CrashTestOptions): Promise<CrashRow> {
  const { stage, folder, expected } = baseline;
  const started = performance.now();
  rmSync(options.folder, { recursive: true, force: true });
  cpSync(folder, options.folder, { recursive: true });
  const testbed = await CrashTestbed.open(options.folder, options.stack, options.port);
  // Callers have moved away before an endpoint is deleted.
  const callers = stage.command === "destroy" ? undefined : new FirstCaller(testbed);
  try {
    const { left, recovery, failure } = await crashAndRecover(testbed, stage, target);
    const wrong = [
      ...(failure === "" ? [] : [failure]),
      ...endStateDifferences(expected, await readEndState(testbed)),
      ...leftovers(testbed.state()),
      ...foreignWeights(await testbed.azure.trace("kind=arm"), stage),
    ];
    const { requests, lost } = (await callers?.stop()) ?? { requests: 0, lost: 0 };
    if (lost > 0) wrong.push(`${lost} of ${requests} scoring requests were lost`);
    return {
      stage: stage.name,
      index: callPosition(baseline, target.call),
      ...target,
      left,
      typed: `mlflow-rollout recover${stage.command === "destroy" ? " --destroy" : ""}`,
      added: recovery?.changes.filter(({ action }) => action === "added").length ?? 0,
      result: wrong.length === 0 ? "converged" : wrong.join("; "),
      requests,
      lost,
      seconds: Math.round((performance.now() - started) / 100) / 10,
    };
  } finally {
    await callers?.stop();
    await testbed.close();
  }
}

/** Written weights that are neither the old nor the new ones. */
export function foreignWeights(trace: readonly TraceEntry[], { before, after }: CrashStage): readonly string[] {
  const written = trace
    .filter(({ method, path, status }) => method === "PUT" && status < 400 && /\/onlineEndpoints\/[^/]+$/.test(path))
    .map(({ body }) => withoutZeros(valueAt(body, "properties.traffic") ?? {}));
  const allowed = [before, after].map(withoutZeros);
  return written
    .filter((weights) => !allowed.some((other) => isDeepStrictEqual(weights, other)))
    .map((weights) => `weights were written that are neither the old nor the new ones: ${JSON.stringify(weights)}`);
}

function withoutZeros(weights: object): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight !== 0));
}
