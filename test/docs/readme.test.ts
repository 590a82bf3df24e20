import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";
import { README, blocksOf, shownOutput, typedUnder } from "../support/readme";
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
  // What they import is checked by "npm run typecheck".
  const errors = [...programs.keys()]
    .flatMap((path) => ts.getPreEmitDiagnostics(program, program.getSourceFile(path)))
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

test("every link of the pages leads somewhere: npm run lint:docs", () => {
  const said = execFileSync(process.execPath, [join(ROOT, "scripts", "lintDocs.mjs")], { encoding: "utf8" });
  expect(said).toMatch(/^\d{3,} links lead somewhere\n$/);
});

test("docs/local-azure.md shows the options of the local Azure ML as the command does", () => {
  const help = execFileSync(process.execPath, [join(ROOT, "bin", "mlflow-rollout.js"), "local", "--help"], {
    encoding: "utf8",
  });
  const shown = shownOutput("npx mlflow-rollout local --help", join("docs", "local-azure.md"));
  expect(shown).toEqual(help.trimEnd().split("\n"));
});

test("a rollout is typed as in the project that init makes, which a session types", () => {
  const project = readFileSync(join(ROOT, "templates", "rollout", "README.md"), "utf8");
  const [, after = ""] = project.split("\n## A rollout\n");
  const [, typed = ""] = /```sh\n([\s\S]*?)\n```/.exec(after) ?? [];
  expect(typedUnder("A rollout")).toEqual(typed.split("\n"));
});
