import { expect, test } from "vitest";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { mlflowRollout } from "../../../cli/program";
import { openFleet } from "../../../cli/fleet/openFleet";
import { openReporter } from "../../../cli/run/openReporter";
import { typed } from "../../support/typed";

/** The command that some words reach, and its options. */
async function reached(...words: readonly string[]): Promise<unknown> {
  const program = mlflowRollout();
  const fleet = program.commands.find((command) => command.name() === "fleet");
  let seen: unknown;
  for (const command of fleet === undefined ? [] : [fleet, ...fleet.commands])
    command.action((file: string, { json, yes, message }: Readonly<Record<string, unknown>>) => {
      seen = [command.name(), file, { json, yes, message }];
    });
  await program.parseAsync(["fleet", ...words], { from: "user" });
  return JSON.parse(JSON.stringify(seen));
}

test.each([
  [
    ["f.yaml", "--json"],
    ["fleet", "f.yaml", { json: true }],
  ],
  [
    ["--json", "f.yaml"],
    ["fleet", "f.yaml", { json: true }],
  ],
  [
    ["status", "f.yaml", "--json"],
    ["status", "f.yaml", { json: true }],
  ],
  [
    ["abort", "f.yaml", "--yes", "--message", "wrong data"],
    ["abort", "f.yaml", { yes: true, message: "wrong data" }],
  ],
])("fleet %j is %j", async (words, expected) => {
  expect(await reached(...words)).toEqual(expected);
});

test.each([
  [
    ["fleet", "abort", "nowhere.yaml"],
    "fleet abort asks before it writes; run it in a terminal without --json, or give --yes",
  ],
  [["fleet", "abort"], "missing required argument 'file'; see mlflow-rollout fleet abort --help"],
  [
    ["fleet", "f.yaml", "--interval", "0"],
    /^option '--interval <seconds>' argument '0' is invalid; it must be a number above 0/,
  ],
  [["run", "--on-timeout", "explode"], /allowed choices are hold, abort/i],
] as const)("%j is refused before anything is read", async (words, line) => {
  const { status, stderr } = await typed(...words);
  expect(status).toBe(EXIT.usage);
  expect(stderr.replace(/^mlflow-rollout: /, "")).toMatch(line);
});

test("a fleet file that is not there, and everything that is wrong with a webhook, are told at once", () => {
  expect(() => openFleet("nowhere.yaml")).toThrow(
    expect.objectContaining({
      exitCode: EXIT.usage,
      message: "nowhere.yaml: no such file; name a fleet file, such as fleet.yaml",
    }),
  );
  const frozen = { path: "MLFLOW_ROLLOUT_NOW", reason: "stands still" };
  expect(() => openReporter(false, "http://example.com", [frozen])).toThrow(
    /^what was typed cannot be used:\n {2}- MLFLOW_ROLLOUT_NOW: .*\n {2}- --webhook: .*\n {2}- --webhook: .*MLFLOW_ROLLOUT_WEBHOOK_SECRET, which is not set/,
  );
});
