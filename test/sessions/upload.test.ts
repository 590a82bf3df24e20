import { cpSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EmptyProject } from "../support/emptyProject";
import { WORKSPACE, createWorkspace } from "../../driver/heartWorkspace";
import { TestAzure } from "../support/localAzure";
import { MODELS } from "../support/modelFiles";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Too large to be sent at once: it goes in blocks. */
const BYTES = 200 * 2 ** 20;
/** Blocks that are sent before each Ctrl-C. */
const BLOCKS = 3;

let azure: TestAzure;
let project: EmptyProject;
let folder: string;
let blocks = 0;
let onBlocks = (): void => undefined;

beforeAll(async () => {
  azure = await TestAzure.start({
    admit: async ({ method, query }) => {
      if (method === "PUT" && query.get("comp") === "block" && (blocks += 1) % BLOCKS === 0) onBlocks();
      return true;
    },
  });
  await azure.clock({ speed: 100_000 });
  await createWorkspace(azure);
  folder = mkdtempSync(join(tmpdir(), "large-model-"));
  cpSync(join(MODELS, "blue"), folder, { recursive: true });
  writeFileSync(join(folder, "weights.bin"), "");
  truncateSync(join(folder, "weights.bin"), BYTES);
  project = await EmptyProject.open(azure.azure.env, false);
  const args = {
    resourceGroupName: "heart",
    workspace: { existingName: "heart" },
    endpointName: "heart-classifier",
    model: { name: "heart-classifier", versions: { "1": { path: folder } } },
    deployments: { default: { modelVersion: "1" } },
    traffic: { default: 100 },
  };
  const text = `new ProgressiveMlflowEndpoint("heart", ${JSON.stringify(args)});`;
  project.write("index.ts", `import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";\n${text}\n`);
});

afterAll(async () => {
  project.close();
  await azure.close();
  rmSync(folder, { recursive: true });
});

const registered = async () => (await azure.arm("GET", `${WORKSPACE}/models/heart-classifier/versions/1`)).status;

test("a second Ctrl-C in the middle of an upload ends the update at once, and nothing is registered", async () => {
  const typed = project.atTerminal("up", "--yes", "--skip-preview");
  let left = 2;
  onBlocks = () => {
    if (left > 0) typed.interrupt();
    left -= 1;
  };
  const { code } = await typed.end;
  expect(code).not.toBe(0);
  expect(blocks).toBeGreaterThanOrEqual(BLOCKS);
  expect(blocks).toBeLessThan(BYTES / 2 ** 23);
  expect(await registered()).toBe(404);
});

test("and the next update sends what is missing", async () => {
  const before = blocks;
  const { code, stdout, stderr } = await project.pulumi("up", "--yes", "--skip-preview");
  expect(code === 0 ? "" : stdout + stderr).toBe("");
  expect(blocks - before).toBeLessThan(BYTES / 2 ** 23);
  expect(await registered()).toBe(200);
});
