import { join } from "node:path";
import { expect, test } from "vitest";
import { declareHeart } from "../../support/heart";
import { liveEndpoint } from "../../support/hooks";
import { settle } from "../../support/mocks";
import { MODELS } from "../../../driver/paths";

const NAMES = ["constructor", "hasOwnProperty", "toString", "valueOf", "isPrototypeOf", "then"];

test("deployments whose names every object has are declared as any other, and their hooks pass", async () => {
  const deployments = Object.fromEntries(NAMES.map((name) => [name, { modelVersion: "1" }]));
  const traffic = Object.fromEntries(NAMES.map((name, index) => [name, index === 0 ? 100 : 0]));
  const versions = { "1": { path: join(MODELS, "blue") } };
  const args = { model: { name: "heart", versions }, deployments, traffic, checkQuota: false };
  const answers = { getOnlineEndpoint: liveEndpoint({ traffic: {} }) };
  const { run, heart } = await declareHeart(args, { answers });
  const steps = run.children.filter(({ type }) => type.endsWith(":OnlineDeployment"));
  expect(steps.map(({ inputs }) => inputs["deploymentName"])).toEqual(NAMES);
  for (const { hooks, inputs } of steps) for (const hook of hooks.beforeCreate ?? []) await run.runHook(hook, inputs);
  const { value } = await settle(heart.traffic);
  expect(Object.keys(value).toSorted()).toEqual(NAMES.toSorted());
  const { parameters } = run.resource("heart-traffic").inputs["properties"] as {
    parameters: { traffic: { value: object } };
  };
  const written = Object.entries(parameters.traffic.value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  expect(written).toEqual(Object.entries(traffic).toSorted(([a], [b]) => (a < b ? -1 : 1)));
});
