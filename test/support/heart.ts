import { ProgressiveMlflowEndpoint } from "../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Answers } from "./mockedAzure";
import { mockRun } from "./mocks";
import type { MockedRun } from "./mocks";

const FROM_JOB = "azureml://jobs/train-1/outputs/artifacts/paths/model";

/** Two deployments in a new workspace, all requests to the first one; models that are in Azure already. */
export const HEART: ProgressiveMlflowEndpointArgs = {
  resourceGroupName: "rg-heart",
  model: { name: "heart-classifier", versions: { "1": { uri: `${FROM_JOB}/1` }, "2": { uri: `${FROM_JOB}/2` } } },
  deployments: { default: { modelVersion: "1" }, "xgboost-model-2": { modelVersion: "2" } },
  traffic: { default: 100, "xgboost-model-2": 0 },
};

interface Setup {
  readonly answers?: Answers;
  readonly preview?: boolean;
  readonly options?: ComponentResourceOptions;
}

interface HeartRun {
  readonly run: MockedRun;
  readonly heart: ProgressiveMlflowEndpoint;
}

/** Registers `HEART`, with what is changed of it, against a mocked engine. */
export function declareHeart(
  changes: Partial<ProgressiveMlflowEndpointArgs> = {},
  setup: Setup = {},
): Promise<HeartRun> {
  return declare({ ...HEART, ...changes }, setup);
}

/** Registers one component named `heart` against a mocked engine and waits for all of it. */
export async function declare(
  args: ProgressiveMlflowEndpointArgs,
  { answers, preview = false, options }: Setup = {},
): Promise<HeartRun> {
  const run = await mockRun(answers, { preview });
  const heart = new ProgressiveMlflowEndpoint("heart", args, options);
  await run.settled();
  return { run, heart };
}
