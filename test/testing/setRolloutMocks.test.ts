import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import { setRolloutMocks } from "azure-mlflow-rollout/testing";
import type { RolloutMocks } from "azure-mlflow-rollout/testing";
import { afterEach, describe, expect, test } from "vitest";
import { HEART } from "../support/heart";
import { MockedRun, settle } from "../support/mocks";
import { DOCS } from "../../driver/paths";

const UNIT_TEST = join(__dirname, "example");
const SERVED = { default: 90, "xgboost-model-2": 10 };
const GUIDE = readFileSync(join(DOCS, "testing.md"), "utf8");

const valueOf = async <T>(output: pulumi.Output<T>): Promise<T> => (await settle(output)).value;

describe("a user's unit test", () => {
  test.for(["program.mjs", "program.test.mjs"])("%s is the one of the docs", (file) => {
    expect(GUIDE).toContain(readFileSync(join(UNIT_TEST, file), "utf8"));
  });

  test("passes, with the package as it is installed and without the mocks of these tests", async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", join(UNIT_TEST, "program.test.mjs")]);
    expect(stdout).toMatch(/pass 2\n/);
    expect(stdout).toMatch(/fail 0\n/);
  });
});

describe("setRolloutMocks", () => {
  // One test's program must not end in the mocks of the next one.
  afterEach(() => new MockedRun().settled());

  test.for<[string, RolloutMocks]>([
    ["without mocks of its own", {}],
    ["with resources and calls as Pulumi's guide has them", { newResource: echoed, call: ({ inputs }) => inputs }],
    ["with calls that answer nothing", { call: () => ({}) }],
  ])("%s, a program gets the declared weights and ids as Azure has them", async ([, mocks]) => {
    await setRolloutMocks(mocks);
    const heart = new ProgressiveMlflowEndpoint("heart", { ...HEART, traffic: SERVED });
    expect(await valueOf(heart.traffic)).toEqual(SERVED);
    expect(await valueOf(heart.scoringUri)).toBe("https://heart-classifier-abcde.example.net/score");
    expect(await valueOf(heart.endpointId)).toMatch(/^\/subscriptions\/.*\/onlineEndpoints\/heart-classifier-abcde$/);
    expect(Object.keys(await valueOf(heart.deploymentIds))).toEqual(Object.keys(SERVED));
  });

  test("what a test says of a resource or a call is kept", async () => {
    await setRolloutMocks({
      newResource: ({ type, name, inputs }) => ({
        id: `${name}-id`,
        state: type.endsWith(":RandomString") ? { ...inputs, result: "zzzzz" } : inputs,
      }),
      call: ({ token }) => (token.endsWith(":getResourceGroup") ? { location: "norwayeast" } : undefined),
    });
    const group = new ResourceGroup("group", { tags: { owner: "me" } });
    const heart = new ProgressiveMlflowEndpoint("heart", { ...HEART, traffic: SERVED });
    expect(await valueOf(heart.endpointName)).toBe("heart-classifier-zzzzz");
    expect(await valueOf(group.tags)).toEqual({ owner: "me" });
  });

  test("stacks, projects and previews are those that are asked for", async () => {
    await setRolloutMocks({}, "shop", "prod", true);
    const heart = new ProgressiveMlflowEndpoint("heart", { ...HEART, traffic: SERVED });
    expect([pulumi.getProject(), pulumi.getStack()]).toEqual(["shop", "prod"]);
    expect((await settle(heart.endpointId)).known).toBe(false);
    expect((await settle(heart.deploymentHeader)).value).toBe("azureml-model-deployment");
  });

  test("a component with an adopted workspace gives its key", async () => {
    await setRolloutMocks();
    const heart = new ProgressiveMlflowEndpoint("heart", {
      ...HEART,
      authMode: "Key",
      workspace: { existingName: "mlw-shared" },
      traffic: SERVED,
    });
    expect(await valueOf(heart.workspaceName)).toBe("mlw-shared");
    expect(await settle(heart.primaryKey())).toEqual({ value: "primary-key", known: true, secret: true });
  });

  test("resources with transforms of their own are taken", async () => {
    await setRolloutMocks();
    const group = new ResourceGroup("group", {}, { transforms: [async () => undefined] });
    expect((await settle(group.id)).known).toBe(true);
  });

  test("rules on the arguments are checked", async () => {
    await setRolloutMocks();
    expect(() => new ProgressiveMlflowEndpoint("heart", { ...HEART, traffic: { default: 90 } })).toThrow(
      /invalid arguments, nothing was written/,
    );
  });
});

function echoed({ name, inputs }: pulumi.runtime.MockResourceArgs): pulumi.runtime.MockResourceResult {
  return { id: `${name}_id`, state: inputs as Record<string, unknown> };
}
