import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { textAt } from "../../driver/azureClient";
import { editedEndpoint } from "../../driver/editedEndpoint";
import { clearFaults, injectFaults } from "../../driver/faults";
import { TIMEOUT_MS, VerbSession } from "../support/verbSession";
import type { VerbRun } from "../support/verbSession";

vi.setConfig({ testTimeout: TIMEOUT_MS, hookTimeout: TIMEOUT_MS });

/** The write of a weight step. */
const PUT_STEP = "^PUT .*/Microsoft\\.Resources/deployments/";

/** The tests of this file are one session, in order. Nothing that is refused writes to Azure or leaves a trace in stack config. */
let session: VerbSession;

beforeAll(async () => {
  session = await VerbSession.open(true);
});

afterAll(() => session.close());

/** What one sees of a verb. */
function seen({ code, stdout, stderr, fileKept, writes }: VerbRun) {
  const text = stdout + stderr;
  return { code, text, fileKept, writes, hasTrace: /\n +at .*:\d+:\d+/.test(text) };
}

/** What holds for each refusal: nothing was written, neither to Azure nor to the stack file. */
function refusal(code: number, ...texts: readonly string[]) {
  const pattern = texts.map((text) => text.replaceAll(/[^\w\s]/g, String.raw`\$&`)).join(String.raw`[\s\S]*`);
  const text = expect.stringMatching(new RegExp(pattern)) as string;
  return { code, text, fileKept: true, writes: [], hasTrace: false };
}

function replaceIn(file: string, from: string | RegExp, to: string): void {
  const text = session.project.read(file);
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} has no ${String(from)}`);
  session.project.write(file, changed);
}

test("outside of a project, and before there is a stack", async () => {
  const elsewhere = join(session.project.folder, "elsewhere");
  mkdirSync(elsewhere);
  expect(seen(await session.verb("promote --yes --cwd elsewhere"))).toEqual(
    refusal(EXIT.failed, "run this command in the project's folder"),
  );
  expect(seen(await session.verb("promote --yes"))).toEqual(refusal(EXIT.failed, "the selected stack of"));
  expect(seen(await session.verb("promote --yes --stack prod"))).toEqual(refusal(EXIT.failed, "prod"));
});

test("before the first update", async () => {
  await session.init();
  const says = 'stack organization/heart/dev has no endpoint yet; run "pulumi up" first';
  expect(seen(await session.verb("promote --yes"))).toEqual(refusal(EXIT.refused, says));
  expect(seen(await session.verb("start models/2 --yes"))).toEqual(refusal(EXIT.refused, says));
});

test.each([
  ["promote", EXIT.usage, "promote asks before it writes; run it in a terminal without --json, or give --yes"],
  ["abort --json", EXIT.usage, "abort asks before it writes"],
])("%s without a terminal", async (words, code, says) => {
  expect(seen(await session.verb(words))).toEqual(refusal(code, says));
});

test("the endpoint serves, and nothing is being rolled out", async () => {
  await session.project.must("pulumi up --yes --skip-preview");
  const idle = 'nothing is being rolled out; "mlflow-rollout start <model folder>" begins a rollout';
  expect(seen(await session.verb("promote --yes"))).toEqual(refusal(EXIT.refused, idle));
  expect(seen(await session.verb("abort --yes"))).toEqual(refusal(EXIT.refused, idle));
  expect(seen(await session.verb("finish --yes"))).toEqual(
    refusal(EXIT.refused, "model-1 is the only deployment; nothing is left to finish"),
  );
  expect(seen(await session.verb("undo --yes"))).toEqual(
    refusal(EXIT.refused, "no earlier update served anything else; nothing can be undone"),
  );
  expect(seen(await session.verb("undo --to 7 --yes"))).toEqual(refusal(EXIT.usage, "there is no update 7"));
  expect(seen(await session.verb("resume --yes"))).toEqual(refusal(EXIT.done, "the rollout is not paused"));
  expect(seen(await session.verb("promote --yes --component kidney"))).toEqual(
    refusal(EXIT.usage, "has no component kidney; it has heart"),
  );
});

test.each([
  ["start models/9 --yes", EXIT.usage, "models/9: no such folder"],
  ["start node_modules --yes", EXIT.usage, "node_modules: has no MLmodel; give the folder that MLflow saved"],
  ["start models/2 --deployment 2nd --yes", EXIT.refused, "--deployment: "],
  ["start models/2 --deployment MODEL-1 --yes", EXIT.refused, "there is a deployment MODEL-1"],
])("%s", async (words, code, says) => {
  expect(seen(await session.verb(words))).toEqual(refusal(code, says));
});

test("at the question: no, Ctrl+C, and the end of input", async () => {
  const asked = "start? (yes/no)";
  const declined = await session.verbAtTerminal("start models/2", [asked, "no\n"]);
  expect(seen(declined)).toEqual(refusal(EXIT.refused, "declined; nothing was written"));
  const interrupted = await session.verbAtTerminal("start models/2", [asked, "\u0003"]);
  expect(seen(interrupted)).toEqual(
    refusal(EXIT.interrupted, 'interrupted, nothing is half-written; run "mlflow-rollout start" again'),
  );
  const ended = await session.verbAtTerminal("start models/2", [asked, "\u0004"]);
  expect(seen(ended)).toEqual(refusal(EXIT.refused, "declined; nothing was written"));
});

test("Ctrl+C in the preview", async () => {
  const run = await session.verbAtTerminal("start models/2", ["pulumi up", "\u0003"]);
  expect(seen(run)).toEqual(
    refusal(EXIT.interrupted, 'interrupted, nothing is half-written; run "mlflow-rollout start" again'),
  );
});

test("somebody edits the stack file while a verb asks", async () => {
  const file = session.fileText() ?? "";
  const edit = "echo 'config: { heart:note: mine }' > Pulumi.dev.yaml";
  const { code, stdout, writes } = await session.verbAtTerminal("start models/2", ["start? (yes/no)", "yes\n", edit]);
  expect({ code, writes }).toEqual({ code: EXIT.conflict, writes: [] });
  expect(stdout).toContain(
    "Pulumi.dev.yaml was changed by somebody else just now; nothing was written, run this again",
  );
  expect(session.fileText()).toBe("config: { heart:note: mine }\n");
  session.project.write("Pulumi.dev.yaml", file);
});

test("another operator has the stack", async () => {
  const locks = join(session.project.stateFolder, ".pulumi", "locks", "organization", "heart", "dev");
  const lock = join(locks, "0a1b.json");
  mkdirSync(locks, { recursive: true });
  const owner = { pid: 4711, username: "ada", hostname: "build-7", timestamp: "2026-01-02T03:04:05Z" };
  writeFileSync(lock, JSON.stringify(owner));
  const run = await session.verb("start models/2 --yes");
  rmSync(lock);
  expect(seen(run)).toEqual(
    refusal(
      EXIT.conflict,
      "organization/heart/dev is being updated by ada@build-7, pid 4711, since 2026-01-02T03:04:05Z; nothing was written",
    ),
  );
});

test("a deployment fails: stack config says what was asked for, and finish takes it back", async () => {
  await injectFaults(session.azure, { fault: "liveness-probe", times: 1000 });
  const { code, stdout, stderr, fileKept } = await session.verb("start models/2 --yes");
  await clearFaults(session.azure);
  expect({ code, stderr, fileKept }).toEqual({ code: EXIT.degraded, stderr: "", fileKept: false });
  expect(stdout).toContain("  failed: ");
  expect(stdout).toContain("the update failed after it had begun to write: ");
  expect(session.config()).toMatchObject({ candidate: "model-2", candidateTraffic: 0 });
  expect(await session.azure.liveTraffic()).toEqual({ "model-1": 100 });
  const finished = await session.verb("finish --yes");
  expect(finished).toMatchObject({ code: EXIT.done, stderr: "" });
  expect(await session.isSettled()).toBe(true);
});

test("a rollout is under way", async () => {
  const started = await session.verb("start models/2 --yes");
  expect(started).toMatchObject({ code: EXIT.done, stderr: "" });
  expect(seen(await session.verb("start models/3 --yes"))).toEqual(
    refusal(EXIT.refused, 'a rollout is under way: model-2 has 0; end it first with "mlflow-rollout finish"'),
  );
});

test("Azure answers 500 to each try of a step: stack config is as it was", async () => {
  await injectFaults(session.azure, { match: PUT_STEP, fault: "internal-server-error", times: 1000 });
  const { code, stdout, fileKept } = await session.verb("promote --yes");
  await clearFaults(session.azure);
  expect({ code, fileKept }).toEqual({ code: EXIT.degraded, fileKept: true });
  expect(stdout).toContain(
    "the update failed, the live traffic is model-1 100, model-2 0; stack config is as it was\n",
  );
  expect(await session.isSettled()).toBe(true);
});

test("a rule of the program: maxIncrease", async () => {
  replaceIn("index.ts", 'authMode: "Key",', 'authMode: "Key", policy: { maxIncrease: 20 },');
  const run = await session.verb("promote --full --yes");
  replaceIn("index.ts", " policy: { maxIncrease: 20 },", "");
  expect(seen(run)).toEqual(refusal(EXIT.refused, "  refused: ", "maxIncrease", "refused; nothing was written"));
});

test("paused, before its bake time is over, and with weights that are not applied", async () => {
  const promoted = await session.verb("promote --yes");
  expect(promoted).toMatchObject({ code: EXIT.done, writes: ["PUT deployments"] });
  const file = session.fileText() ?? "";
  session.project.write(
    "Pulumi.dev.yaml",
    file.replace("config:\n", "config:\n  heart:rollout:\n    paused: release freeze\n"),
  );
  expect(seen(await session.verb("promote --yes"))).toEqual(
    refusal(EXIT.waiting, 'the rollout is paused: release freeze; "mlflow-rollout resume" goes on'),
  );
  session.project.write(
    "Pulumi.dev.yaml",
    file.replace("config:\n", "config:\n  heart:rollout:\n    bakeMinutes: 30\n"),
  );
  expect(seen(await session.verb("promote --yes"))).toEqual(
    refusal(EXIT.waiting, "  refused: ", "refused; nothing was written"),
  );
  session.project.write("Pulumi.dev.yaml", file.replace("candidateTraffic: 10", "candidateTraffic: 15"));
  expect(seen(await session.verb("promote --yes"))).toEqual(
    refusal(EXIT.refused, "stack config declares model-1 85, model-2 15, the last update left model-1 90, model-2 10"),
  );
  session.project.write("Pulumi.dev.yaml", file);
});

test("somebody else has changed the live weights", async () => {
  await setLive({ "model-1": 80, "model-2": 20 });
  expect(seen(await session.verb("promote --yes"))).toEqual(
    refusal(EXIT.conflict, "  refused: ", "refused; nothing was written"),
  );
  expect(seen(await session.verb("abort --yes"))).toEqual(refusal(EXIT.conflict, "nothing was written"));
  await setLive({ "model-1": 90, "model-2": 10 });
  expect(await session.isSettled()).toBe(true);
});

test("Ctrl+C in the update: it ends in order, and recover goes on", async () => {
  const { code } = await session.verbAtTerminal("promote --yes", ["    ready ", "\u0003"]);
  expect([EXIT.done, EXIT.interrupted]).toContain(code);
  await session.project.type("mlflow-rollout recover --yes");
  const { candidateTraffic } = session.config();
  const weight = Number(candidateTraffic);
  expect(await session.azure.liveTraffic()).toEqual({ "model-1": 100 - weight, "model-2": weight });
  expect(await session.isSettled()).toBe(true);
});

test("weights in program code", async () => {
  await session.project.must("mlflow-rollout abort --yes");
  const file = session.fileText() ?? "";
  const weights = 'traffic: { "model-1": 100, "model-2": 0 },';
  replaceIn("index.ts", 'authMode: "Key",', `authMode: "Key", ${weights}`);
  session.project.write("Pulumi.dev.yaml", file.replace(/ {2}heart:candidate.*\n/g, ""));
  await session.project.must("pulumi up --yes --skip-preview");
  expect(seen(await session.verb("promote --yes"))).toEqual(
    refusal(EXIT.refused, "traffic of heart are set in the program and not in stack config", `index.ts:`),
  );
});

async function setLive(traffic: object): Promise<void> {
  const [endpoint] = await session.azure.resources("/onlineEndpoints");
  const { status } = await session.azure.operate(
    "PUT",
    textAt(endpoint, "id"),
    editedEndpoint(endpoint, { properties: { traffic } }),
  );
  expect(status).toBeLessThan(300);
}
