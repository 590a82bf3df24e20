import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findEngine } from "azure-mlflow-rollout-local";
import { afterEach, beforeEach, expect, test } from "vitest";
import { groupName } from "../../acceptance/group";
import { localCloud } from "../../acceptance/localCloud";
import type { PlantedDifference } from "../../acceptance/localCloud";
import { Redactor } from "../../acceptance/redact";
import { emptyReport } from "../../acceptance/report";
import type { Report } from "../../acceptance/report";
import { ReportFile } from "../../acceptance/reportFile";
import { runAcceptance } from "../../acceptance/runAcceptance";
import { killTree } from "../../prove/crash/processTree";
import { clearFaults, injectFaults } from "../../driver/faults";
import { ROOT } from "../../driver/paths";

const TIMEOUT_MS = 900_000;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "acceptance-test-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

type LocalCloud = Awaited<ReturnType<typeof localCloud>>;

/** Runs all of it on a local Azure; `watch` is told what a person is. */
async function run(cloud: LocalCloud, watch: (line: string) => void = () => undefined): Promise<Report> {
  const engine = await findEngine();
  if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
  const circumstances = {
    version: "0.1.0",
    target: "local",
    location: "westeurope",
    pulumi: "",
    plugins: "",
    node: "",
  };
  const started = emptyReport({ ...circumstances, target: "local", instanceType: "Standard_F2s_v2" }, new Date());
  const redactor = new Redactor();
  redactor.hide("subscription", cloud.subscriptionId);
  return runAcceptance({
    cloud,
    group: groupName(),
    location: "westeurope",
    instanceType: "Standard_F2s_v2",
    engineEnv: engine.env,
    file: new ReportFile(folder, redactor, started),
    redactor,
    tell: watch,
    signal: new AbortController().signal,
  });
}

/** Both files as they are on disk. */
function written(): string {
  return ["json", "md"].map((ending) => readFileSync(join(folder, `acceptance-report.${ending}`), "utf8")).join("\n");
}

/** All that must not be in a report. */
async function secretsOf({ azure }: LocalCloud): Promise<readonly string[]> {
  const { subscriptionId, tenantId, clientId, clientSecret } = azure.azure;
  const endpoints = await azure.resources("/onlineEndpoints");
  const accounts = await azure.resources("/storageAccounts");
  const keys = [...endpoints, ...accounts].map(({ id }) => azure.arm("POST", `${String(id)}/listKeys`));
  const answers = (await Promise.all(keys)).map(({ body }) => JSON.stringify(body));
  const values = answers.flatMap((answer) => [...answer.matchAll(/"(?:primaryKey|secondaryKey|value)":"([^"]+)"/g)]);
  return [subscriptionId, tenantId, clientId, clientSecret, await azure.token(), ...values.map(([, key = ""]) => key)];
}

test(
  "the walk passes without a lost request, and the planted difference stands in the report by its id",
  async () => {
    const plant: PlantedDifference = "zeroWeightsAnswered";
    const cloud = await localCloud(plant);
    const secrets = new Set<string>();
    let looking = Promise.resolve();
    try {
      const report = await run(cloud, () => {
        looking = looking.then(async () => (await secretsOf(cloud)).forEach((secret) => secrets.add(secret)));
      });
      await looking;
      expect(report.steps.map(({ id, result }) => `${id}: ${result}`)).toEqual(
        [
          "walk-first-up",
          "walk-no-change",
          "walk-candidate",
          "walk-10-percent",
          "walk-hand-edit-refused",
          "walk-hand-edit-accepted",
          "walk-retire",
          "walk-failed-deployment",
          "walk-way-back",
          "walk-destroy",
        ].map((id) => `${id}: as expected`),
      );
      expect(report.differences.map(({ id, found }) => ({ id, found }))).toEqual([
        { id: "weights-zeros-answered", found: "semantics" },
      ]);
      expect(report.outcome).toBe("differences");
      expect(report.requests.sent).toBeGreaterThan(1000);
      expect(report.requests.lost).toBe(0);
      expect(report.semantics.asClaimed).toBe(report.semantics.asked - 1);
      expect(report.cleanUp).toEqual({ group: "deleted", leftByDestroy: [] });
      expect(await cloud.azure.resources()).toEqual([]);

      expect(written()).toContain("### weights-zeros-answered");
      // Of the tenant, the subscription, the application, the token, two accounts and two endpoints.
      expect(secrets.size).toBeGreaterThan(8);
      expect([...secrets].filter((secret) => written().includes(secret))).toEqual([]);
    } finally {
      await cloud.close();
    }
  },
  TIMEOUT_MS,
);

test(
  "a failure in the middle is told, the semantics are asked all the same, and all is deleted",
  async () => {
    const cloud = await localCloud();
    try {
      await injectFaults(cloud.azure, { fault: "out-of-quota", match: "^PUT .*/deployments/xgboost" });
      let cleared = Promise.resolve();
      const report = await run(cloud, (line) => {
        if (line.includes("the semantics")) cleared = clearFaults(cloud.azure);
      });
      await cleared;
      expect(report.steps.map(({ id, result }) => `${id}: ${result}`)).toEqual([
        "walk-first-up: as expected",
        "walk-no-change: as expected",
        "walk-candidate: failed",
      ]);
      expect(report.outcome).toBe("failed");
      const [difference] = report.differences;
      expect(difference).toMatchObject({ id: "walk-candidate", claim: "pulumi up ends well" });
      expect(difference?.seen).toContain("Not enough quota available");
      expect(report.semantics.asClaimed).toBe(report.semantics.asked);
      expect(report.semantics.asked).toBeGreaterThan(80);
      expect(report.cleanUp.group).toBe("deleted");
      expect(await cloud.azure.resources()).toEqual([]);
    } finally {
      await cloud.close();
    }
  },
  TIMEOUT_MS,
);

test(
  "an up that is killed ends the walk, and what it has made is deleted",
  async () => {
    const cloud = await localCloud();
    try {
      // The killer waits for the workspace, in which the update is then at work.
      const killed = untilThere(cloud, "/workspaces").then(() => killPulumi());
      const report = await run(cloud);
      await killed;
      expect(report.steps.map(({ id, result }) => `${id}: ${result}`)).toEqual(["walk-first-up: failed"]);
      expect(report.differences[0]?.seen).toMatch(/^it ends with -1/);
      expect(report.cleanUp.group).toBe("deleted");
      expect(await cloud.azure.resources()).toEqual([]);
    } finally {
      await cloud.close();
    }
  },
  TIMEOUT_MS,
);

test(
  "Ctrl+C in the middle of an up ends the command, and what it has made is deleted",
  async () => {
    const args = ["--import", "tsx", join(ROOT, "acceptance", "main.ts"), "--local", "--report", folder];
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
    const closed = once(child, "close");
    let shown = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      const isUpNow = !shown.includes("$ pulumi up") && (shown + part).includes("$ pulumi up");
      shown += part;
      if (isUpNow) child.kill("SIGINT");
    });
    const [code] = (await closed) as [number];
    expect(code).toBe(1);
    const report = JSON.parse(readFileSync(join(folder, "acceptance-report.json"), "utf8")) as Report;
    expect(report).toMatchObject({ outcome: "interrupted", steps: [], cleanUp: { group: "deleted" } });
    expect(shown).toContain("interrupted: cleaning up");
    expect(shown).toContain("\n   deleted\n");
  },
  TIMEOUT_MS,
);

/** Waits until there is a resource of a type, by looking at the trace of requests, never at a clock. */
async function untilThere({ azure }: LocalCloud, type: string): Promise<void> {
  while ((await azure.resources(type)).length === 0);
}

/** Ends the `pulumi` that this process has started, with its plugins, as the system does when memory is short. */
function killPulumi(): void {
  const { stdout } = spawnSync("ps", ["-A", "-o", "pid=,ppid=,comm="], { encoding: "utf8" });
  const rows = stdout.split("\n").map((line) => line.trim().split(/\s+/));
  for (const [pid, parent, name] of rows) {
    if (name === "pulumi" && parent === String(process.pid)) killTree(Number(pid));
  }
}
