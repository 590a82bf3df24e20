import { cpSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { textAt, valueAt } from "../../driver/azureClient";
import { clearFaults, injectFaults } from "../../driver/faults";
import { MODELS } from "../../driver/paths";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** One endpoint that gets a candidate of every kind in turn, and at the end a second component beside it. */
let session: VerbSession;

const [VERSION, DEPLOYMENT, STEP] = ["PUT models/versions", "PUT onlineEndpoints/deployments", "PUT deployments"];
/** Where the component of another name stands beside that of the project. */
const TWO = `import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
const group = new ResourceGroup("heart");
const { versions = {}, ...rollout } = readRollout();
const common = { resourceGroupName: group.name, authMode: "Key" as const };
const heart = new ProgressiveMlflowEndpoint("heart", { ...rollout, ...common, workspace: {}, model: { name: "heart", versions } });
const { versions: others = {}, ...other } = readRollout(new pulumi.Config("stroke"));
const workspace = { existingResourceId: heart.workspaceId };
new ProgressiveMlflowEndpoint("stroke", { ...other, ...common, workspace, model: { name: "stroke", versions: others } });
`;
const STROKE = `config:
  stroke:modelVersions:
    "1": models/3
  stroke:deployments:
    model-1:
      modelVersion: "1"
`;

beforeAll(async () => {
  session = await VerbSession.open(true);
  await session.up();
});

afterAll(() => session.close());

/** Takes the candidate out of config; the next update deletes it. */
function dropCandidate(): void {
  const text = session.fileText() ?? "";
  const kept = text.replace(/ {4}model-[2-9]:\n {6}modelVersion: .*\n/, "").replaceAll(/ {2}heart:candidate.*\n/g, "");
  session.project.write("Pulumi.dev.yaml", kept);
}

test("a folder that was trained anew in place gets the next number, and what runs comes from the registry", async () => {
  cpSync(join(MODELS, "green"), join(session.project.folder, "models", "1"), { recursive: true });
  const run = await session.verb("start models/1 --yes");
  expect(run).toMatchObject({ code: EXIT.done, stderr: "", writes: [VERSION, DEPLOYMENT, STEP] });
  expect(session.config()).toMatchObject({
    modelVersions: { "1": { id: "azureml:heart:1" }, "2": "models/1" },
    deployments: { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } },
  });
  expect(await session.isSettled()).toBe(true);
});

test("a number that somebody else has registered is passed over", async () => {
  dropCandidate();
  const [first] = await session.azure.resources("/models/versions");
  const id = textAt(first, "id").replace(/[^/]+$/, "3");
  const { modelType, modelUri } = valueAt(first, "properties") as Readonly<Record<string, string>>;
  expect(await session.azure.operate("PUT", id, { properties: { modelType, modelUri } })).toMatchObject({
    status: 201,
  });
  const run = await session.verb("start models/2 --yes");
  expect(run).toMatchObject({ code: EXIT.done, stderr: "" });
  expect(run.writes).toEqual(expect.arrayContaining([VERSION, DEPLOYMENT, STEP]));
  expect(run.stdout).toContain(
    "\nthat number is taken; version 4 is the next one that is free\nstart  version 4 in model-4, with weight 0\n",
  );
  expect(session.config()).toMatchObject({ modelVersions: { "4": "models/2" }, candidate: "model-4" });
});

test("a registered version is deployed under its own number, without another registration", async () => {
  dropCandidate();
  const run = await session.verb("start azureml:heart:3 --yes");
  expect(run).toMatchObject({ code: EXIT.done, stderr: "" });
  expect(run.writes).not.toContain(VERSION);
  expect(session.config()).toMatchObject({
    modelVersions: { "3": { id: "azureml:heart:3" } },
    deployments: { "model-3": { modelVersion: "3" } },
  });
});

test("a model that is in a datastore is registered as the next version", async () => {
  dropCandidate();
  const [first] = await session.azure.resources("/models/versions");
  const uri = textAt(first, "properties.modelUri");
  const run = await session.verb(`start '${uri}' --yes`);
  expect(run).toMatchObject({ code: EXIT.done, stderr: "" });
  expect(run.writes).toContain(VERSION);
  expect(session.config()).toMatchObject({ modelVersions: { "5": { uri } }, candidate: "model-5" });
  expect(await session.isSettled()).toBe(true);
});

test("of two components a verb moves the one that is named, in its own namespace", async () => {
  dropCandidate();
  session.project.write("index.ts", TWO);
  session.project.write("Pulumi.dev.yaml", (session.fileText() ?? "").replace("config:\n", STROKE));
  await session.project.must("pulumi up --yes --skip-preview");
  expect(await session.verb("promote --yes")).toMatchObject({
    code: EXIT.usage,
    stderr: expect.stringContaining("has several components; name one with --component: heart, stroke") as string,
  });
  const started = await session.verb("start models/2 --component stroke --yes");
  expect(started).toMatchObject({ code: EXIT.done, stderr: "", writes: [VERSION, DEPLOYMENT, STEP] });
  const promoted = await session.verb("promote --component stroke --yes");
  expect(promoted).toMatchObject({ code: EXIT.done, stderr: "", writes: [STEP] });
  expect(promoted.stdout).toContain("  $ pulumi up -c stroke:candidateTraffic=10\n");
  expect(await liveTraffic("stroke")).toEqual({ "model-1": 90, "model-2": 10 });
  expect(await liveTraffic("heart")).toEqual({ "model-1": 100 });
  expect(session.config()).not.toHaveProperty("candidate");
});

test("after an update that failed, config tells the namespace and the last step the weights", async () => {
  const file = session.fileText() ?? "";
  const match = String.raw`^PUT .*/Microsoft\.Resources/deployments/`;
  await injectFaults(session.azure, { match, fault: "internal-server-error", times: 1000 });
  const failed = await session.project.type("pulumi up --yes --skip-preview -c stroke:candidateTraffic=50");
  await clearFaults(session.azure);
  expect(failed.code).not.toBe(0);
  session.project.write("Pulumi.dev.yaml", file);
  const promoted = await session.verb("promote --component stroke --yes");
  expect(promoted).toMatchObject({ code: EXIT.done, stderr: "", writes: [STEP] });
  expect(promoted.stdout).toContain("promote  model-2 10 -> 25 (step 2 of 4)\n");
  expect(await session.isSettled()).toBe(true);
});

async function liveTraffic(component: string): Promise<unknown> {
  const endpoints = await session.azure.resources("/onlineEndpoints");
  return valueAt(
    endpoints.find((endpoint) => textAt(endpoint, "name").startsWith(component)),
    "properties.traffic",
  );
}
