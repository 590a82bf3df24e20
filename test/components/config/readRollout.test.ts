import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test } from "vitest";
import { readRollout } from "../../../components/config/readRollout";
import { textOf } from "../../support/configText";
import type { StackConfig } from "../../support/configText";

const PROJECT = pulumi.getProject();

/** The config that a run of the project gets from the engine. */
function configOf(values: StackConfig, namespace = PROJECT): pulumi.Config {
  const texts = Object.keys(values).map((key) => [`${namespace}:${key}`, textOf(values, key) ?? ""]);
  pulumi.runtime.setAllConfig({ "other:trafic": "1", ...(Object.fromEntries(texts) as Record<string, string>) });
  return new pulumi.Config(namespace);
}

afterEach(() => pulumi.runtime.setAllConfig({}));

const DEPLOYMENTS = { default: { modelVersion: "1" }, green: { modelVersion: "2" } };

test("the rollout is read from stack config", () => {
  const config = configOf({ deployments: DEPLOYMENTS, candidate: "green", candidateTraffic: 10 });
  expect(readRollout(config)).toEqual({
    deployments: DEPLOYMENTS,
    traffic: { default: 90, green: 10 },
    weightsFrom: "candidate",
  });
});

test("everything that cannot be read is one error, without a stack trace", () => {
  const config = configOf({ deployments: "default", traffic: 100 });
  const read = () => readRollout(config);
  expect(read).toThrow(pulumi.RunError);
  expect(read).toThrow(
    "invalid stack config, nothing of the rollout was written:\n" +
      '  - deployments: must be a map such as {"default": {"modelVersion": "1"}}, got "default"\n' +
      '  - traffic: must be a map such as {"default": 90, "green": 10}, got 100',
  );
});

test("another namespace than the project's is handed on, for the command of the next step", () => {
  const config = configOf({ deployments: DEPLOYMENTS, candidate: "green" }, "alpha");
  expect(readRollout(config)).toEqual({
    deployments: DEPLOYMENTS,
    traffic: { default: 100, green: 0 },
    weightsFrom: "candidate",
    configNamespace: "alpha",
  });
});

test("a misspelt key is refused with all else that is wrong, and one of the program's own is not", () => {
  const config = configOf({
    deployments: DEPLOYMENTS,
    candidate: "blue",
    canditateTraffic: 20,
    trafficX: 1,
    team: "a",
  });
  expect(() => readRollout(config, ["trafficX"])).toThrow(
    "invalid stack config, nothing of the rollout was written:\n" +
      "  - canditateTraffic: no such key; did you mean candidateTraffic? If the program reads it itself, say so: " +
      'readRollout(config, ["canditateTraffic"])\n' +
      '  - candidate: "blue" is not a deployment; use default or green',
  );
});
