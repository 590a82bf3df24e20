import { ResourceError } from "@pulumi/pulumi";
import { afterEach, describe, expect, test, vi } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../../components";
import { HEART, declareHeart } from "../../support/heart";
import { mockRun } from "../../support/mocks";

/** The arguments, and where model files stand. */
const SHOWN = { ...HEART, modelFiles: "default datastore of the workspace" };

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Declares a component that is refused and gives back the refusal and what was registered nevertheless. */
async function refused(changes: Partial<ProgressiveMlflowEndpointArgs>) {
  const run = await mockRun();
  const declare = () => new ProgressiveMlflowEndpoint("heart", { ...HEART, ...changes });
  const error = catchError(declare);
  await run.settled();
  return { error, run };
}

function catchError(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  return undefined;
}

describe("arguments that break a rule", () => {
  test("are refused all at once, without a stack trace", async () => {
    vi.stubEnv("MLFLOW_ROLLOUT_NOW", "yesterday");
    const { error } = await refused({
      resourceGroupName: "",
      endpointName: "1",
      policy: { maxIncrease: 0 },
      traffic: { default: 90, "xgboost-model-2": 20 },
    });
    expect(error).toBeInstanceOf(ResourceError);
    const { message, hideStack } = error as ResourceError;
    expect(hideStack).toBe(true);
    const [head, ...violations] = message.split("\n");
    expect(head).toBe("invalid arguments, nothing was written:");
    expect(violations.map((line) => /^ {2}- ([^:]+): ./.exec(line)?.[1])).toEqual([
      "resourceGroupName",
      "traffic",
      "endpointName",
      "policy.maxIncrease",
      "MLFLOW_ROLLOUT_NOW",
    ]);
  });

  test("leave nothing registered: no child, no read of Azure, no hook but the one that refuses the component", async () => {
    const { run } = await refused({ traffic: { default: 90 } });
    expect(run.children).toEqual([]);
    expect(run.hooks.map(({ name }) => name)).toEqual(["heart:arguments"]);
    expect(run.calls).toEqual([]);
  });
});

describe("inputs of the component, which a preview compares", () => {
  test("are the arguments, so that a step reads as a change of weights", async () => {
    const { run } = await declareHeart();
    expect(run.resource("heart").inputs).toEqual(SHOWN);
  });

  test("have no switches for one run: acceptLive, acceptLiveSettings and the instant", async () => {
    vi.stubEnv("MLFLOW_ROLLOUT_NOW", "2026-11-24T09:00:00Z");
    const { run } = await declareHeart({
      acceptLive: { default: 100 },
      acceptLiveSettings: { default: ["requestSettings"] },
    });
    expect(run.resource("heart").inputs).toEqual(SHOWN);
  });
});
