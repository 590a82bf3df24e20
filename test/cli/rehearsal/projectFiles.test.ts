import { describe, expect, test } from "vitest";
import { rehearsalEnvironment } from "../../../cli/rehearsal/environment";
import { foreignResources } from "../../../cli/rehearsal/foreign";
import { missingSecrets, projectFile, readConfigValue, stackFile } from "../../../cli/rehearsal/projectFiles";

describe("the project file of a rehearsal", () => {
  test("runs the same program by a link, in a backend of its own", () => {
    const text = [
      "name: heart",
      "main: src/index.ts",
      "runtime: { name: python, options: { virtualenv: venv } }",
      "backend: { url: s3://states }",
      "stackConfigDir: stacks",
      "config:",
      "  azure-native:location: { value: westeurope }",
      "  azure-native:subscriptionId: { value: 0000 }",
      "  deployments: { type: object, default: {} }",
      "",
    ].join("\n");
    expect(projectFile(text, "/home/me/heart", "program")).toBe(
      [
        "name: heart",
        "main: program/src/index.ts",
        "runtime: { name: python, options: { virtualenv: /home/me/heart/venv } }",
        "config:",
        "  azure-native:location: { value: westeurope }",
        "  deployments: { type: object, default: {} }",
        "",
      ].join("\n"),
    );
  });

  test("without a main, the folder is the program", () => {
    expect(projectFile("name: heart\nruntime: nodejs\n", "/heart", "program")).toBe(
      "name: heart\nruntime: nodejs\nmain: program\n",
    );
  });

  test("that is not YAML is refused without a word of what stands there", () => {
    expect(() => projectFile("a: [secret", "/heart", "program")).toThrow(/^\/heart\/Pulumi\.yaml is not valid YAML$/);
  });
});

describe("the stack file of a rehearsal", () => {
  const text = [
    "encryptionsalt: v1:abc",
    "environment: [prod]",
    "config:",
    "  azure-native:clientSecret: { secure: AAAA }",
    "  azure-native:location: westeurope",
    "  azure-native:tenantId: 1111",
    "  heart:apiKey:",
    "    secure: AAAA",
    "  heart:nested:",
    "    inner: [{ secure: AAAA }]",
    "  heart:deployments: { model-1: { modelVersion: '1' } } # kept",
    "",
  ].join("\n");

  test("has no secrets and no logins, and names the secrets that the program would miss", () => {
    expect(stackFile(text, "Pulumi.dev.yaml")).toEqual({
      text: "config:\n  azure-native:location: westeurope\n  heart:deployments: { model-1: { modelVersion: '1' } } # kept\n",
      secrets: ["heart:apiKey", "heart:nested"],
    });
  });

  test("a stand-in may be named with or without the project", () => {
    const secrets = ["heart:apiKey", "heart:nested", "other:key"];
    expect(missingSecrets(secrets, ["apiKey"], "heart")).toEqual([
      {
        path: "heart:nested",
        reason: "is a secret, and a rehearsal reads none; give a stand-in with --config nested=<value>",
      },
      {
        path: "other:key",
        reason: "is a secret, and a rehearsal reads none; give a stand-in with --config other:key=<value>",
      },
    ]);
    expect(missingSecrets(secrets, ["heart:apiKey", "nested", "other:key"], "heart")).toEqual([]);
  });

  test("without config it stays without", () => {
    expect(stackFile("", "Pulumi.dev.yaml").secrets).toEqual([]);
  });
});

describe("a value of --config", () => {
  test.each([
    ["candidateTraffic=0", 0],
    ["paused=false", false],
    ["name=a=b", "a=b"],
    ["empty=", ""],
    ['rollout={"steps": [10, 100]}', { steps: [10, 100] }],
    ["id=12345678901234567890", "12345678901234567890"],
    ["version=01", "01"],
    ['quoted="x"', '"x"'],
  ])("%s", (typed, value) => {
    expect(readConfigValue(typed)).toEqual({ key: typed.split("=")[0], value });
  });

  test.each(["candidateTraffic", "=1", ""])("%j is refused", (typed) => {
    expect(readConfigValue(typed)).toEqual({
      path: `--config ${JSON.stringify(typed)}`,
      reason: "must be key=value, such as candidateTraffic=0 or rollout='{\"steps\": [10, 100]}'",
    });
  });
});

test("the environment has no login of the user, and the local Azure in its place", () => {
  const own = {
    HOME: "/home/me",
    PATH: "/bin",
    TEAM: "cardio",
    ARM_CLIENT_SECRET: "x",
    AZURE_CONFIG_DIR: "/home/me/.azure",
    AWS_PROFILE: "prod",
    KUBECONFIG: "/k",
    PULUMI_ACCESS_TOKEN: "x",
    PULUMI_STACK: "prod",
    GITHUB_TOKEN: "x",
    DB_PASSWORD: "x",
    openai_api_key: "x",
    UNSET: undefined,
  };
  expect(
    rehearsalEnvironment(own, { ARM_CLIENT_SECRET: "local", PATH: "/engine:/bin" }, { PULUMI_HOME: "/h" }),
  ).toEqual({
    HOME: "/home/me",
    PATH: "/engine:/bin",
    TEAM: "cardio",
    ARM_CLIENT_SECRET: "local",
    PULUMI_HOME: "/h",
  });
});

test("resources of other clouds are named, components of any package are not", () => {
  const step = (type: string, name: string, custom: boolean) => ({
    op: "create",
    urn: `urn:pulumi:dev::heart::${type}::${name}`,
    newState: { type, urn: "", custom },
  });
  expect(
    foreignResources([
      step("azure-native:resources:ResourceGroup", "group", true),
      step("azure-mlflow-rollout:index:ProgressiveMlflowEndpoint", "heart", false),
      step("my:module:Component", "mine", false),
      step("my:module:Component$aws:s3/bucket:Bucket", "logs", true),
      step("pulumi:providers:kubernetes", "cluster", true),
      step("pulumi-nodejs:dynamic:Resource", "hook", true),
      step("pulumi:providers:azure-native", "default", true),
    ]),
  ).toEqual([
    "aws:s3/bucket:Bucket logs",
    "pulumi:providers:kubernetes cluster",
    "pulumi-nodejs:dynamic:Resource hook",
  ]);
});
