import { describe, expect, test } from "vitest";
import { changesIn, componentsSay, sortErrors } from "../../../cli/plan/report";

describe("errors of a preview", () => {
  test("refusals are taken apart, each once, whoever says them", () => {
    const errors = [
      "error: invalid arguments, nothing was written:\n  - deployments.new.instanceCount: must be 1, got 0\n  - traffic: x: y\n",
      'error: Preview failed: before hook "heart:arguments" failed: invalid arguments, nothing was written:\n  - traffic: x: y\n',
      "error: preview failed\n",
    ];
    expect(sortErrors(errors)).toEqual({
      refusals: [
        { path: "deployments.new.instanceCount", reason: "must be 1, got 0" },
        { path: "traffic", reason: "x: y" },
      ],
      failures: [],
    });
  });

  test("a program that fails is no refusal", () => {
    const errors = [
      "error: Running program failed with an unhandled exception:\nTypeError: x",
      "error: preview failed",
    ];
    expect(sortErrors(errors)).toEqual({
      refusals: [],
      failures: ["Running program failed with an unhandled exception:\nTypeError: x"].map(
        (text) => expect.stringContaining(text) as string,
      ),
    });
  });
});

test("each component speaks for itself, and nobody else for it", () => {
  const urn = (name: string) => `urn:pulumi:dev::p::azure-mlflow-rollout:index:ProgressiveMlflowEndpoint::${name}`;
  const diagnostics = [
    { urn: urn("heart"), message: "traffic  a\nrules  b\n", severity: "info" },
    { urn: urn("stroke"), message: "traffic  c\n", severity: "info" },
    { urn: urn("heart"), message: "next: d\n", severity: "info" },
    { urn: urn("heart"), message: "no\n", severity: "warning" },
    { urn: "urn:pulumi:dev::p::azure-native:resources:ResourceGroup::rg", message: "no", severity: "info" },
    { message: "no", severity: "info" },
  ];
  expect(componentsSay(JSON.stringify({ diagnostics }))).toEqual([
    { component: "heart", lines: ["traffic  a", "rules  b", "next: d"] },
    { component: "stroke", lines: ["traffic  c"] },
  ]);
  expect(componentsSay("{}")).toEqual([]);
});

test("a replaced resource is one change, and what goes is named", () => {
  const change = (op: string, type: string, name: string) => ({ op, type, name });
  const changes = [
    change("update", "ProgressiveMlflowEndpoint", "heart"),
    change("create-replacement", "Blob", "b"),
    change("replace", "Blob", "b"),
    change("delete-replaced", "Blob", "b"),
    change("update", "Deployment", "heart-traffic"),
    change("delete", "OnlineDeployment", "old"),
  ];
  expect(changesIn({ changes })).toEqual({
    changes: { replace: 1, update: 1, delete: 1 },
    removals: [change("replace", "Blob", "b"), change("delete", "OnlineDeployment", "old")],
  });
});
