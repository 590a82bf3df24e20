import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { bashScript } from "../../../cli/completion/bash";
import { fishScript } from "../../../cli/completion/fish";
import { wordsOf } from "../../../cli/completion/words";
import { zshScript } from "../../../cli/completion/zsh";
import { mlflowRollout } from "../../../cli/program";
import { temporaryFolder } from "../../support/temporaryFolder";
import { zshOffers } from "../../support/zshCompletion";

const words = wordsOf(mlflowRollout());
const COMMANDS = words.commands.flatMap(({ names }) => names);
const RECOVER = ["--stack", "--cwd", "--yes", "--skip-preview", "--destroy", "--force", "--json", "--help"];

/** What a person has typed before Tab, and what is offered for it; `-h` is left to each shell. */
const TYPED: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ["", COMMANDS],
  ["rec", ["recover"]],
  ["nonsense --", []],
  ["recover --", RECOVER],
  ["retry --s", ["--stack", "--skip-preview"]],
  ["recover --stack ", ["dev", "prod.eu"]],
  ["recover --stack p", ["prod.eu"]],
  ["recover --cwd else where --stack ", []],
  ["recover --cwd elsewhere --stack ", ["other"]],
  ["recover --cwd else", ["elsewhere"]],
  ["engine --plugins ", ["stand-in", "real"]],
  ["engine --plugins r", ["real"]],
  ["local --port ", []],
  ["init my", ["my model"]],
  ["init --model my", ["my model"]],
  ["completion ", ["bash", "zsh", "fish"]],
  ["help ado", ["adopt"]],
];

/** A project with two stacks, and a file whose name is a trap. */
function project(): string {
  return temporaryFolder({
    "Pulumi.yaml": "",
    "Pulumi.dev.yaml": "",
    "Pulumi.prod.eu.yaml": "",
    "Pulumi.$(touch trapped).yaml": "",
    "my model/MLmodel": "",
    "elsewhere/Pulumi.other.yaml": "",
  });
}

function has(shell: string): boolean {
  return spawnSync(shell, ["-c", "exit 0"]).status === 0;
}

function run(shell: string, folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const { stdout, stderr } = spawnSync(shell, args, {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, ...env },
    timeout: 30_000,
  });
  return { offered: stdout.split("\n").filter((line) => line !== ""), stderr };
}

const WITHOUT = (shell: string): string => (has(shell) ? "" : ` (skipped: there is no ${shell})`);

describe.skipIf(!has("bash"))(`bash${WITHOUT("bash")}`, () => {
  /** As bash itself calls it: the words in an array, with `=` as one of them. */
  function complete(folder: string, typed: readonly string[]) {
    const script = `${bashScript(words)}
COMP_WORDS=(mlflow-rollout "$@"); COMP_CWORD=$#; _mlflow_rollout; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return run("bash", folder, ["--norc", "-c", script, "bash", ...typed]);
  }

  test.each(TYPED)("%j", (line, offered) => {
    const folder = project();
    const answer = complete(folder, line.split(" "));
    expect(answer.offered.filter((word) => !/^-\w$/.test(word)).toSorted()).toEqual(
      [...offered, ...(line === "" ? ["--version", "--help"] : [])].toSorted(),
    );
    expect(existsSync(join(folder, "trapped"))).toBe(false);
  });

  test.each([
    [
      ["recover", "--stack", "="],
      ["dev", "prod.eu"],
    ],
    [["recover", "--stack", "=", "d"], ["dev"]],
    [["engine", "--plugins", "=", "re"], ["real"]],
  ])("a value after an equals sign: %j", (typed, offered) => {
    expect(complete(project(), typed)).toEqual({ offered, stderr: "" });
  });
});

describe.skipIf(!has("fish"))(`fish${WITHOUT("fish")}`, () => {
  test.each(TYPED)("%j", (line, offered) => {
    const folder = project();
    const script = `${fishScript(words)}\ncomplete -C "mlflow-rollout ${line}"`;
    const answer = run("fish", folder, ["--no-config", "-c", script]);
    const found = answer.offered
      .map((row) => (row.split("\t")[0] ?? "").replaceAll("\\ ", " ").replace(/\/$/, ""))
      .filter((word) => !word.includes("touch"));
    expect(found.toSorted()).toEqual(offered.toSorted());
    expect(existsSync(join(folder, "trapped"))).toBe(false);
  });
});

describe.skipIf(!has("zsh"))(`zsh${WITHOUT("zsh")}`, () => {
  const lines = new Set([
    "",
    "rec",
    "recover --",
    "recover --stack p",
    "recover --cwd elsewhere --stack ",
    "init my",
    "help ado",
  ]);

  test.each(TYPED.filter(([line]) => lines.has(line)))("%j", (line, offered) => {
    const folder = project();
    const found = zshOffers(zshScript(words), folder, line).map((word) => word.replaceAll("\\ ", " "));
    expect(found.toSorted()).toEqual(offered.toSorted());
    expect(existsSync(join(folder, "trapped"))).toBe(false);
  });
});
