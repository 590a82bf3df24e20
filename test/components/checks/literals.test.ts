import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { VALID, problemsWith } from "../../support/checkedArgs";

const OUTPUT = "must be a plain value, got an output; take it from stack config or write it in the program";
const PROMISE = "must be a plain value, got a promise; await it in the program";
const some = pulumi.output("1");
const AUTOSCALE = { minimumInstanceCount: 1, maximumInstanceCount: 2 };
const withDefault = (settings: object): object => ({
  ...VALID.deployments,
  default: { modelVersion: "1", ...settings },
});

describe("an output where a plain value is needed is named, and nothing it makes unknown", () => {
  test.each<[string, Readonly<Record<string, unknown>>]>([
    ["workspace", { workspace: pulumi.output({ name: "mlw" }) }],
    ["workspace.name", { workspace: { name: some } }],
    ["model", { model: pulumi.output(VALID.model) }],
    ["model.name", { model: { ...VALID.model, name: some } }],
    ["model.existing", { model: { ...VALID.model, existing: pulumi.output(true) } }],
    ["model.versions", { model: { ...VALID.model, versions: pulumi.output(VALID.model.versions) } }],
    ["model.versions.1", { model: { ...VALID.model, versions: { ...VALID.model.versions, "1": some } } }],
    [
      "model.versions.1.path",
      { model: { ...VALID.model, versions: { ...VALID.model.versions, "1": { path: some } } } },
    ],
    ["deployments", { deployments: pulumi.output(VALID.deployments) }],
    ["deployments.default", { deployments: { ...VALID.deployments, default: some } }],
    ["deployments.default.modelVersion", { deployments: { ...VALID.deployments, default: { modelVersion: some } } }],
    [
      "deployments.default.autoscale.scaleOut.threshold",
      { deployments: withDefault({ autoscale: { ...AUTOSCALE, scaleOut: { threshold: pulumi.output(80) } } }) },
    ],
    ["deployments.default.livenessProbe", { deployments: withDefault({ livenessProbe: pulumi.output({}) }) }],
    [
      "deployments.default.dataCollector.collections.request.samplingRate",
      {
        deployments: withDefault({ dataCollector: { collections: { request: { samplingRate: pulumi.output(1) } } } }),
      },
    ],
    ["traffic", { traffic: pulumi.output(VALID.traffic) }],
    ["traffic.default", { traffic: { ...VALID.traffic, default: pulumi.output(90) } }],
    ["mirrorTraffic", { mirrorTraffic: pulumi.output({}) }],
    ["mirrorTraffic.default", { mirrorTraffic: { default: pulumi.output(0) } }],
    ["endpointName", { endpointName: some }],
    ["authMode", { authMode: some }],
    ["publicNetworkAccess", { publicNetworkAccess: some }],
    ["policy", { policy: pulumi.output({}) }],
    ["policy.maxIncrease", { policy: { maxIncrease: pulumi.output(10) } }],
    ["rollout", { rollout: pulumi.output({}) }],
    ["rollout.steps", { rollout: { steps: pulumi.output([100]) } }],
    ["rollout.mirror.percent", { rollout: { mirror: { percent: pulumi.output(10) } } }],
    ["rollout.paused", { rollout: { paused: some } }],
    ["acceptLive", { acceptLive: pulumi.output({}) }],
    ["acceptLive.default", { acceptLive: { default: pulumi.output(100) } }],
    ["acceptLiveSettings", { acceptLiveSettings: pulumi.output({}) }],
    ["acceptLiveSettings.default", { acceptLiveSettings: { default: pulumi.output(["requestSettings"]) } }],
  ])("%s", (path, change) => {
    expect(problemsWith(change)).toEqual([`${path}: ${OUTPUT}`]);
  });
});

test("ids, variables and tags of a deployment may be outputs", () => {
  const settings = {
    environmentId: some,
    environmentVariables: { KEY: some },
    codeConfiguration: { codeId: some, scoringScript: "score.py" },
    dataCollector: { collections: { request: { dataId: some, clientId: some } } },
    tags: pulumi.output({ team: "cardio" }),
  };
  expect(problemsWith({ deployments: withDefault(settings), compute: undefined })).toEqual([]);
});

test("a promise is to be awaited", () => {
  expect(problemsWith({ traffic: Promise.resolve(VALID.traffic) })).toEqual([`traffic: ${PROMISE}`]);
});

test("the rules of all other arguments are reported with it", () => {
  const change = {
    traffic: { default: pulumi.output(90), ghost: 10 },
    endpointName: "-",
    policy: { maxIncrease: some },
  };
  expect(problemsWith(change)).toEqual([
    `traffic.default: ${OUTPUT}`,
    `policy.maxIncrease: ${OUTPUT}`,
    "traffic.ghost: no such deployment; add it to deployments or use default, xgboost-model-2",
    'endpointName: "-" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
  ]);
});
