import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { DOCS } from "../../driver/paths";
import { ENDPOINT, createWorkspace, deploymentBody, endpointBody, registerModel } from "../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../support/localAzure";

/**
 * What other tools send, in the order in which their documentation has them send it. The rows of docs/comparison.md, "Their
 * requests, replayed", are these tests.
 */
let azure: TestAzure;

beforeAll(async () => {
  azure = await TestAzure.start();
});

beforeEach(async () => {
  await azure.send("POST", "/_local/reset");
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green");
});

afterAll(() => azure.close());

type Weights = Readonly<Record<string, number>>;

/** A PUT of a declared endpoint, as a tool that replaces the resource sends it. */
async function putEndpoint(properties: object, tags: object = {}): Promise<number> {
  return (await azure.operate("PUT", ENDPOINT, { ...endpointBody(properties), tags })).status;
}

async function putDeployment(name: string, version: string): Promise<number> {
  return (await azure.operate("PUT", `${ENDPOINT}/deployments/${name}`, deploymentBody(azure, version))).status;
}

/** `azapi_update_resource`: reads the resource, merges the body of the configuration into it, and puts the whole. */
async function updateResource(traffic: Weights): Promise<number> {
  const { body } = await azure.arm("GET", ENDPOINT);
  const before = (valueAt(body, "properties.traffic") ?? {}) as Weights;
  return putEndpoint({ traffic: { ...before, ...traffic } });
}

async function live(): Promise<Weights> {
  const weights = Object.entries(((await azure.liveTraffic()) ?? {}) as Weights);
  return Object.fromEntries(weights.filter(([, weight]) => weight > 0));
}

/** A split that took as many applies as each tool needs. */
async function splitAt(candidate: number): Promise<void> {
  await putEndpoint({});
  await putDeployment("blue", "1");
  await putDeployment("green", "2");
  await putEndpoint({ traffic: { blue: 100 - candidate, green: candidate } });
}

describe("azure-native, weights on the endpoint", () => {
  test("the first apply with weights is refused: the deployments do not exist yet", async () => {
    expect(await putEndpoint({ traffic: { blue: 90, green: 10 } })).toBe(400);
    await splitAt(10);
    expect(await live()).toEqual({ blue: 90, green: 10 });
  });

  test("a new deployment and its first weight in one apply are refused: the endpoint is written first", async () => {
    await putEndpoint({});
    await putDeployment("blue", "1");
    await putEndpoint({ traffic: { blue: 100 } });
    expect(await putEndpoint({ traffic: { blue: 90, green: 10 } })).toBe(400);
    expect(await live()).toEqual({ blue: 100 });
  });

  test("an apply of a program that does not name the weights takes them to 0", async () => {
    await splitAt(10);
    expect(await putEndpoint({}, { team: "cardio" })).toBeLessThan(300);
    expect(await live()).toEqual({});
  });

  test("an apply overwrites weights that somebody gave back meanwhile", async () => {
    await splitAt(10);
    await putEndpoint({ traffic: { blue: 100, green: 0 } });
    await putEndpoint({ traffic: { blue: 75, green: 25 } });
    expect(await live()).toEqual({ blue: 75, green: 25 });
  });
});

describe("azapi", () => {
  test("azapi_update_resource reaches a split in one apply, after the deployments", async () => {
    await putEndpoint({});
    await putDeployment("blue", "1");
    await putDeployment("green", "2");
    expect(await updateResource({ blue: 90, green: 10 })).toBeLessThan(300);
    expect(await live()).toEqual({ blue: 90, green: 10 });
  });

  test("azapi_update_resource cannot take a deployment out of the weights: they are merged, and add up to 200", async () => {
    await splitAt(0);
    expect(await updateResource({ green: 100 })).toBe(400);
    expect(await live()).toEqual({ blue: 100 });
  });

  test("a changed tag of the endpoint's azapi_resource takes the weights to 0: they stand in another resource", async () => {
    await splitAt(10);
    expect(await putEndpoint({}, { team: "cardio" })).toBeLessThan(300);
    expect(await live()).toEqual({});
  });
});

describe("Bicep", () => {
  test("a template with weights is refused the first time: the endpoint stands before its deployments", async () => {
    expect(await putEndpoint({ traffic: { blue: 90, green: 10 } })).toBe(400);
  });

  test("the template without weights, deployed again, takes them to 0", async () => {
    await splitAt(10);
    await putEndpoint({});
    await putDeployment("blue", "1");
    await putDeployment("green", "2");
    expect(await live()).toEqual({});
  });
});

test("docs/comparison.md has a row for each of these tests", () => {
  const [, section = ""] = readFileSync(join(DOCS, "comparison.md"), "utf8").split("## Their requests, replayed");
  const rows = (section.split("\n## ")[0] ?? "").split("\n").filter((line) => line.startsWith("| "));
  const source = readFileSync(__filename, "utf8");
  const tests = [...source.matchAll(/^ {2}test\("(.+)", async/gm)].map(([, name]) => name);
  expect(rows.slice(2).map((row) => row.split("|")[2]?.trim().replaceAll("`", ""))).toEqual(tests);
});
