import { cpSync } from "node:fs";
import { join } from "node:path";
import type { Exchange, SentReply } from "azure-mlflow-rollout-local";
import { ArmCalls } from "./armCalls";
import { readEndState } from "./endState";
import type { EndState } from "./endState";
import type { Moment } from "./point";
import { CRASH_STAGES } from "./stages";
import type { CrashStage } from "./stages";
import { CrashTestbed } from "./testbed";

/** An uninterrupted stage: its start, its calls and its end state. */
export interface Baseline {
  readonly stage: CrashStage;
  /** A copy of the testbed before the stage. */
  readonly folder: string;
  /** In the order of arrival. */
  readonly calls: readonly Call[];
  readonly expected: EndState;
}

interface Call {
  readonly name: string;
  /** Every moment at which the engine can be killed at this call. */
  readonly moments: readonly Moment[];
}

export interface BaselineOptions {
  /** Folder of the testbeds. */
  readonly folder: string;
  readonly stack: string;
  readonly report: (line: string) => void;
}

/**
 * Runs the whole rollout without a crash.
 *
 * @returns the stages, and the port that copies of their testbeds need
 */
export async function runBaseline({ folder, stack, report }: BaselineOptions): Promise<{
  readonly port: number;
  readonly stages: readonly Baseline[];
}> {
  const stages: Baseline[] = [];
  const current = join(folder, "current");
  let port = 0;
  for (const [index, stage] of CRASH_STAGES.entries()) {
    report(`uninterrupted: ${stage.name}`);
    const testbed = await CrashTestbed.open(current, stack, port);
    port = testbed.port;
    await testbed.close();
    const copy = join(folder, String(index));
    cpSync(current, copy, { recursive: true });
    stages.push(await runStage(await CrashTestbed.open(current, stack, port), stage, copy));
  }
  return { port, stages };
}

async function runStage(testbed: CrashTestbed, stage: CrashStage, folder: string): Promise<Baseline> {
  const recorder = new CallRecorder();
  testbed.observe(recorder);
  testbed.configure(stage);
  try {
    const { code, stdout, stderr } = await testbed.pulumi(stage.command, "--yes", "--skip-preview").end;
    if (code !== 0) throw new Error(`${stage.name} failed without a crash:\n${stdout}${stderr}`);
    return { stage, folder, calls: recorder.recorded(), expected: await readEndState(testbed) };
  } finally {
    await testbed.close();
  }
}

class CallRecorder {
  private readonly calls = new ArmCalls();
  private readonly names = new Map<Exchange, string>();
  private readonly withOperation = new Set<string>();

  async admit(exchange: Exchange): Promise<boolean> {
    const name = this.calls.name(exchange);
    if (name !== undefined) this.names.set(exchange, name);
    return true;
  }

  replied(exchange: Exchange, { status, headers }: SentReply): void {
    const name = this.names.get(exchange);
    const started = headers["azure-asyncoperation"] ?? (status === 202 ? headers["location"] : undefined);
    if (name !== undefined && started !== undefined) this.withOperation.add(name);
  }

  recorded(): readonly Call[] {
    return [...this.names.values()].map((name) => ({
      name,
      moments: ["before", "after", ...(this.withOperation.has(name) ? (["working"] as const) : [])],
    }));
  }
}
