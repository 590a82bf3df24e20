import type { MetricAnswers } from "../../components/azure/metricValues";
import { EXIT } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { findSample } from "../trial/sample";
import type { RehearsedEngine } from "./engine";
import type { RehearsedFault } from "./fault";
import { ALONE, openingOf } from "./opening";
import { metricSpan } from "./page";
import { SPEED, play } from "./play";
import { scriptFor } from "./prepared";
import type { RehearsedAzure } from "./rehearsedAzure";
import { rehearsalResult } from "./result";
import type { RehearsalResult } from "./result";
import { stageText } from "./text";

export interface RehearsalOptions {
  readonly engine: RehearsedEngine;
  readonly azure: RehearsedAzure;
  /** Folder that the paths of models in stack config are relative to. */
  readonly programFolder: string;
  /** Full path of the candidate's model, where stack config does not declare it. */
  readonly model: string | undefined;
  /** File with the sample request, as it was typed. */
  readonly data: string | undefined;
  readonly faults: readonly RehearsedFault[];
  /** In each stage. */
  readonly requests: number;
  readonly say: (text: string) => void;
}

/** What was played, and what the dashboard's page shows of it beside. */
export interface Rehearsed {
  readonly result: Omit<RehearsalResult, "seconds">;
  readonly endpointId: string;
  readonly metrics: MetricAnswers;
}

/**
 * Plays the rollout that a project declares: the stable deployment alone, its candidate, and each stage of the plan.
 *
 * @throws Failure when there is nothing to play, or it cannot begin
 */
export async function rehearse(options: RehearsalOptions): Promise<Rehearsed> {
  const { engine, azure, model, faults, requests, say } = options;
  await engine.init();
  await engine.look((parts) => azure.make(parts));
  const { values, candidate } = engine.declared();
  const declared = openingOf(values, candidate, model !== undefined);
  await azure.run(SPEED.first);
  say("up      the stable deployment alone");
  const first = await engine.update(declared?.alone ?? ALONE, await azure.now());
  if (first.outcome.kind !== "done")
    throw new Failure(`the first update failed:\n${first.outcome.reasons.join("\n")}`, EXIT.refused);
  const rollout = await engine.open();
  const { programFolder } = options;
  const choice = { programFolder, ...(declared && { declared }), ...(model !== undefined && { model }) };
  const script = scriptFor(rollout, choice, faults);
  const endpointId = rollout.component?.endpointId;
  if (endpointId === undefined) throw new Failure("the first update has made no endpoint", EXIT.failed);
  const folders = Object.values(rollout.declared.versions ?? {}).flatMap(({ path }) =>
    path === undefined ? [] : [path],
  );
  const sample = findSample({
    cwd: programFolder,
    data: options.data,
    models: [...folders, ...(model ? [model] : [])],
  });
  const target = await azure.target(endpointId, sample.body);
  azure.startLoad(target);
  const { cast, component } = script;
  const stages = await play({
    engine,
    azure,
    script,
    faults,
    endpointId,
    target,
    requests,
    onStage: (stage) => say(stageText(stage, cast.candidate)),
  });
  const about = { stack: engine.stack, component, ...cast, faults: faults.map(({ text }) => text) };
  const result = rehearsalResult(about, stages);
  return { result, endpointId, metrics: await azure.metrics(endpointId, metricSpan(result)) };
}
