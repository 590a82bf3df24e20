import { describe, expect, test } from "vitest";
import { checkDeploymentChange, describeLoad } from "../../../components/rollout/liveDeployment";
import type { DeploymentProperties } from "../../../components/rollout/liveDeployment";
import type { TrafficState } from "../../../components/rollout/weights";
import { linesOf } from "../../support/linesOf";
import { stateOf } from "../../support/trafficStates";

const WORKSPACE = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw";
const MODEL_1 = `${WORKSPACE}/models/heart-classifier/versions/1`;
const MODEL_2 = `${WORKSPACE}/models/heart-classifier/versions/2`;

const LIVE = stateOf({ default: 90, green: 10 });
const MIRRORED = stateOf({ default: 100 }, { green: 20 });
const IDLE = stateOf({ default: 100 });
const TODO = "add a deployment, shift the traffic to it and remove this one";

const PROPERTIES: DeploymentProperties = {
  model: MODEL_1,
  instanceType: "Standard_DS3_v2",
  scaleSettings: { scaleType: "Default" },
  requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
};

function change(changed: DeploymentProperties, live: TrafficState, before = PROPERTIES): readonly string[] {
  return linesOf(checkDeploymentChange("green", before, { ...before, ...changed }, live));
}

describe("the machine size never changes under the same name", () => {
  test.each([LIVE, MIRRORED, IDLE, stateOf({})])("in %j", (live) => {
    expect(change({ instanceType: "Standard_F4s_v2" }, live)).toEqual([
      'deployments.green.instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": Azure ignores it under the same name; ' +
        "add a deployment under another name",
    ]);
  });
});

describe("what was tested does not change while it serves", () => {
  test.each<[string, DeploymentProperties, TrafficState, readonly string[]]>([
    [
      "the model of a live one",
      { model: MODEL_2 },
      LIVE,
      [
        "deployments.green.modelVersion: heart-classifier/versions/1 -> heart-classifier/versions/2: " +
          `it has 10 % of the live traffic; ${TODO}`,
      ],
    ],
    [
      "the model of a live one, named in another case",
      { model: MODEL_2 },
      stateOf({ default: 90, GREEN: 10 }),
      [
        "deployments.green.modelVersion: heart-classifier/versions/1 -> heart-classifier/versions/2: " +
          `it has 10 % of the live traffic; ${TODO}`,
      ],
    ],
    [
      "the model of a mirrored one",
      { model: "azureml://registries/r/models/heart/versions/3" },
      MIRRORED,
      [
        "deployments.green.modelVersion: heart-classifier/versions/1 -> heart/versions/3: " +
          `it has 20 % mirror traffic; ${TODO}`,
      ],
    ],
    [
      "code, environment and variables",
      { environmentId: "env", environmentVariables: { A: "1", B: "kept" } },
      LIVE,
      [
        `deployments.green.environmentId: none -> "env": it has 10 % of the live traffic; ${TODO}`,
        `deployments.green.environmentVariables: A, B changed: it has 10 % of the live traffic; ${TODO}`,
      ],
    ],
    [
      "every change at once",
      { model: MODEL_2, instanceType: "Standard_F4s_v2" },
      LIVE,
      [
        "deployments.green.modelVersion: heart-classifier/versions/1 -> heart-classifier/versions/2: " +
          `it has 10 % of the live traffic; ${TODO}`,
        'deployments.green.instanceType: "Standard_DS3_v2" -> "Standard_F4s_v2": Azure ignores it under the same name; ' +
          "add a deployment under another name",
      ],
    ],
  ])("%s", (_, changed, live, lines) => {
    expect(change(changed, live)).toEqual(lines);
  });

  test("a property that leaves it counts as a change", () => {
    const { requestSettings: _, ...rest } = PROPERTIES;
    expect(linesOf(checkDeploymentChange("green", PROPERTIES, rest, LIVE))).toEqual([
      'deployments.green.requestSettings: {"maxConcurrentRequestsPerInstance":1,"requestTimeout":"P... -> none: ' +
        `it has 10 % of the live traffic; ${TODO}`,
    ]);
  });
});

test("of variables only the names of the changed ones are said, since their values may be secret", () => {
  const before = { environmentVariables: { KEPT: "1", CHANGED: "old-secret", GONE: "2" } };
  const after = { environmentVariables: { KEPT: "1", CHANGED: "new-secret", ADDED: "3" } };
  expect(change(after, LIVE, before)).toEqual([
    `deployments.green.environmentVariables: CHANGED, GONE, ADDED changed: it has 10 % of the live traffic; ${TODO}`,
  ]);
});

test.each([LIVE, IDLE])("another kind of endpoint is refused alone, whatever else changes with it, in %j", (live) => {
  const before = { ...PROPERTIES, endpointComputeType: "Managed" };
  expect(change({ endpointComputeType: "Kubernetes", instanceType: "cpu-small" }, live, before)).toEqual([
    "compute: Managed -> Kubernetes: an endpoint cannot change its kind; " +
      "declare a second component, move the callers, then remove this one",
  ]);
});

test.each([
  [LIVE, "10 % of the live traffic"],
  [MIRRORED, "20 % mirror traffic"],
  [IDLE, undefined],
])("what a deployment serves in %j, whatever the case of its name", (live, load) => {
  expect(describeLoad(live, "GREEN")).toBe(load);
});

describe("what may change", () => {
  test.each<[string, DeploymentProperties, TrafficState]>([
    ["everything but the machine size at weight 0", { model: MODEL_2, environmentId: "env" }, IDLE],
    ["everything but the machine size on a new endpoint", { model: MODEL_2 }, stateOf({})],
    [
      "scale and description while it serves",
      { scaleSettings: { scaleType: "TargetUtilization" }, description: "a" },
      LIVE,
    ],
    ["nothing at all", {}, LIVE],
    [
      "the order of the same settings",
      { requestSettings: { requestTimeout: "PT5S", maxConcurrentRequestsPerInstance: 1 } },
      LIVE,
    ],
  ])("%s", (_, changed, live) => {
    expect(change(changed, live)).toEqual([]);
  });
});
