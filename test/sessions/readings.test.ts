import { resources } from "@pulumi/azure-native";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
import type { Readings } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { valueAt } from "../support/localAzure";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";
import { EXAMPLE } from "../../driver/paths";

const WEIGHT_STEP = ["PUT deployments", "PUT onlineEndpoints via"];

let rehearsal: Rehearsal;
let tags: Record<string, string>;

/** The example's program with tags. */
function program(): Promise<Record<string, unknown>> {
  process.chdir(EXAMPLE);
  const { versions = {}, ...rollout } = readRollout();
  const { name: resourceGroupName } = new resources.ResourceGroup("heart-classifier");
  const model = { name: "heart-classifier", versions };
  const { endpointName } = new ProgressiveMlflowEndpoint("heart", { ...rollout, resourceGroupName, model, tags });
  return Promise.resolve({ endpointName });
}

/** What an up writes. */
async function writesOfUp(): Promise<readonly string[]> {
  return writesOf(await rehearsal.armTrace(() => rehearsal.stack.up()));
}

/** The live weights above 0: readings differ in what they answer of the others. */
async function served(): Promise<Record<string, number>> {
  const weights = Object.entries((await rehearsal.liveTraffic()) as Record<string, number>);
  return Object.fromEntries(weights.filter(([, weight]) => weight > 0));
}

describe.each<[string, Partial<Readings>]>([
  ["clears omitted weights and keeps a deleted deployment in the map", { deletedWeightStays: true }],
  ["keeps omitted weights and answers no zeros", { omittedTrafficClears: false, zeroWeightsAnswered: false }],
  ["keeps a failed deployment until it is deleted", { failedDeploymentStays: true }],
  ["reads models from its own datastores alone", { datastoresNeedRole: true }],
])("on an Azure that %s", (_, readings) => {
  beforeAll(async () => {
    tags = {};
    rehearsal = await Rehearsal.start(readings, program);
  });

  afterAll(() => rehearsal.close());

  test("the first up brings 90/10", async () => {
    rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 90, [GREEN]: 10 } });
    await rehearsal.stack.up();
    expect(await served()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
  });

  test("a step to 0/100 is one write, and the next up writes nothing", async () => {
    rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 0, [GREEN]: 100 } });
    expect(await writesOfUp()).toEqual(WEIGHT_STEP);
    expect(await served()).toEqual({ [GREEN]: 100 });
    expect(await writesOfUp()).toEqual([]);
  });

  test("a change of tags keeps the weights", async () => {
    tags = { team: "cardiology" };
    await rehearsal.stack.up();
    const [endpoint] = await rehearsal.resources("/onlineEndpoints");
    expect(valueAt(endpoint, "tags.team")).toBe("cardiology");
    expect(await served()).toEqual({ [GREEN]: 100 });
  });

  test("the old deployment leaves, and the next up writes nothing", async () => {
    rehearsal.stack.configure({ ...BOTH, deployments: { [GREEN]: { modelVersion: "2" } } });
    expect(await writesOfUp()).toEqual([...WEIGHT_STEP, "DELETE onlineEndpoints/deployments"]);
    expect(await served()).toEqual({ [GREEN]: 100 });
    expect(await writesOfUp()).toEqual([]);
  });
});
