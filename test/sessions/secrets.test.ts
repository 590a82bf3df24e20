import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { requestLines } from "../../cli/local/localState";
import { GREEN } from "../../driver/article";
import { clearFaults, injectFaults } from "../../driver/faults";
import { TestAzure, textAt, valueAt } from "../support/localAzure";
import { Project } from "../support/project";

/** The tests of this file are one session; each looks for the secrets in all that it shows. */
let azure: TestAzure;
let project: Project;
let folder: string;
const console: string[] = [];
const debugLines: string[] = [];
const DEBUG = /"severity":"debug"/;
/** By what they are, so a failure does not show one. */
const secrets = new Map<string, string>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "secrets-"));
  azure = await TestAzure.start({ onRequest: (entry) => console.push(requestLines(entry, "text", true)) });
  await azure.clock({ speed: 100_000 });
  secrets.set("client secret", azure.azure.env["ARM_CLIENT_SECRET"] ?? "");
  // The command takes --event-log only with this.
  project = await Project.open({ ...azure.azure.env, PULUMI_DEBUG_COMMANDS: "true" });
});

afterAll(async () => {
  project.close();
  rmSync(folder, { recursive: true });
  await azure.close();
});

/** The names of the secrets in a text, as they are or as they go over the wire. */
function secretsIn(text: string): readonly string[] {
  const spellings = (secret: string) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)];
  return [...secrets].filter(([, secret]) => spellings(secret).some((it) => text.includes(it))).map(([name]) => name);
}

/** What a command shows on both outputs and tells as events, apart from the debug events: see the last test. */
async function shown(...args: readonly string[]): Promise<{ code: number; text: string }> {
  const events = join(folder, `${args[0] ?? ""}-${Date.now()}.json`);
  const { code, stdout, stderr } = await project.pulumi(...args, "--event-log", events);
  if (!existsSync(events)) throw new Error(stdout + stderr);
  const told = readFileSync(events, "utf8").split("\n");
  debugLines.push(...told.filter((event) => DEBUG.test(event)));
  return { code, text: [stdout, stderr, ...told.filter((event) => !DEBUG.test(event))].join("\n") };
}

/** The keys that Azure has now. */
async function learnSecrets(): Promise<void> {
  const { body } = await azure.send("GET", "/_local/state");
  for (const { type, id } of valueAt(body, "resources") as readonly { type: string; id: string }[]) {
    const name = type.split("/").at(-1) ?? "";
    if (!["onlineEndpoints", "storageAccounts"].includes(name)) continue;
    const keys = await azure.arm("POST", `${id}/listKeys`);
    const primary = name === "onlineEndpoints" ? "primaryKey" : "keys.0.value";
    const secondary = name === "onlineEndpoints" ? "secondaryKey" : "keys.1.value";
    secrets.set(`first key of ${name}`, textAt(keys.body, primary));
    secrets.set(`second key of ${name}`, textAt(keys.body, secondary));
  }
}

test("the first up", async () => {
  const { code, text } = await shown("up", "--yes", "--skip-preview");
  await learnSecrets();
  expect(code).toBe(0);
  expect(secrets.size).toBe(5);
  expect(secretsIn(text)).toEqual([]);
});

test("a failing up", async () => {
  await project.pulumi("config", "set", "--path", 'modelVersions["2"]', "models/green");
  await project.pulumi("config", "set", "--path", `deployments.${GREEN}.modelVersion`, "2");
  await project.pulumi("config", "set", "candidate", GREEN);
  await injectFaults(azure, { fault: "out-of-quota", match: "^PUT .*/deployments/xgboost" });
  const { code, text } = await shown("up", "--yes", "--skip-preview");
  await clearFaults(azure);
  expect(code).not.toBe(0);
  expect(text).toContain(GREEN);
  expect(secretsIn(text)).toEqual([]);
});

test("the update that brings it up, then a step", async () => {
  const again = await shown("up", "--yes", "--skip-preview");
  expect([again.code, ...secretsIn(again.text)]).toEqual([0]);
  const { code, text } = await shown("up", "--yes", "--skip-preview", "-c", "candidateTraffic=10");
  expect(code).toBe(0);
  expect(text).toContain("verified  live traffic is default 90, xgboost-model-2 10");
  expect(secretsIn(text)).toEqual([]);
});

test("refused previews, by the arguments and by a hook", async () => {
  const byArguments = await shown("preview", "-c", "candidateTraffic=101");
  await project.pulumi("config", "set", "candidateTraffic", "10");
  await project.pulumi("config", "set", "--path", `deployments.${GREEN}.modelVersion`, "1");
  const byHook = await shown("preview");
  await project.pulumi("config", "set", "--path", `deployments.${GREEN}.modelVersion`, "2");
  expect([byArguments.code, byHook.code]).not.toContain(0);
  expect(byHook.text).toContain("it has 10 % of the live traffic");
  expect(secretsIn(byArguments.text + byHook.text)).toEqual([]);
});

test("a preview for machines, and one with the log of the engine", async () => {
  const json = await project.pulumi("preview", "--json", "-c", "candidateTraffic=50");
  const logged = await project.pulumi("preview", "-c", "candidateTraffic=50", "--logtostderr", "-v=3");
  expect(json.code).toBe(0);
  expect(secretsIn(json.stdout + json.stderr)).toEqual([]);
  expect(logged.stderr).toContain("RegisterResource RPC finished");
  debugLines.push(...logged.stderr.split("\n"));
  expect(secretsIn(logged.stdout)).toEqual([]);
});

test("a refresh", async () => {
  const { code, text } = await shown("refresh", "--yes", "--skip-preview");
  expect(code).toBe(0);
  expect(secretsIn(text)).toEqual([]);
});

test("the state and the outputs, unless they are asked for with --show-secrets", async () => {
  const hidden = await Promise.all([project.pulumi("stack", "export"), project.pulumi("stack", "output", "--json")]);
  expect(secretsIn(hidden.map(({ stdout, stderr }) => stdout + stderr).join(""))).toEqual([]);

  const { stdout: output } = await project.pulumi("stack", "output", "primaryKey", "--show-secrets");
  expect(secretsIn(output)).toEqual(["first key of onlineEndpoints"]);
  const { stdout: state } = await project.pulumi("stack", "export", "--show-secrets");
  expect(secretsIn(state)).toContain("first key of onlineEndpoints");
});

test("an update without protection, then destroy", async () => {
  const off = await shown("up", "--yes", "--skip-preview", "-c", "deletionProtection=false");
  const { code, text } = await shown("destroy", "--yes", "--skip-preview");
  expect([off.code, code]).toEqual([0, 0]);
  expect(secretsIn(off.text + text)).toEqual([]);
});

test("the trace and the log of the local Azure, which has answered the keys", async () => {
  const { body } = await azure.send("GET", "/_local/trace");
  const trace = JSON.stringify(body);
  expect(trace).toContain("listKeys");
  expect(console.join("\n")).toContain("listKeys");
  expect(secretsIn(trace + console.join("\n"))).toEqual([]);
});

test("the debug events and the log, in which Pulumi's SDK tells what every other function has answered", () => {
  const answers = debugLines.flatMap(
    (line) => /Invoke RPC finished: tok=\S+:(\w+);.*? resp: (.{8})/.exec(line)?.slice(1, 3) ?? [],
  );
  expect(answers).toContain("getOnlineEndpoint");
  const secret = debugLines.filter((line) =>
    /Invoke RPC finished: tok=\S+:(listOnlineEndpointKeys|getClientToken);/.test(line),
  );
  expect(secret.length).toBeGreaterThan(0);
  expect(secret.filter((line) => !line.includes("resp: [secret]"))).toEqual([]);
  expect(debugLines.flatMap(secretsIn)).toEqual([]);
});
