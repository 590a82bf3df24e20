import { UNIMPLEMENTED, askEngineVersion } from "./askEngine";
import type { EngineAnswer } from "./askEngine";
import { engineTarget } from "./sdkInternals";

/**
 * The oldest Pulumi CLI. From 3.238 on a failing after-hook fails the update (before, a deployment that still serves would
 * be deleted), from 3.244 on every error of a provider reaches the error hooks; this is the oldest one that was tested.
 */
export const CLI_FLOOR = "3.245.0";
/** The first CLI that can be asked. */
const FIRST_THAT_ANSWERS = "3.217.0";

/** Engines that are new enough. A program that runs in a process has one after the other. */
const newEnough = new Set<string>();

/**
 * For the constructor, before anything is declared: why the engine is not new enough for the hooks, or undefined. A
 * program without an engine, such as a unit test with mocks, has none to ask.
 */
export function cliProblem(target: string | undefined = engineTarget()): string | undefined {
  if (target === undefined || newEnough.has(target)) return undefined;
  const refusal = cliRefusal(askEngineVersion(target, `>=${CLI_FLOOR}`));
  if (refusal === undefined) newEnough.add(target);
  return refusal;
}

/** Why a CLI that answers so is refused, or undefined. Pure. */
export function cliRefusal({ status, message }: EngineAnswer): string | undefined {
  if (status === 0) return undefined;
  const version = /version (\S+) does not satisfy/.exec(message)?.[1];
  if (version !== undefined) return tooOld(version);
  if (status === UNIMPLEMENTED) return tooOld(`before ${FIRST_THAT_ANSWERS}`);
  return `the Pulumi CLI does not say its version, and azure-mlflow-rollout needs ${CLI_FLOOR} or later: ${message} (status ${status})`;
}

function tooOld(version: string): string {
  return `the Pulumi CLI ${version} is too old for azure-mlflow-rollout: its hooks need ${CLI_FLOOR} or later; update it ("pulumi about" shows the version)`;
}
