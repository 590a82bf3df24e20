import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readMlModel } from "../../components/contract/readMlModel";
import { beforeDeployment } from "../../components/live/beforeDeployment";
import { beforeTraffic } from "../../components/live/beforeTraffic";
import type { DeployedModels } from "../../components/resources/deployedModels";
import type { RolloutPolicyArgs } from "../../components/rollout/policy";
import { HEART_PATH, liveDeployment, liveEndpoint, rollout, trafficInputs } from "../support/hooks";
import { column, mlModelText } from "../support/mlModelText";

const STEP = { default: 90, green: 10 };
const ANSWERS = {
  getOnlineDeployment: liveDeployment("Succeeded"),
  getOnlineEndpoint: liveEndpoint({ traffic: { default: 100 }, recorded: "default=100" }),
};
const NEW_DEPLOYMENT = { ...HEART_PATH, deploymentName: "green" };
const REFUSED =
  "before its write:\n  - traffic.green: breaks callers of default: input age is long -> string; keep long, or say " +
  "with deployments.green.acceptContract why callers can cope";

const info = vi.spyOn(pulumi.log, "info");
const warn = vi.spyOn(pulumi.log, "warn");
beforeEach(() => {
  for (const log of [info, warn]) log.mockReset().mockResolvedValue();
});

/** A candidate with an `age` of that type beside a stable deployment with `long`; undefined for files not at hand. */
function modelsWith(type: string | undefined, accepted?: string): DeployedModels {
  const contractOf = (age: string) => readMlModel(mlModelText({ inputs: [column("age", age)] }));
  const contracts = {
    default: { contract: contractOf("long"), accepted: undefined },
    green: { contract: type === undefined ? undefined : contractOf(type), accepted },
  };
  return { contracts, preflights: { green: ["models/green/conda.yaml has no mlflow"] } };
}

async function contextOf(deployedModels: DeployedModels, policy: RolloutPolicyArgs = {}) {
  const { context } = await rollout({ traffic: STEP, policy, answers: ANSWERS, deployedModels });
  return context;
}

describe("a candidate that breaks callers", () => {
  test("is refused weight by the traffic step", async () => {
    const hook = beforeTraffic(await contextOf(modelsWith("string")), {
      newInputs: trafficInputs(STEP),
      oldInputs: undefined,
    });
    await expect(hook).rejects.toThrow(new Error(`the traffic step is refused ${REFUSED}`));
  });

  test("is refused before it is created, when the same step gives it weight", async () => {
    const hook = beforeDeployment(await contextOf(modelsWith("string"), { maxInitialWeight: 10 }), {
      newInputs: NEW_DEPLOYMENT,
      oldInputs: undefined,
    });
    await expect(hook).rejects.toThrow(new Error(`deployment green is refused ${REFUSED}`));
  });

  test("is only warned about when that is accepted", async () => {
    const context = await contextOf(modelsWith("string", "all send text"));
    await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    const line = "contract default -> green: input age is long -> string (accepted: all send text)";
    expect(warn.mock.calls).toEqual([[line, context.component]]);
  });
});

test("a compatible candidate is not mentioned", async () => {
  const context = await contextOf(modelsWith("long"));
  await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
  expect(warn).not.toHaveBeenCalled();
  expect(info).toHaveBeenCalledOnce();
});

test("a candidate that cannot be compared is mentioned once", async () => {
  const context = await contextOf(modelsWith(undefined));
  await beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
  const line = "contract of green is not checked: only models with path have their files at hand";
  expect(info.mock.calls.slice(1)).toEqual([[line, context.component]]);
});

test("the preflight of a model is said when its deployment is created, not when it is updated", async () => {
  const context = await contextOf(modelsWith("long"), { maxInitialWeight: 10 });
  await beforeDeployment(context, { newInputs: NEW_DEPLOYMENT, oldInputs: NEW_DEPLOYMENT });
  expect(warn).not.toHaveBeenCalled();
  await beforeDeployment(context, { newInputs: NEW_DEPLOYMENT, oldInputs: undefined });
  const lines = "model of green:\nmodels/green/conda.yaml has no mlflow";
  expect(warn.mock.calls).toEqual([[lines, context.component]]);
});
