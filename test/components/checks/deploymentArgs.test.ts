import { describe, expect, test } from "vitest";
import { declaredTraffic } from "../../../components/checks/checkArgs";
import { VALID, problemsWith } from "../../support/checkedArgs";

const [blue, green] = [VALID.deployments["default"], VALID.deployments["xgboost-model-2"]];
/** The valid deployments with another first one. */
const withDefault = (deployment: unknown): object => ({ default: deployment, "xgboost-model-2": green });

describe("deployments", () => {
  test.each<[unknown, string]>([
    [["default"], 'deployments: must be a map of deployment names to { modelVersion }, got ["default"]'],
    [withDefault("1"), 'deployments.default: must be { modelVersion: ... }, got "1"'],
    [withDefault([]), "deployments.default: must be { modelVersion: ... }, got []"],
    [withDefault({}), "deployments.default.modelVersion: is missing; give one of model.versions: 1, 2"],
    [withDefault({ modelVersion: 1 }), "deployments.default.modelVersion: must be text, got 1"],
    [
      withDefault({ modelVersion: "3" }),
      'deployments.default.modelVersion: "3" is not in model.versions; use 1 or 2, or declare it there',
    ],
    [
      withDefault({ ...blue, instances: 3 }),
      "deployments.default.instances: no such setting; use modelVersion, instanceType, instanceCount, autoscale, " +
        "targetUtilizationScaling, containerResourceRequirements, requestSettings, livenessProbe, readinessProbe, " +
        "startupProbe, environmentVariables, appInsightsEnabled, dataCollector, egressPublicNetworkAccess, " +
        "environmentId, codeConfiguration, acceptContract, modelMountPath, description, tags",
    ],
    [
      withDefault({ ...blue, instanceType: "DS3_v2" }),
      'deployments.default.instanceType: "DS3_v2" is not a machine size; use one such as "Standard_DS3_v2"',
    ],
    [
      { ...VALID.deployments, GREEN: { ...blue, instanceCount: 1 }, green: blue },
      "deployments.green: differs from GREEN only in case, and Azure treats them as the same; give it another name",
    ],
    [withDefault({ ...blue, instanceType: 3 }), "deployments.default.instanceType: must be text, got 3"],
    ...[0, 51, 1.5, Number.NaN].map((count): [unknown, string] => [
      withDefault({ ...blue, instanceCount: count }),
      `deployments.default.instanceCount: must be a whole number from 1 to 50, got ${count}`,
    ]),
    [
      withDefault({ ...blue, instanceCount: "2" }),
      'deployments.default.instanceCount: must be a whole number from 1 to 50, got "2"',
    ],
    [
      { ...VALID.deployments, ab: blue },
      'deployments.ab: "ab" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
    ],
    [
      { ...VALID.deployments, Default: blue },
      "deployments.Default: differs from default only in case, and Azure treats them as the same; give it another name",
    ],
    [
      {
        ...VALID.deployments,
        ...Object.fromEntries(Array.from({ length: 19 }, (_, index) => [`more-${index}`, blue])),
      },
      "deployments: has 21 deployments; an endpoint can have at most 20, remove 1",
    ],
  ])("%j", (deployments, line) => {
    expect(problemsWith({ deployments })).toEqual([line]);
  });

  test.each([undefined, {}])("none at all: %j", (deployments) => {
    expect(problemsWith({ deployments, traffic: undefined })).toEqual([
      'deployments: has no deployment; add one such as default: { modelVersion: "1" }',
    ]);
  });

  test("twenty are allowed, each with up to fifty machines of any size", () => {
    const machines = { instanceCount: 50, instanceType: "Standard_F4s_v2" };
    const more = Array.from({ length: 18 }, (_, index) => [`more-${index}`, { ...blue, ...machines }]);
    expect(problemsWith({ deployments: { ...VALID.deployments, ...Object.fromEntries(more) } })).toEqual([]);
  });

  test("a version is not looked for while no version is declared", () => {
    expect(problemsWith({ model: { name: "heart", versions: {} }, deployments: withDefault({}) })).toEqual([
      'model.versions: has no version; add one such as "1": { path: "models/blue" }',
      "deployments.default.modelVersion: is missing; give one of model.versions",
    ]);
  });
});

describe("weights", () => {
  test.each<[Readonly<Record<string, unknown>>, string]>([
    [
      { traffic: undefined },
      'traffic: is missing; with 2 deployments say what each gets, such as { "default": 100, "xgboost-model-2": 0 }',
    ],
    [
      { traffic: {} },
      'traffic: is missing; with 2 deployments say what each gets, such as { "default": 100, "xgboost-model-2": 0 }',
    ],
    [{ traffic: null }, "traffic: must be a map of deployment names to weights, got null"],
    [{ traffic: "default=100" }, 'traffic: must be a map of deployment names to weights, got "default=100"'],
    [{ traffic: { default: 90 } }, "traffic: the weights add up to 90; they must add up to 100"],
    [{ traffic: { default: 33.3 } }, "traffic.default: must be a whole number from 0 to 100, got 33.3"],
    [
      { traffic: { default: 100, green: 0 } },
      "traffic.green: no such deployment; add it to deployments or use default, xgboost-model-2",
    ],
    [{ mirrorTraffic: null }, "mirrorTraffic: must be a map of deployment names to weights, got null"],
    [
      { traffic: { default: 100 }, mirrorTraffic: { "xgboost-model-2": 51 } },
      "mirrorTraffic.xgboost-model-2: must be a whole number from 0 to 50, got 51",
    ],
    [
      { mirrorTraffic: { "xgboost-model-2": 10 } },
      "mirrorTraffic.xgboost-model-2: has live weight 10 too; a deployment gets live or mirrored requests, never both: " +
        "set one of them to 0",
    ],
    [
      { traffic: undefined, deployments: { default: blue }, mirrorTraffic: { default: 10 } },
      "mirrorTraffic.default: has live weight 100 too; a deployment gets live or mirrored requests, never both: " +
        "set one of them to 0",
    ],
  ])("%j", (change, line) => {
    expect(problemsWith(change)).toEqual([line]);
  });

  test("are judged as far as possible while the deployments are wrong", () => {
    expect(problemsWith({ deployments: 5, traffic: { any: 90 } })).toEqual([
      "deployments: must be a map of deployment names to { modelVersion }, got 5",
      "traffic: the weights add up to 90; they must add up to 100",
    ]);
  });
});

describe("the declared weights", () => {
  test.each<[string, object, Readonly<Record<string, number>>]>([
    ["name every deployment, zeros too", { traffic: { default: 100 } }, { default: 100, "xgboost-model-2": 0 }],
    ["keep a weight of 0", { traffic: { default: 0, "xgboost-model-2": 100 } }, { default: 0, "xgboost-model-2": 100 }],
    ["are all 100 for the only deployment", { deployments: { default: blue }, traffic: undefined }, { default: 100 }],
    ["are all 100 for it with an empty map too", { deployments: { default: blue }, traffic: {} }, { default: 100 }],
    [
      "are those of the only deployment when they are given",
      { deployments: { default: blue }, traffic: { default: 0 } },
      { default: 0 },
    ],
  ])("%s", (_, change, traffic) => {
    expect(declaredTraffic({ ...VALID, ...change })).toEqual(traffic);
  });
});
