import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { walkArticle } from "../../demo/walk";
import type { DemoStepReport } from "../../demo/walk";
import { EmptyProject } from "../support/emptyProject";
import { clearFaults, injectFaults } from "../../driver/faults";
import { ENDPOINT, createWorkspace, armIdOf } from "../../driver/heartWorkspace";
import { TestAzure } from "../support/localAzure";
import { BOTH, Rehearsal } from "../support/rehearsal";
import { COMMAND } from "../../driver/paths";

/** The stand-ins take the same walk when they are asked for: that shows the tests, not the plugins. */
process.env["LOCAL_PULUMI_PLUGINS"] ??= "real";
/** Downloads what is missing. */
const { status, stderr } = spawnSync(process.execPath, [COMMAND, "engine", "--quiet"], { encoding: "utf8" });
const hasPlugins = status === 0;
if (!hasPlugins) process.stderr.write(`plugins: skipped, ${stderr.trim()}\n`);
const WITHOUT_PLUGINS = hasPlugins ? "" : ` (skipped: ${stderr.trim()})`;
/** The real ones look every 10 s how a write goes. */
const MINUTES = 60_000;

describe.skipIf(!hasPlugins)(`Pulumi's own plugins${WITHOUT_PLUGINS}`, () => {
  test("walk the article without a lost request", { timeout: 30 * MINUTES }, async () => {
    const steps: DemoStepReport[] = [];
    const ignore = (): void => undefined;
    const observer = { begins: ignore, previewed: ignore, progressed: ignore, answered: ignore };
    const { lostRequests } = await walkArticle({ ...observer, ended: (report) => void steps.push(report) });
    expect(lostRequests).toBe(0);
    expect(steps.map(({ trafficAfter }) => trafficAfter)).toContainEqual({ [BLUE]: 90, [GREEN]: 10 });
    expect(steps.at(-1)?.trafficAfter).toEqual({});
  });

  test(
    "see no change in a refresh and after it, and tell why a deployment failed",
    { timeout: 30 * MINUTES },
    async () => {
      const rehearsal = await Rehearsal.start();
      try {
        await rehearsal.stack.up();
        const refreshed = await rehearsal.stack.refresh();
        expect(refreshed.steps).toEqual([]);
        expect((await rehearsal.stack.preview()).steps).toEqual([]);

        await injectFaults(rehearsal.azure, { fault: "image-build", times: 1000 });
        rehearsal.stack.configure({ ...BOTH, traffic: { [BLUE]: 100, [GREEN]: 0 } });
        await expect(rehearsal.stack.up()).rejects.toThrow(
          new RegExp(`the create of deployment ${GREEN} failed, ImageBuildFailure: Image build failed\\.`),
        );
        expect(await rehearsal.liveTraffic()).toEqual({ [BLUE]: 100 });
        await clearFaults(rehearsal.azure);
        await rehearsal.stack.up();
        expect((await rehearsal.stack.preview()).steps).toEqual([]);
      } finally {
        await rehearsal.close();
      }
    },
  );

  test("import an endpoint that is there", { timeout: 10 * MINUTES }, async () => {
    const azure = await TestAzure.start();
    await createWorkspace(azure);
    await azure.operate("PUT", ENDPOINT, {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: { authMode: "Key" },
    });
    const project = await EmptyProject.open(azure.azure.env, false);
    try {
      project.write("index.ts", "");
      const type = "azure-native:machinelearningservices:OnlineEndpoint";
      const imported = await project.pulumi(
        "import",
        type,
        "heart",
        armIdOf(azure, ENDPOINT),
        "--yes",
        "--protect=false",
      );
      expect(imported).toMatchObject({ code: 0 });
      const { stdout } = await project.pulumi("stack", "export");
      expect(stdout).toContain('"authMode": "Key"');
      expect((await project.pulumi("refresh", "--yes", "--expect-no-changes")).code).toBe(0);
    } finally {
      project.close();
      await azure.close();
    }
  });
});
