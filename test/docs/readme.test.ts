import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { README, blocksOf, shownOutput } from "../support/readme";
import { ROOT } from "../../driver/paths";

test("the programs compile", () => {
  const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
  const programs = new Map(blocksOf("ts").map((text, index) => [join(ROOT, "examples", `readme${index}.ts`), text]));
  const host = ts.createCompilerHost(options);
  host.readFile = (path) => programs.get(path) ?? ts.sys.readFile(path);
  host.fileExists = (path) => programs.has(path) || ts.sys.fileExists(path);
  host.getSourceFile = (path, language) => {
    const text = host.readFile(path);
    return text === undefined ? undefined : ts.createSourceFile(path, text, language);
  };
  const program = ts.createProgram([...programs.keys()], options, host);
  const errors = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(programs.size).toBeGreaterThan(0);
  expect(errors).toEqual([]);
});

test("each npm script that it names exists", () => {
  const { scripts } = require(join(ROOT, "package.json")) as { scripts: Record<string, string> };
  const named = [...README.matchAll(/\bnpm (?:run )?(\w+)/g)].map(([, name = ""]) => name);
  const used = [...new Set(named)].filter((name) => !["registry", "are", "install"].includes(name));
  expect(used).toContain("demo");
  expect(used.filter((name) => scripts[name] === undefined)).toEqual([]);
});

test("each file that it links to exists", () => {
  const links = [...README.matchAll(/\]\(([^)#\s]+)\)/g)].map(([, target = ""]) => target);
  const files = links.filter((target) => !target.startsWith("http"));
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

test("it shows the options of the local Azure ML as the command does", () => {
  const help = execFileSync(process.execPath, [join(ROOT, "bin", "mlflow-rollout.js"), "local", "--help"], {
    encoding: "utf8",
  });
  expect(shownOutput("npx mlflow-rollout local --help")).toEqual(help.trimEnd().split("\n"));
});
