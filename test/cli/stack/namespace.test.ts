import { expect, test } from "vitest";
import { namespaceOf } from "../../../cli/stack/namespace";
import { stackFileOf } from "../../support/openedRollout";

const inputs = { deployments: { "model-1": {}, "model-2": {} } };
const TWO = '{ model-1: { modelVersion: "1" }, model-2: { modelVersion: "2" } }';
const OTHER = '{ blue: { modelVersion: "1" } }';

const stroke = (outputs: object, config: string, from: object = inputs): string =>
  namespaceOf({
    component: { name: "stroke", inputs: { ...from }, outputs: { ...outputs } },
    file: stackFileOf(`config:\n${config}`),
    project: "heart",
  });

test.each([
  ["the outputs name it", { rollout: { configNamespace: "s" } }, `  stroke:deployments: ${TWO}\n`, "s"],
  ["the outputs name none", { rollout: {} }, `  stroke:deployments: ${TWO}\n`, "heart"],
  [
    "after a failed update, the one with its deployments",
    {},
    `  a:deployments: ${OTHER}\n  b:deployments: ${TWO}\n`,
    "b",
  ],
  ["of equals its own name", {}, `  heart:deployments: ${TWO}\n  stroke:deployments: ${TWO}\n`, "stroke"],
  ["then the project's", {}, `  a:deployments: ${TWO}\n  deployments: ${TWO}\n`, "heart"],
  ["of what is no map nothing is known", {}, `  a:deployments: none\n  b:deployments: ${TWO}\n`, "b"],
  ["config without a rollout", {}, "  heart:owner: ada\n", "heart"],
])("%s", (_, outputs, config, expected) => {
  expect(stroke(outputs, config)).toBe(expected);
});

test("before the first update it is the project's", () => {
  expect(namespaceOf({ component: undefined, file: stackFileOf("config: {}\n"), project: "heart" })).toBe("heart");
});
