import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { ProgressiveMlflowEndpoint } from "../../../components";
import { HEART } from "../../support/heart";
import { mockRun } from "../../support/mocks";

/** A component of a user's own, which ours can stand in. */
class Platform extends pulumi.ComponentResource {
  constructor(kind: string, name: string, parent?: pulumi.Resource) {
    super(`acme:index:${kind}`, name, {}, parent ? { parent } : {});
  }
}

function declare(name: string, parent?: pulumi.Resource): ProgressiveMlflowEndpoint {
  return new ProgressiveMlflowEndpoint(name, HEART, parent ? { parent } : {});
}

test.each<[string, () => readonly ProgressiveMlflowEndpoint[], readonly string[]]>([
  ["of two names", () => [declare("heart"), declare("lung")], ["heart", "lung"]],
  [
    "of one name in two parents",
    () => ["a", "b"].map((name) => declare("heart", new Platform("Platform", name))),
    ["acme:index:Platform::a/heart", "acme:index:Platform::b/heart"],
  ],
  [
    "of one name in parents that differ only in type",
    () => ["Platform", "Sandbox"].map((kind) => declare("heart", new Platform(kind, "a"))),
    ["acme:index:Platform::a/heart", "acme:index:Sandbox::a/heart"],
  ],
  [
    "of one name, deep in other components and at the top",
    () => [declare("heart", new Platform("Team", "cardio", new Platform("Platform", "a"))), declare("heart")],
    ["acme:index:Team::acme:index:Platform::a/cardio/heart", "heart"],
  ],
])("components %s have hooks of their own: a name used twice hangs the engine", async (_, program, paths) => {
  const run = await mockRun();
  program();
  await run.settled();
  const own = (path: string) =>
    [
      "lookups",
      "before-workspace",
      "model-version",
      "before-deployment",
      "before-traffic",
      "after-traffic",
      "before-endpoint",
      "after-endpoint",
    ].map((hook) => `${path}:${hook}`);
  const names = run.hooks.map(({ name }) => name);
  expect(names.filter((name) => !name.endsWith(":arguments"))).toEqual(paths.flatMap(own));
  expect(new Set(names).size).toBe(names.length);
  const steps = run.registered.filter(({ type }) => type === "azure-native:resources:Deployment");
  expect(steps.map(({ hooks }) => hooks["beforeUpdate"])).toEqual(paths.map((path) => [`${path}:before-traffic`]));
});
