import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { readMlModel } from "../../../components/contract/modelContract";
import { beforeDeployment } from "../../../components/hooks/deployment";
import { beforeTraffic } from "../../../components/hooks/traffic";
import type { DeployedModels } from "../../../components/hooks/deployedModels";
import { readLive } from "../../../components/hooks/context";
import { reportLive } from "../../../components/hooks/report";
import type { StepOrder } from "../../../components/hooks/context";
import type { Weights } from "../../../components/rollout/weights";
import { HEART_PATH, liveDeployment, liveEndpoint, modelId, rollout, trafficInputs } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";
import type { Answers } from "../../support/mockedAzure";
import { column, mlModelText } from "../../support/mlModelText";

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
  const versions = { "1": { contract: contractOf("long") }, "3": { contract: contractOf("string") } };
  return {
    model: { name: "heart-classifier", versions },
    contracts,
    preflights: { green: ["models/green/conda.yaml has no mlflow"] },
    unreadable: {},
    modelVersions: { default: "1", green: "2" },
  };
}

async function contextOf(deployedModels: DeployedModels, more: Partial<Parameters<typeof rollout>[0]> = {}) {
  const { context } = await rollout({ traffic: STEP, answers: ANSWERS, deployedModels, ...more });
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
    const hook = beforeDeployment(await contextOf(modelsWith("string"), { policy: { maxInitialWeight: 10 } }), {
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
  const line = "contract default -> green is not compared: only models with path have their files at hand";
  expect(info.mock.calls.slice(1)).toEqual([[line, context.component]]);
});

test("the preflight of a model is said when its deployment is created, not when it is updated", async () => {
  const context = await contextOf(modelsWith("long"), { policy: { maxInitialWeight: 10 } });
  await beforeDeployment(context, { newInputs: NEW_DEPLOYMENT, oldInputs: NEW_DEPLOYMENT });
  expect(warn).not.toHaveBeenCalled();
  await beforeDeployment(context, { newInputs: NEW_DEPLOYMENT, oldInputs: undefined });
  const lines = "model of green:\nmodels/green/conda.yaml has no mlflow";
  expect(warn.mock.calls).toEqual([[lines, context.component]]);
});

/** What a step says or refuses whose stable deployment runs `model`; an error when it cannot be read. */
async function stepWith(deployment: Answers[string], accepted?: string, traffic: Weights = STEP) {
  const { context, run } = await rollout({
    traffic,
    answers: { ...ANSWERS, getOnlineDeployment: deployment },
    deployedModels: modelsWith("string", accepted),
    preview: true,
  });
  const hook = beforeTraffic(context, { newInputs: trafficInputs(traffic), oldInputs: undefined });
  const refusal = await hook.then(
    () => undefined,
    (error: Error) => error.message,
  );
  const reads = run.calls.filter(({ token }) => token.endsWith(":getOnlineDeployment")).length;
  const compared = reportLive(context, await readLive(context, HEART_PATH)).contracts.map(({ verdict }) => verdict);
  return { refusal, reads, compared, said: info.mock.calls.map(([text]) => text).slice(1) };
}

describe("the stable deployment is compared by the model that it runs", () => {
  const breaks = `the traffic step is refused, nothing was written:\n${REFUSED.split("\n").slice(1).join("\n")}`;
  const denied = azureError(403, "AuthorizationFailed", "no");
  const unread =
    /its model cannot be compared with that of default, which serves: cannot read default: .*AuthorizationFailed/;
  const not = (reason: string) => [`contract default -> green is not compared: ${reason}`];

  test("that is declared for it", async () => {
    const { refusal, reads } = await stepWith(liveDeployment("Succeeded", modelId("1")));
    expect(refusal).toBe(breaks);
    expect(reads).toBe(1);
  });

  test("when it leaves with the step", async () => {
    const { refusal } = await stepWith(liveDeployment("Succeeded", modelId("1")), undefined, { green: 100 });
    expect(refusal?.split("\n").at(-1)).toBe(breaks.split("\n").at(-1));
  });

  test("when somebody has given it another one", async () => {
    const { refusal, said, compared } = await stepWith(liveDeployment("Succeeded", modelId("3")));
    expect(refusal).toBeUndefined();
    expect(compared).toEqual(["compatible"]);
    expect(said).toEqual([]);
  });

  test.each<[string, Answers[string], string]>([
    ["has no model", { properties: { provisioningState: "Succeeded" } }, "deployment default has no model"],
    [
      "runs a model that is not declared, in a workspace that is not known yet",
      liveDeployment("Succeeded", modelId("2")),
      "the workspace of the live model of default is not known yet",
    ],
    ["is gone", NOT_FOUND, "Azure has no deployment default"],
  ])("and the reason is said when it %s", async (_, deployment, reason) => {
    const { refusal, said, compared } = await stepWith(deployment);
    expect(refusal).toBeUndefined();
    expect(said).toEqual(not(reason));
    expect(compared).toEqual([]);
  });

  test("and a failed read is no answer: it refuses, unless a break is accepted", async () => {
    expect((await stepWith(denied)).refusal).toMatch(unread);
    const accepted = await stepWith(denied, "all send text");
    expect(accepted.refusal).toBeUndefined();
    expect(accepted.said.at(-1)).toMatch(/^contract default -> green is not compared: cannot read default: /);
  });
});

describe("on the way back", () => {
  const GONE = { unreadable: { "1": "gone", "2": "gone" } };
  const back = {
    getOnlineEndpoint: liveEndpoint({
      traffic: { default: 50, green: 50 },
      recorded: "default=50 green=50",
      tags: { "mlflow-rollout-stable": "default" },
    }),
  };

  test("no model is asked for or read, and no missing folder refuses", async () => {
    const { context, run } = await rollout({
      traffic: STEP,
      answers: { ...back, getOnlineDeployment: azureError(403, "AuthorizationFailed", "no") },
      deployedModels: { ...modelsWith("string"), ...GONE },
      preview: true,
    });
    context.order = {
      decision: Promise.resolve({ isTrafficFirst: true, missing: [] }),
      beginStep: () => undefined,
    } as unknown as StepOrder;
    const step = { newInputs: trafficInputs(STEP), oldInputs: trafficInputs({ default: 50, green: 50 }) };
    await expect(beforeTraffic(context, step)).resolves.toBeUndefined();
    expect(run.calls.filter(({ token }) => token.endsWith(":getOnlineDeployment"))).toEqual([]);
  });

  test("a step that gives a candidate more weight needs the files of all that get requests", async () => {
    const context = await contextOf({ ...modelsWith("long"), ...GONE });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    const lines = ["1", "2"].map((version) => `  - model.versions.${version}.path: gone`);
    await expect(hook).rejects.toThrow(["the traffic step is refused before its write:", ...lines].join("\n"));
  });
});
