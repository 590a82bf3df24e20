import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import type { CommandOutput } from "../support/project";
import { TestAzure, valueAt } from "../support/localAzure";
import { writesOf } from "../support/rehearsal";
import { RemoteProject } from "../support/remoteProject";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

const CONFIG = {
  "heart-remote:deployments": { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
  "heart-remote:traffic": { [BLUE]: 90, [GREEN]: 10 },
};

/** The tests of this file are one session of a user whose program constructs the component by its plugin. */
let azure: TestAzure;
let remote: RemoteProject;

beforeAll(async () => {
  azure = await TestAzure.start();
  await azure.clock({ speed: 100_000 });
  remote = await RemoteProject.open(azure.azure.env, CONFIG);
});

afterAll(async () => {
  remote.close();
  await azure.close();
});

/** Types a pulumi command; also what Azure was sent meanwhile, as far as it concerns the endpoint. */
async function pulumi(...args: readonly string[]): Promise<CommandOutput & { readonly writes: readonly string[] }> {
  const before = await azure.trace("kind=arm");
  const output = await remote.project.pulumi(...args);
  const trace = await azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`);
  return { ...output, writes: writesOf(trace).filter((write) => / (onlineEndpoints|deployments)\b/.test(write)) };
}

function weights(blue: number, green: number): readonly string[] {
  return ["--config-path", "-c", `traffic.${BLUE}=${blue}`, "-c", `traffic.${GREEN}=${green}`];
}

test("the first up brings 90/10", async () => {
  const { code, stdout, stderr } = await pulumi("up", "--yes", "--skip-preview");
  expect(code === 0 ? "" : stdout + stderr).toBe("");
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 90, [GREEN]: 10 });
});

test("a weight step is one write of the endpoint", async () => {
  const { code, writes } = await pulumi("up", "--yes", "--skip-preview", ...weights(50, 50));
  expect({ code, writes }).toEqual({ code: 0, writes: ["PUT deployments", "PUT onlineEndpoints via"] });
  expect(await azure.liveTraffic()).toEqual({ [BLUE]: 50, [GREEN]: 50 });
});

test("gates are asked by the plugin, in the folder of the program", async () => {
  const inFolder = "process.exit(require('node:fs').existsSync('models/blue/MLmodel') ? 0 : 2)";
  const command = { run: ["node", "-e", inFolder] };
  const compare = { data: "requests.jsonl" };
  const gates = { folder: { command }, answers: { compare } };
  await pulumi("config", "set", "rollout", JSON.stringify({ gates }));
  const { code, stdout, stderr, writes } = await pulumi("preview", ...weights(40, 60));
  const text = stdout + stderr;
  expect(text).toContain("gate     folder pass: xgboost-model-2: ends with 0 (command node -e");
  expect(text).toContain(
    "  - rollout.gates.answers: inconclusive: xgboost-model-2: requests.jsonl cannot be read: there is no such file",
  );
  expect({ refused: code !== 0, writes }).toEqual({ refused: true, writes: [] });
  await pulumi("config", "rm", "rollout");
});

test("arguments that are wrong are refused in the preview", async () => {
  const { code, stdout, stderr, writes } = await pulumi("preview", ...weights(50, 60));
  expect(stdout + stderr).toContain("  - traffic: the weights add up to 110; they must add up to 100");
  expect({ refused: code !== 0, writes }).toEqual({ refused: true, writes: [] });
});

test("what depends on the live endpoint is refused in the preview: hooks run in the plugin", async () => {
  const { code, stdout, stderr, writes } = await pulumi("preview", ...weights(0, 0));
  expect(stdout + stderr).toContain(
    "  - traffic: all weights are 0 while the endpoint serves default=50 xgboost-model-2=50; keep 100 in total, or say " +
      "with allowOutage why it may stop serving",
  );
  expect({ refused: code !== 0, writes }).toEqual({ refused: true, writes: [] });
});

test("destroy is refused while protection is on", async () => {
  const { code, stdout, stderr, writes } = await pulumi("destroy", "--yes", "--skip-preview");
  expect(stdout + stderr).toMatch(/heart-deletion-protection" cannot be deleted\s+because it is protected/);
  expect({ refused: code !== 0, writes }).toEqual({ refused: true, writes: [] });
});

test("without it destroy leaves nothing behind", async () => {
  const off = await pulumi("up", "--yes", "--skip-preview", ...weights(50, 50), "-c", "deletionProtection=false");
  expect({ code: off.code, writes: off.writes }).toEqual({ code: 0, writes: [] });
  const { code } = await pulumi("destroy", "--yes", "--skip-preview");
  const { body } = await azure.send("GET", "/_local/state");
  expect({ code, resources: valueAt(body, "resources") }).toEqual({ code: 0, resources: [] });
});
