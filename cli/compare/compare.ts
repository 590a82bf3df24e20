import { answerPairs } from "../../components/evidence/answerPairs";
import { readRequests } from "../../components/evidence/readRequests";
import { saveWorst } from "../../components/evidence/saveWorst";
import { Scoring } from "../../components/evidence/scoring";
import { compareAnswers } from "../../components/gates/compare";
import type { Comparison } from "../../components/gates/compare";
import { openAzure } from "../azure/session";
import { openRollout } from "../stack/openRollout";
import type { RolloutChoice } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { chooseTried } from "../trial/chosen";

export interface CompareOptions extends RolloutChoice {
  /** File with a request on each line, from where the command runs. */
  readonly data: string;
  /** @default the candidate */
  readonly deployment?: string;
  readonly tolerance: number;
  readonly slice?: string;
  /** Percent of the predictions that may differ. @default any */
  readonly maxPercent?: number;
  /** File for the worst differences. @default one in the temporary folder */
  readonly save?: string;
}

/** What `mlflow-rollout compare --json` prints. */
export interface CompareResult extends Omit<Comparison, "differences"> {
  readonly schemaVersion: 1;
  /** `organization/project/stack`. */
  readonly stack: string;
  readonly endpoint: string;
  readonly deployment: string;
  readonly stable: string;
  readonly data: string;
  readonly requests: number;
  readonly tolerance: number;
  readonly slice?: string;
  readonly maxPercent?: number;
  /** Where the worst differences are; left out when there is none. */
  readonly worst?: string;
  readonly exitCode: ExitCode;
}

/**
 * Sends a recorded set of requests to one deployment and to the stable one by their headers, and compares their answers. The
 * weights stay as they are, and Azure is only read.
 *
 * @param progress - gets how many of the requests are done
 * @throws Failure when there is nothing to send, or nobody to compare with
 */
export async function runCompare(
  options: CompareOptions,
  signal?: AbortSignal,
  progress?: (done: number, all: number) => void,
): Promise<CompareResult> {
  const { data, tolerance, slice, maxPercent } = options;
  const requests = await readRequests(data).catch((error: Error) => {
    throw new Failure(`--data: ${error.message}`, EXIT.usage);
  });
  const rollout = await openRollout(options, signal);
  const azure = await openAzure(rollout, signal);
  const { endpoint, deployments } = await azure.readRollout();
  if (endpoint === undefined) throw new Failure('there is no endpoint yet; "pulumi up" creates it');
  const { candidate = "" } = rollout.file.config(rollout.namespace);
  const chosen = chooseTried({
    endpoint,
    deployments,
    candidate: candidate === "" ? undefined : candidate,
    wanted: options.deployment,
  });
  const { tried, stable } = chosen;
  if (stable === undefined)
    throw new Failure(`${tried.name} is the stable deployment; name another one with --deployment`, EXIT.usage);
  const scoring = new Scoring(azure, endpoint);
  const names = { candidate: tried.name, stable: stable.name };
  const pairs = await answerPairs(
    (...request) => scoring.send(...request),
    { ...names, requests },
    signal,
    (done) => progress?.(done, requests.length),
  );
  const { differences, ...comparison } = compareAnswers({ tolerance, ...(slice !== undefined && { slice }) }, pairs);
  const worst = await saveWorst(differences, requests, options.save);
  return {
    schemaVersion: 1,
    stack: rollout.place.fullName,
    endpoint: endpoint.name,
    deployment: tried.name,
    stable: stable.name,
    data,
    requests: requests.length,
    tolerance,
    ...(slice !== undefined && { slice }),
    ...(maxPercent !== undefined && { maxPercent }),
    ...comparison,
    ...(worst !== undefined && { worst }),
    exitCode: exitCodeOf(comparison, maxPercent),
  };
}

/** Nothing compared is no success. */
export function exitCodeOf({ all }: Pick<Comparison, "all">, maxPercent = 100): ExitCode {
  return all.total > 0 && (100 * all.failed) / all.total <= maxPercent ? EXIT.done : EXIT.failed;
}
