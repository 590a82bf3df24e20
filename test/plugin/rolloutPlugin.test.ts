import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Output } from "@pulumi/pulumi";
import { getPulumiComponents } from "@pulumi/pulumi/provider/experimental/provider";
import { describe, expect, test } from "vitest";
import { ROOT } from "../../driver/paths";
import { RolloutPlugin } from "../../plugin/rolloutPlugin";
import { HEART } from "../support/heart";
import { mockRun } from "../support/mocks";

const COMPONENT = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";

interface ComponentSchema {
  readonly isComponent: boolean;
  readonly inputProperties: object;
  readonly requiredInputs: readonly string[];
  readonly properties: object;
}

function read(file: string): string {
  return readFileSync(join(ROOT, file), "utf8");
}

const text = read("dist/schema.json");
const schema = JSON.parse(text) as {
  readonly name: string;
  readonly version: string;
  readonly resources: Readonly<Record<string, ComponentSchema>>;
};
const plugin = new RolloutPlugin(text);

describe("the package schema", () => {
  test("is that of this version, with what the component takes and gives", () => {
    const { name, version } = JSON.parse(read("package.json")) as Record<string, string>;
    expect({ name: schema.name, version: schema.version }).toEqual({ name, version });
    expect(plugin.version).toBe(version);
    expect(Object.keys(schema.resources)).toEqual([COMPONENT]);
    const component = schema.resources[COMPONENT];
    expect(component).toMatchObject({ isComponent: true });
    expect(component?.requiredInputs).toEqual(expect.arrayContaining(["deployments", "model", "resourceGroupName"]));
    expect(Object.keys(component?.inputProperties ?? {})).toEqual(expect.arrayContaining(Object.keys(HEART)));
  });
});

describe("a construct call", () => {
  test("declares the component, with a value for each output of the schema", async () => {
    const run = await mockRun();
    const { urn, state } = await plugin.construct("heart", COMPONENT, HEART, {});
    await run.settled();
    expect(run.registered).toContainEqual(expect.objectContaining({ type: COMPONENT, name: "heart" }));
    expect(Output.isInstance(urn)).toBe(true);
    expect(Object.keys(state)).toEqual(Object.keys(schema.resources[COMPONENT]?.properties ?? {}));
    expect(Object.values(state).filter((value) => !Output.isInstance(value))).toEqual([]);
  });

  test("of another type is refused", async () => {
    await expect(plugin.construct("heart", "azure-mlflow-rollout:index:Endpoint", HEART, {})).rejects.toThrow(
      `azure-mlflow-rollout has no component azure-mlflow-rollout:index:Endpoint; it has ${COMPONENT}`,
    );
  });
});

test("main of the package is a function for Pulumi to call, and has the component for tools that read no exports", () => {
  const { main } = JSON.parse(read("package.json")) as { readonly main: string };
  const loaded = require(join(ROOT, main)) as Readonly<Record<string, unknown>>;
  expect(loaded).toBeInstanceOf(Function);
  expect(getPulumiComponents(loaded)).toEqual([]);
  expect(getPulumiComponents({ ...loaded })).toHaveLength(1);
  expect(loaded).toHaveProperty("readRollout");
});
