import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lint } from "../../../cli/lint/lint";
import { countOf, lintText } from "../../../cli/lint/lintText";
import { EXIT } from "../../../cli/terminal/exitCodes";
import { COMMAND, EXAMPLE, ROOT } from "../../../driver/paths";
import { temporaryFolder } from "../../support/temporaryFolder";

const MLMODEL = "flavors:\n  python_function:\n    loader_module: mlflow.onnx\n";
const DEV =
  'config:\n  heart:modelVersions:\n    "1": models/1\n  heart:deployments:\n    old:\n      modelVersion: "1"\n';

function project(files: Readonly<Record<string, string>>): string {
  return temporaryFolder({ "Pulumi.yaml": "name: heart\nruntime: nodejs\n", "models/1/MLmodel": MLMODEL, ...files });
}

function linesOf(cwd: string, stack?: string): readonly string[] {
  const files = lint({ cwd, ownKeys: [], ...(stack !== undefined && { stack }) });
  return files.flatMap(({ stack: name, findings }) => findings.map(({ path, reason }) => `${name} ${path}: ${reason}`));
}

describe("lint of a project", () => {
  test("looks at every stack that has a file, or at one", () => {
    const cwd = project({
      "Pulumi.dev.yaml": DEV,
      "Pulumi.prod.eu.yaml": DEV.replace('"1": models/1', '"1": models/2'),
    });
    expect(linesOf(cwd)).toEqual([expect.stringMatching(/^prod\.eu modelVersions\.1: "models\/2" is not a folder/)]);
    expect(linesOf(cwd, "organization/heart/dev")).toEqual([]);
  });

  test("finds model folders where Pulumi runs the program", () => {
    const cwd = project({
      "Pulumi.yaml": "name: heart\nmain: app/index.ts\n",
      "app/index.ts": "",
      "app/models/1/MLmodel": MLMODEL,
      "Pulumi.dev.yaml": DEV,
    });
    expect(linesOf(cwd)).toEqual([]);
  });

  test("takes the defaults of the project, keys without a namespace, and the folder of the stack files", () => {
    const cwd = project({
      "Pulumi.yaml":
        'name: heart\nstackConfigDir: stacks\nconfig:\n  candidateTraffic: { type: integer, default: 0 }\n  modelVersions: { value: { "1": models/1 } }\n',
      "stacks/Pulumi.dev.yaml": "config:\n  deployments: { old: { modelVersion: 1 } }\n",
    });
    expect(linesOf(cwd)).toEqual([]);
  });

  test("looks into each namespace that declares deployments", () => {
    const cwd = project({
      "Pulumi.dev.yaml": DEV.replaceAll("heart:", "stroke:").replace("modelVersion:", "modelVersio:"),
    });
    expect(linesOf(cwd)).toEqual([
      expect.stringMatching(/^dev stroke:deployments\.old\.modelVersio: no such setting; did you mean modelVersion\?/),
      expect.stringMatching(/^dev stroke:deployments\.old\.modelVersion: /),
      expect.stringMatching(/^dev stroke:modelVersions\.1: no deployment runs it/),
    ]);
  });

  test.each([
    ["no YAML", "config: [", /is not valid YAML/],
    ["no map", "- a", /must be a map with the key config/],
    ["empty", "", /deployments: has no deployment/],
    ["config without anything", "config:\n", /deployments: has no deployment/],
    ["config that is a list", "config: [1]\n", /deployments: has no deployment/],
  ])("a file that is %s is a finding", (_, text, reason) => {
    expect(linesOf(project({ "Pulumi.dev.yaml": text }))).toEqual([expect.stringMatching(reason)]);
  });

  test("a secret is no text that can be checked", () => {
    const secret = `${DEV}  heart:takeOver:\n    secure: v1:abc\n`;
    expect(linesOf(project({ "Pulumi.dev.yaml": secret }))).toEqual([]);
  });

  test.each([
    [
      "no project",
      { "Pulumi.yaml": undefined },
      undefined,
      /there is no Pulumi\.yaml in .*; run this in the project's folder/,
    ],
    [
      "no such stack",
      { "Pulumi.dev.yaml": DEV },
      "prod",
      /there is no file Pulumi\.prod\.yaml; there are files of dev/,
    ],
    ["no stack", {}, undefined, /no stack has a file/],
    ["a project that is no YAML", { "Pulumi.yaml": "a: [" }, undefined, /Pulumi\.yaml is not valid YAML/],
  ])("%s is refused", (_, files, stack, message) => {
    const cwd =
      "Pulumi.yaml" in files && files["Pulumi.yaml"] === undefined ? temporaryFolder({ x: "" }) : project(files);
    expect(() => linesOf(cwd, stack)).toThrow(message);
  });
});

test("a person is told of each finding in a line, and of their number", () => {
  const cwd = project({ "Pulumi.dev.yaml": DEV, "Pulumi.prod.yaml": DEV.replace("old:\n", '"old\\e[2J":\n') });
  const files = lint({ cwd, ownKeys: [] });
  const text = lintText(files);
  expect(text).toMatch(/^Pulumi\.dev\.yaml  nothing to say\nPulumi\.prod\.yaml\n  error    deployments\.old: "old/);
  expect(text).not.toContain("\u001B");
  expect(text.split("\n").at(-1)).toBe(`${countOf(files, "error")} error, 0 warnings, 0 notes`);
});

test("the command ends with 3 where a preview would refuse, and needs no Pulumi", () => {
  const cwd = project({ "Pulumi.dev.yaml": DEV.replace("modelVersion", "modelVersio") });
  const { status, stdout, stderr } = spawnSync(process.execPath, [COMMAND, "lint", "--cwd", cwd, "--json"], {
    encoding: "utf8",
    env: { ...process.env, PATH: "" },
  });
  expect({ status, stderr }).toEqual({ status: EXIT.refused, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({
    schemaVersion: 1,
    files: [{ stack: "dev", file: join(cwd, "Pulumi.dev.yaml") }],
  });
});

test("the project of this repository and its examples have no error", () => {
  const folders = [ROOT, ...["hardened", "kubernetes", "larger-stack"].map((name) => join(EXAMPLE, "..", name))];
  expect(folders.flatMap((cwd) => countOf(lint({ cwd, stack: "dev", ownKeys: [] }), "error"))).toEqual([0, 0, 0, 0]);
});
