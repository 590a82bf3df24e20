import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { valueAt } from "../support/localAzure";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";

/** The tests of this file are the steps of the article: each goes on where the one before ended. */
let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
});

afterAll(() => rehearsal.close());

const WEIGHT_STEP = ["PUT deployments", "PUT onlineEndpoints via"];

test("the first up brings the workspace, version 1 and the endpoint with all requests on default", async () => {
  const { changes } = await rehearsal.stack.up();
  expect(Object.keys(changes)).toEqual(["create"]);
  expect(await deployments()).toEqual({ [BLUE]: { state: "Succeeded", version: "1" } });
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100 });
  expect(await rehearsal.resources("/workspaces/models/versions")).toHaveLength(1);
});

test("a second up changes nothing and writes nothing", async () => {
  const trace = await rehearsal.armTrace(async () => {
    const { changes } = await rehearsal.stack.up();
    expect(Object.keys(changes)).toEqual(["same"]);
  });
  expect(writesOf(trace)).toEqual([]);
});

test("version 2 is registered without a write to the endpoint", async () => {
  const { modelVersions } = BOTH;
  rehearsal.stack.configure({ modelVersions, deployments: { [BLUE]: { modelVersion: "1" } } });
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(writesOf(trace)).toEqual(["PUT models/versions"]);
  expect(await rehearsal.resources("/workspaces/models/versions")).toHaveLength(2);
});

test("green is deployed with weight 0, and the weights are verified again", async () => {
  configure(0);
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(writesOf(trace)).toEqual(["PUT onlineEndpoints/deployments", ...WEIGHT_STEP]);
  expect(await deployments()).toEqual({
    [BLUE]: { state: "Succeeded", version: "1" },
    [GREEN]: { state: "Succeeded", version: "2" },
  });
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100, [GREEN]: 0 });
});

test("the preview of 90/10 lists the traffic step alone and shows each weight", async () => {
  configure(10);
  const { changes, steps, text } = await rehearsal.stack.preview();
  expect(changes).toEqual({ same: expect.any(Number) as number, update: 2 });
  expect(steps).toEqual([
    "update azure-mlflow-rollout:index:ProgressiveMlflowEndpoint heart",
    "update azure-native:resources:Deployment heart-traffic",
  ]);
  expect(text).toContain("default        : 100 => 90");
  expect(text).toContain("xgboost-model-2: 0 => 10");
  expect(text).toContain("traffic  default 100 -> 90, xgboost-model-2 0 -> 10 (10 points move)");
});

test("90/10 is one write of the endpoint and none of a deployment", async () => {
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(writesOf(trace)).toEqual(WEIGHT_STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("0/100 is one write of the endpoint", async () => {
  configure(100);
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(writesOf(trace)).toEqual(WEIGHT_STEP);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 0, [GREEN]: 100 });
});

test("default leaves the program and is deleted after the weights without it are written", async () => {
  rehearsal.stack.configure({
    ...BOTH,
    deployments: { [GREEN]: { modelVersion: "2" } },
    candidate: GREEN,
    candidateTraffic: 100,
  });
  const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
  expect(writesOf(trace)).toEqual([...WEIGHT_STEP, "DELETE onlineEndpoints/deployments"]);
  expect(await deployments()).toEqual({ [GREEN]: { state: "Succeeded", version: "2" } });
  expect(await rehearsal.liveTraffic()).toEqual({ [GREEN]: 100 });
});

test("destroy is refused while protection is on, without a write", async () => {
  const trace = await rehearsal.armTrace(async () => {
    await expect(rehearsal.stack.destroy()).rejects.toThrow(
      /heart-deletion-protection" cannot be deleted\s+because it is protected/,
    );
  });
  expect(writesOf(trace)).toEqual([]);
});

test("protection goes without a write", async () => {
  const trace = await rehearsal.armTrace(async () => {
    const { text } = await rehearsal.stack.unprotect();
    expect(text).toContain(
      "warning: deletion protection is off: what is removed from the program is deleted in the same update",
    );
  });
  expect(writesOf(trace)).toEqual([]);
  expect(await rehearsal.liveTraffic()).toEqual({ [GREEN]: 100 });
});

test("then destroy leaves nothing behind", async () => {
  await rehearsal.stack.destroy();
  const { body } = await rehearsal.azure.send("GET", "/_local/state");
  expect(valueAt(body, "resources")).toEqual([]);
});

function configure(candidateTraffic: number): void {
  rehearsal.stack.configure({ ...BOTH, candidate: GREEN, candidateTraffic });
}

/** State and model version of each deployment. */
async function deployments(): Promise<Record<string, { state: unknown; version: unknown }>> {
  const found = await rehearsal.resources("/onlineEndpoints/deployments");
  return Object.fromEntries(
    found.map((document) => [
      String(document["name"]),
      {
        state: valueAt(document, "properties.provisioningState"),
        version: String(valueAt(document, "properties.model")).split("/").at(-1),
      },
    ]),
  );
}
