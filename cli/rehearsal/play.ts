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

/** Virtual seconds in one real second: a deployment of 9 minutes takes half a second, a traffic step of 20 s a third. */
export const SPEED = { deployment: 1200, step: 60 } as const;
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
  const { engine, azure, script, faults, endpointId, target, requests, onStage } = options;
  const { cast } = script;
  const isStart = stage.kind === "start";
  await azure.run(isStart ? SPEED.deployment : SPEED.step);
  await azure.setRules(isStart ? deploymentRules(faults, cast) : scoringRules(faults, cast, stage.step));
  azure.takeLoad();
  const from = await azure.now();
  const { outcome, verdicts } = await updateWithPatience(stage, options);
  const during = azure.takeLoad();
  const isDone = outcome.kind === "done";
  if (isDone && isStart) await learn(azure, target, cast, faults);
  const since = await azure.now();
  const after = isDone ? await azure.measure(requests, stage.minutes) : undefined;
  const to = await azure.now();
  const copies = isDone && stage.mirrored > 0 ? await azure.copies(endpointId, cast.candidate, since, to) : undefined;
  const result = stageResult({ stage, outcome, verdicts, during, after, copies, from, to }, cast);
  results.push(result);
  onStage(result);
  return outcome;

  /** A gate that has too little to go on holds the step, as it would hold a rollout. */
  async function updateWithPatience(held: Stage, { requests: more }: PlayOptions) {
    for (let ask = 1; ; ask += 1) {
      const update = await engine.update(held.edits, await azure.now());
      if (update.outcome.kind !== "inconclusive" || ask === MOST_ASKS) return update;
      await azure.measure(more, held.minutes);
    }
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
