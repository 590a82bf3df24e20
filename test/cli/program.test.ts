import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { mlflowRollout } from "../../cli/program";
import { examplesOf } from "../../cli/terminal/examples";
import { EXIT } from "../../cli/terminal/exitCodes";
import { ROOT } from "../../driver/paths";
import { typed } from "../support/typed";

describe("a command that is typed wrong", () => {
  test.each([
    [["recovr"], "unknown command 'recovr'; did you mean recover?"],
    [["nonsense"], "unknown command 'nonsense'; see mlflow-rollout --help"],
    [["--stak"], "unknown option '--stak'; see mlflow-rollout --help"],
    [["recover", "--forse"], "unknown option '--forse'; did you mean --force?"],
    [["recover", "prod"], "too many arguments for 'recover'; expected 0 arguments but got 1"],
    [["recover", "--stack"], "option '--stack <name>' argument missing; see mlflow-rollout recover --help"],
    [["adopt"], "required option '--endpoint-id <id>' not specified; see mlflow-rollout adopt --help"],
    [
      ["local", "--port", "-1"],
      "option '--port <number>' argument '-1' is invalid; it must be a whole number from 0 to 65535",
    ],
  ])("%j is told so in one line, with exit code 2", async (words, line) => {
    expect(await typed(...words)).toEqual({ status: EXIT.usage, stdout: "", stderr: `mlflow-rollout: ${line}\n` });
  });

  test("no command shows the help, with exit code 2", async () => {
    const { status, stdout, stderr } = await typed();
    expect({ status, stdout }).toEqual({ status: EXIT.usage, stdout: "" });
    expect(stderr).toContain("Usage: mlflow-rollout");
  });
});

test.each([[["--help"]], [["help"]], [["recover", "--help"]], [["help", "recover"]], [["--version"]]])(
  "%j ends with 0 and says nothing on stderr",
  async (words) => {
    const { status, stdout, stderr } = await typed(...words);
    expect({ status, stderr }).toEqual({ status: EXIT.done, stderr: "" });
    expect(stdout).not.toBe("");
  },
);

describe("the help", () => {
  const { commands } = mlflowRollout();
  const inner = commands.flatMap((command) => command.commands);

  test.each(commands.map((command) => [command.name(), command] as const))("of %s is complete", (_, command) => {
    expect(command.summary()).toMatch(/^[a-z].{10,80}[^.]$/);
    expect(command.description()).toMatch(/^[A-Z].+\.$/s);
    expect(command.helpGroup()).toMatch(/^(Rollout|Look|Repair and set up):$/);
    expect(examplesOf(command)).not.toEqual([]);
    for (const { flags, description } of command.options) expect(`${flags}: ${description}`).toMatch(/: .*[^.]$/);
  });

  test.each(inner.map((command) => [`${command.parent?.name()} ${command.name()}`, command] as const))(
    "of %s is complete",
    (_, command) => {
      expect(command.summary()).toMatch(/^[a-z].{10,80}[^.]$/);
      expect(command.description()).toMatch(/^[A-Z].+\.$/s);
      for (const { flags, description } of command.options) expect(`${flags}: ${description}`).toMatch(/: .*[^.]$/);
    },
  );

  test.each([[["--help"]], [["start", "--help"]], [["status", "--help"]]])(
    "%j loads nothing heavy, and the process ends as it says",
    (words) => {
      const script = `process.argv = ["node", "mlflow-rollout", ...${JSON.stringify(words)}];
        process.on("exit", () => console.error(JSON.stringify(Object.keys(require.cache))));
      require("./dist/cli/main.js");`;
      const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { cwd: ROOT, encoding: "utf8" });
      expect(status).toBe(EXIT.done);
      expect(stdout).toContain("Usage: mlflow-rollout");
      const loaded = (JSON.parse(stderr) as string[]).map((file) => file.slice(ROOT.length + 1).replaceAll("\\", "/"));
      expect(loaded.filter((file) => !LIGHT.test(file))).toEqual([]);
      expect(loaded.length).toBeLessThan(70);
    },
  );
});

/** What the help may load: no Pulumi, no YAML, nothing of a command's work. */
const LIGHT = new RegExp(
  [
    "^node_modules/commander/",
    "^package\\.json$",
    "^dist/components/values/",
    "^dist/cli/(main|program)\\.js$",
    "^dist/cli/(commands|terminal)/",
    "^dist/cli/(init/ciServices|local/localPackage|local/localState|local/pluginsOption)\\.js$",
  ].join("|"),
);
