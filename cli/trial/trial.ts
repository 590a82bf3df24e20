import type { DeploymentArgs } from "../../components/args";
import { scoringCredential } from "../../components/azure/scoringCredential";
import { sendTo } from "../../components/azure/scoringRequest";
import type { Reply, ScoringRequest } from "../../components/azure/scoringRequest";
import { entryOf } from "../../components/values/shape";
import { openAzure } from "../azure/session";
import { openRollout } from "../stack/openRollout";
import type { OpenRollout, RolloutChoice } from "../stack/openRollout";
import { EXIT } from "../terminal/exitCodes";
import type { ExitCode } from "../terminal/exitCodes";
import { Failure } from "../terminal/failure";
import { isSameAnswer, triedDeployment } from "./answers";
import type { TriedDeployment } from "./answers";
import { chooseTried } from "./chosen";
import type { Chosen, Tried } from "./chosen";
import { findSample } from "./sample";

export interface TrialOptions extends RolloutChoice {
  /** @default the candidate */
  readonly deployment?: string;
  /** File of the sample request, from where the command runs. */
  readonly data?: string;
  /** How many are sent to each deployment. */
  readonly requests: number;
}

/** What `mlflow-rollout test --json` prints. */
export interface TrialResult {
  readonly schemaVersion: 1;
  /** `organization/project/stack`. */
  readonly stack: string;
  readonly endpoint: string;
  /** Where the sample request is from. */
  readonly sample: string;
  readonly tried: TriedDeployment;
  /** Left out when the stable deployment is the one that is tried, or none clearly is. */
  readonly stable?: TriedDeployment;
  /** Whether both answer the same; left out when one does not answer. */
  readonly isEqual?: boolean;
  readonly exitCode: ExitCode;
}

/**
 * Sends the sample request to one deployment by its header, and to the stable one. The weights stay as they are, and Azure
 * is only read.
 *
 * @throws Failure when there is nothing to send, or nobody to send it to
 */
export async function runTrial(options: TrialOptions, signal?: AbortSignal): Promise<TrialResult> {
  const rollout = await openRollout(options, signal);
  const { place, component } = rollout;
  if (component?.endpointId === undefined) throw noEndpoint(`stack ${place.fullName} has no endpoint yet`);
  const azure = await openAzure(rollout, signal);
  const { endpoint, deployments } = await azure.readRollout();
  if (endpoint === undefined) throw noEndpoint(`Azure does not have the endpoint ${component.endpointId}`);
  const { scoringUri } = endpoint;
  if (scoringUri === undefined)
    throw new Failure(`endpoint ${endpoint.name} has no address yet: it is ${endpoint.state}`, EXIT.inProgress);
  const chosen = chooseTried({ endpoint, deployments, candidate: candidateOf(rollout), wanted: options.deployment });
  const sample = findSample({ ...options, data: options.data, models: modelFolders(rollout, chosen) });
  const credential = await scoringCredential(azure, endpoint).finally(() => signal?.throwIfAborted());
  const replies = await sendAll(chosen, { scoringUri, credential, body: sample.body, signal }, options.requests);
  const [tried, stable] = [chosen.tried, chosen.stable].map(
    (one, index) => one && triedDeployment(one, replies[index] ?? []),
  );
  if (tried === undefined) throw new Error("nothing was tried");
  const isEqual = isSameAnswer(tried, stable);
  return {
    schemaVersion: 1,
    stack: place.fullName,
    endpoint: endpoint.name,
    sample: sample.from,
    tried,
    ...(stable !== undefined && { stable }),
    ...(isEqual !== undefined && { isEqual }),
    exitCode: exitCodeOf([tried, ...(stable ? [stable] : [])]),
  };
}

/** By turns, so that what slows one down slows down the other. */
async function sendAll({ tried, stable }: Chosen, request: ScoringRequest, times: number): Promise<readonly Reply[][]> {
  const targets = [tried, ...(stable ? [stable] : [])];
  const replies: Reply[][] = targets.map(() => []);
  for (let sent = 0; sent < times; sent += 1)
    for (const [index, { name }] of targets.entries()) replies[index]?.push(await sendTo(name, request));
  return replies;
}

/** One that Azure still works on may answer when it is done. */
export function exitCodeOf(all: readonly Pick<TriedDeployment, "failed" | "state">[]): ExitCode {
  const failing = all.filter(({ failed }) => failed > 0);
  if (failing.length === 0) return EXIT.done;
  return failing.every(({ state }) => /^(Creating|Updating|Scaling)$/.test(state)) ? EXIT.inProgress : EXIT.degraded;
}

/** As config names it. */
function candidateOf({ file, namespace }: OpenRollout): string | undefined {
  const { candidate = "" } = file.config(namespace);
  return candidate === "" ? undefined : candidate;
}

/** As stack config has them: folders of the project, or nothing for a model that is in Azure alone. */
function modelFolders({ declared }: OpenRollout, { tried, stable }: Chosen): readonly string[] {
  return [tried, stable].flatMap((one) => folderOf(one) ?? []);

  function folderOf(one: Tried | undefined): string | undefined {
    const deployments: Readonly<Record<string, DeploymentArgs>> = declared.deployments;
    const version = one && entryOf(deployments, one.name)?.modelVersion;
    const model = version === undefined ? undefined : entryOf(declared.versions ?? {}, version);
    return model !== undefined && "path" in model && typeof model.path === "string" ? model.path : undefined;
  }
}

function noEndpoint(what: string): Failure {
  return new Failure(`${what}; "pulumi up" creates it`);
}
