import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { MODELS } from "../support/modelFiles";
import { BOTH, Rehearsal, writesOf } from "../support/rehearsal";
import { temporaryFolder } from "../support/temporaryFolder";

const SECRET = "kJ8sd9fLq2Wm4xZp7Rt1Vb6Nc3Yh5Gu0Ae";
/** A model whose container cannot load it, and writes a key into its log. */
const BROKEN = readFileSync(join(MODELS, "green", "MLmodel"), "utf8").replace(
  "data: model.onnx",
  `data: "model.onnx\\nAccountKey=${SECRET}"`,
);

let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
  await rehearsal.stack.up();
});

afterAll(() => rehearsal.close());

/** What the component says in the diagnostics of an `up` that fails. */
async function failure(): Promise<readonly string[]> {
  const text = await rehearsal.stack.up().then(
    () => "",
    (error: Error) => error.message,
  );
  expect(text).not.toContain(SECRET);
  const [, said = ""] = /ProgressiveMlflowEndpoint \(heart\):\n((?: {4}.*\n)+)/.exec(text) ?? [];
  const lines = said.split("\n").map((line) => line.slice(4));
  return lines.slice(lines.findIndex((line) => line.startsWith("error: ")));
}

test("a deployment whose container crashes shows why, the end of its log and what to do, and is not tried again", async () => {
  const modelVersions = { ...BOTH.modelVersions, "2": temporaryFolder({ MLmodel: BROKEN }) };
  rehearsal.stack.configure({ ...BOTH, modelVersions, traffic: { [BLUE]: 100, [GREEN]: 0 } });
  let said: readonly string[] = [];
  const trace = await rehearsal.armTrace(async () => {
    said = await failure();
  });
  const [endpoint] = await rehearsal.resources("/onlineEndpoints");
  const [, group, workspace, name] =
    /resourceGroups\/([^/]+)\/.*workspaces\/([^/]+)\/onlineEndpoints\/([^/]+)$/.exec(String(endpoint?.["id"])) ?? [];
  expect(said).toEqual([
    `error: the create of deployment ${GREEN} failed, ResourceNotReady: User container has crashed or terminated: model.onnx. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready`,
    "the end of the log of its inference-server:",
    "  | model.onnx",
    "  | AccountKey=[redacted] is not among the 1 files of the model",
    "the whole log:",
    `  $ az ml online-deployment get-logs --resource-group ${group} --workspace-name ${workspace} --endpoint-name ${name} --name ${GREEN} --container inference-server --lines 1000`,
    'to do: read the log, correct the model or what it needs, then run "pulumi up" again',
    `live traffic: ${BLUE}=100`,
    "",
  ]);
  expect(writesOf(trace).filter((write) => write.includes("onlineEndpoints"))).toEqual([
    "PUT onlineEndpoints/deployments",
  ]);
  expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100 });
});
