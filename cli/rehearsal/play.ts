import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import type { RehearsedEngine } from "./engine";
import type { RehearsedFault } from "./fault";
import { deploymentRules, scoringRules } from "./faultRules";
import type { Cast } from "./faultRules";
import type { Outcome } from "./outcome";
import { abortStageFor } from "./prepared";
import type { Script } from "./prepared";
import type { RehearsedAzure, ScoringTarget } from "./rehearsedAzure";
import { stageResult } from "./result";
import type { StageResult } from "./result";
import type { Stage } from "./script";
import { emptyTally, together } from "./tally";

/**
 * Virtual seconds in one real second: a deployment of 9 minutes takes two, a traffic step of 20 s a third of one. While
 * requests are sent one after the other, a model that is slow in virtual time must not be busy for longer than they are apart.
 */
export const SPEED = { first: 1200, deployment: 300, step: 60, load: 600 } as const;
/** How often a gate that has too little to go on is asked again, each time after more requests. */
const MOST_ASKS = 3;

export interface PlayOptions {
  readonly engine: RehearsedEngine;
  readonly azure: RehearsedAzure;
  readonly script: Script;
  readonly faults: readonly RehearsedFault[];
  readonly endpointId: string;
  readonly target: ScoringTarget;
  /** In each stage. */
  readonly requests: number;
  /** Gets each stage as it ends. */
  readonly onStage: (result: StageResult) => void;
}

/** Plays all stages, until one of them is not done. A gate that fails ends it with an abort. */
export async function play(options: PlayOptions): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of options.script.stages) {
    const outcome = await playStage(stage, options, results);
    if (outcome.kind === "done") continue;
    if (outcome.kind === "fail") await giveBack(stage, options, results);
    break;
  }
  return results;
}

async function playStage(stage: Stage, options: PlayOptions, results: StageResult[]): Promise<Outcome> {
  const { azure, script, faults, endpointId, target, requests, onStage } = options;
  const { cast } = script;
  const isStart = stage.kind === "start";
  await azure.setRules(isStart ? deploymentRules(faults, cast) : scoringRules(faults, cast, stage.step));
  azure.takeLoad();
  const from = await azure.now();
  const { outcome, verdicts, held, asked } = await updateWithPatience(stage, options);
  const during = together(held, azure.takeLoad());
  const updatedAt = await azure.now();
  const isDone = outcome.kind === "done";
  if (isDone && isStart) await learn(azure, target, cast, faults);
  await azure.run(SPEED.load);
  const since = await azure.now();
  const after = isDone ? await azure.measure(requests, stage.minutes) : undefined;
  const to = await azure.now();
  const copies = isDone && stage.mirrored > 0 ? await azure.copies(endpointId, cast.candidate, since, to) : undefined;
  const result = stageResult({ stage, outcome, verdicts, asked, during, after, copies, from, updatedAt, to }, cast);
  results.push(result);
  onStage(result);
  return outcome;
}

/** A gate that has too little to go on holds the step, as it would hold a rollout: more requests are sent, and it is asked again. */
async function updateWithPatience(stage: Stage, { engine, azure, requests }: PlayOptions) {
  let held = emptyTally();
  for (let ask = 1; ; ask += 1) {
    await azure.run(stage.kind === "start" ? SPEED.deployment : SPEED.step);
    const update = await engine.update(stage.edits, await azure.now());
    if (update.outcome.kind !== "inconclusive" || ask === MOST_ASKS) return { ...update, held, asked: ask };
    await azure.run(SPEED.load);
    // What was sent during the update counts as well.
    held = together(together(held, azure.takeLoad()), await azure.measure(requests, stage.minutes));
  }
}

/** Once both answer, what they answer without a fault is known, and the faults begin. */
async function learn(azure: RehearsedAzure, target: ScoringTarget, cast: Cast, faults: readonly RehearsedFault[]) {
  const problem = await azure.learn(target, [cast.stable, cast.candidate]);
  if (problem !== undefined)
    throw new Failure(
      `the sample request is not answered, and a rehearsal with it would say nothing: ${problem}; give another with --data`,
      EXIT.refused,
    );
  await azure.setRules(scoringRules(faults, cast, 0));
}

async function giveBack(stopped: Stage, options: PlayOptions, results: StageResult[]): Promise<void> {
  const stage = abortStageFor(await options.engine.open(), stopped.step);
  if (stage !== undefined) await playStage(stage, options, results);
}
