import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { HEART, declare } from "../../support/heart";
import { liveDeployment, liveEndpoint } from "../../support/hooks";
import type { Answers } from "../../support/mockedAzure";
import type { MockedRun, WireValues } from "../../support/mocks";

const UNTOUCHED = liveEndpoint({ traffic: { default: 100 }, recorded: "default=100" });
const EDITED = liveEndpoint({ traffic: { default: 50, "xgboost-model-2": 50 }, recorded: "default=100" });
const SECRETS = { tags: pulumi.secret({ team: "cardio" }), resourceGroupName: pulumi.secret("rg-heart") };

beforeEach(() => {
  vi.spyOn(pulumi.log, "info").mockResolvedValue();
});

async function declareSecret(live: Answers[string], preview = false): Promise<MockedRun> {
  const answers = { getOnlineEndpoint: live, getOnlineDeployment: liveDeployment("Succeeded") };
  return (await declare({ ...HEART, ...SECRETS }, { preview, answers })).run;
}

/** The inputs as a preview has them when the tags depend on something that is made later. */
function withUnknownTags(inputs: WireValues): WireValues {
  const secretTags = {
    value: { [pulumi.runtime.specialSigKey]: pulumi.runtime.specialSecretSig, value: pulumi.runtime.unknownValue },
  };
  return JSON.parse(
    JSON.stringify(inputs, (key, value: unknown) => (key === "tags" ? secretTags : value)),
  ) as WireValues;
}

describe("the hooks of a component with secret tags in a secret resource group, given its inputs by the engine,", () => {
  test("find the endpoint in them", async () => {
    const run = await declareSecret(UNTOUCHED);
    run.calls.length = 0;
    await run.runHook("heart:before-deployment", run.resource("heart-deployment-default").inputs);
    await run.runHook("heart:before-traffic", run.resource("heart-traffic").inputs);
    await run.runHook("heart:after-traffic", run.resource("heart-traffic").inputs);
    const reads = run.calls.filter(({ token }) => token.endsWith(":getOnlineEndpoint"));
    const endpoint = {
      resourceGroupName: "rg-heart",
      workspaceName: "mlw-abcde",
      endpointName: "heart-classifier-abcde",
    };
    expect(reads.map(({ inputs }) => inputs as unknown)).toEqual([endpoint, endpoint, endpoint]);
  });

  test("refuse with a message that shows no secret", async () => {
    const run = await declareSecret(EDITED);
    const { inputs } = run.resource("heart-traffic");
    expect(JSON.stringify(inputs)).toContain("cardio");
    const refusal = await run.runHook("heart:before-traffic", inputs).catch(String);
    expect(refusal).toContain(
      "the live traffic is default=50 xgboost-model-2=50, the last applied here is default=100",
    );
    expect(refusal).not.toContain("cardio");
  });

  test("refuse in a preview that does not know all of a secret", async () => {
    const { inputs } = (await declareSecret(EDITED)).resource("heart-traffic");
    const preview = await declareSecret(EDITED, true);
    await expect(preview.runHook("heart:before-traffic", withUnknownTags(inputs))).rejects.toThrow(
      "the live traffic is default=50 xgboost-model-2=50",
    );
  });

  test("pass in the preview of a new stack, which knows nothing of the endpoint", async () => {
    const run = await declareSecret(UNTOUCHED, true);
    const steps = [
      ["heart:model-version", "heart-model-1"],
      ["heart:before-deployment", "heart-deployment-default"],
      ["heart:before-traffic", "heart-traffic"],
    ] as const;
    for (const [hook, resource] of steps) await run.runHook(hook, run.resource(resource).inputs);
    expect(run.calls.filter(({ token }) => token.endsWith(":getOnlineEndpoint"))).toEqual([]);
  });
});
