import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import { azureCloud } from "../../acceptance/azureCloud";
import { machineHours, notice } from "../../acceptance/notice";
import { temporaryFolder } from "../support/temporaryFolder";
import { ROOT } from "../../driver/paths";

const PLAN = { group: "rg-a", location: "westeurope", instanceType: "Standard_F2s_v2", currency: "EUR" };

/** Types the command where there is no terminal. */
function type(...args: readonly string[]) {
  const env = { PATH: process.env["PATH"] };
  const command = ["--import", "tsx", join(ROOT, "acceptance", "main.ts"), ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, cwd: ROOT, encoding: "utf8" });
  return { status, stdout, stderr };
}

test("rights, quota, time and cost are said, with the machines and the price that were given", () => {
  const text = notice({ ...PLAN, hourlyPrice: 0.5 });
  expect(text).toContain("in a resource group of its own, rg-a in westeurope");
  expect(text).toContain("Permissions  Contributor on the subscription");
  expect(text).toContain("Quota        3 machines of Standard_F2s_v2 at a time; Azure reserves 6");
  expect(text).toContain("Time         about 3.7 hours");
  expect(text).toContain(`${machineHours().toFixed(1)} machine hours of Standard_F2s_v2: `);
  expect(text).toContain(`${(machineHours() * 0.5).toFixed(2)} EUR at 0.5 EUR an hour`);
});

test("without a price it says how to get the sum", () => {
  expect(notice(PLAN)).toContain("machine hours of Standard_F2s_v2: at their price (--hourly-price says the sum)");
});

test("where there is no terminal it asks nothing, makes nothing and says what to type", () => {
  const folder = join(temporaryFolder({}), "report");
  const { status, stdout, stderr } = type("--instance-type", "Standard_F2s_v2", "--report", folder);
  expect(status).toBe(2);
  expect(stdout).toContain("machine hours of Standard_F2s_v2");
  expect(stderr).toBe(
    "acceptance: there is no terminal to ask in, and nothing was created; --yes agrees to all that\n",
  );
});

test.each<[Record<string, string>, string]>([
  [{}, "ARM_SUBSCRIPTION_ID must name the subscription to use"],
  [{ ARM_SUBSCRIPTION_ID: "s", ARM_METADATA_HOSTNAME: "localhost:1" }, "leads azure-native to localhost:1"],
])("on Azure, with the variables %j, it is refused before anything is asked", async (environment, reason) => {
  await expect(azureCloud(environment)).rejects.toThrow(reason);
});

test.each([
  [["--hourly-price", "0"], "It must be a number above 0, such as 0.27."],
  [["--plant", "moon"], "Allowed choices are omittedTrafficClears, zeroWeightsAnswered, deletedWeightStays."],
])("%j is refused", (args, reason) => {
  const { status, stderr } = type(...args);
  expect(status).not.toBe(0);
  expect(stderr).toContain(reason);
});
