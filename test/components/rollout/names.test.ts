import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  checkDeploymentName,
  checkEndpointName,
  checkModelName,
  checkModelVersion,
  checkWorkspaceName,
} from "../../../components/rollout/names";

const ENDPOINT = "is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last";
const MODEL =
  "is not a valid model name; use 1 to 255 letters, digits, dashes and underscores, a letter or digit first";
const VERSION = 'is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions';
const WORKSPACE =
  "is not a valid workspace name; use 3 to 33 letters, digits, dashes and underscores, a letter or digit first";

describe("endpoint and deployment names", () => {
  test.each(["default", "xgboost-model-2", "abc", "Abc", "a-1", "a--b", `a${"b".repeat(31)}`])("%s is one", (name) => {
    expect(checkEndpointName(name)).toBeUndefined();
    expect(checkDeploymentName(name)).toBeUndefined();
  });

  test.each(["", "ab", `a${"b".repeat(32)}`, "1abc", "-abc", "abc-", "a_bc", "a.bc", "a bc", "abc\n", "äbc"])(
    "%j is none",
    (name) => {
      expect(checkEndpointName(name)).toBe(`${JSON.stringify(name)} ${ENDPOINT}`);
      expect(checkDeploymentName(name)).toBe(`${JSON.stringify(name)} ${ENDPOINT}`);
    },
  );
});

describe("model names", () => {
  test.each(["h", "heart-classifier", "heart_2", "2heart", "m".repeat(255)])("%s is one", (name) => {
    expect(checkModelName(name)).toBeUndefined();
  });

  test.each(["", "-heart", "_heart", "heart classifier", "heart/2", "m".repeat(256)])("%j is none", (name) => {
    expect(checkModelName(name)).toBe(`${JSON.stringify(name)} ${MODEL}`);
  });
});

describe("model versions", () => {
  test("every whole number from 1 is one", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1 }), (version) => {
        expect(checkModelVersion(String(version))).toBeUndefined();
      }),
    );
  });

  test.each(["", "0", "01", "-1", "1.0", "1e3", "v1", "latest", " 1"])("%j is none", (version) => {
    expect(checkModelVersion(version)).toBe(`${JSON.stringify(version)} ${VERSION}`);
  });
});

describe("workspace names", () => {
  test.each(["mlw", "mlw-heart_1", "1mlw", "w".repeat(33)])("%s is one", (name) => {
    expect(checkWorkspaceName(name)).toBeUndefined();
  });

  test.each(["", "ml", "-mlw", "mlw.heart", "w".repeat(34)])("%j is none", (name) => {
    expect(checkWorkspaceName(name)).toBe(`${JSON.stringify(name)} ${WORKSPACE}`);
  });
});
