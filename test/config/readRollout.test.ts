import * as pulumi from "@pulumi/pulumi";
import { afterEach, expect, test } from "vitest";
import { readRollout } from "../../components/config/readRollout";
import { textOf } from "../support/configText";
import type { StackConfig } from "../support/configText";

const PROJECT = "heart";

/** The config that a run of the project gets from the engine. */
function configOf(values: StackConfig): pulumi.Config {
  const texts = Object.keys(values).map((key) => [`${PROJECT}:${key}`, textOf(values, key) ?? ""]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
  return new pulumi.Config(PROJECT);
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
    "invalid stack config, nothing was written:\n" +
      '  - deployments: must be a map such as {"default": {"modelVersion": "1"}}, got "default"\n' +
      '  - traffic: must be a map such as {"default": 90, "green": 10}, got 100',
  );
});
