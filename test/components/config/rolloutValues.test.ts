import { fc } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { parseRollout } from "../../../components/config/rolloutValues";
import { readConfig } from "../../support/configText";
import type { StackConfig } from "../../support/configText";
import { deploymentNames, weightsOf } from "../../support/trafficStates";

const DEPLOYMENTS = { default: { modelVersion: "1" }, green: { modelVersion: "2" } };

describe("config becomes arguments", () => {
  test.each<[string, StackConfig, object]>([
    ["nothing", {}, { deployments: {} }],
    ["deployments alone", { deployments: DEPLOYMENTS }, { deployments: DEPLOYMENTS }],
    [
      "the map of weights",
      { deployments: DEPLOYMENTS, traffic: { default: 90, green: 10 } },
      { deployments: DEPLOYMENTS, traffic: { default: 90, green: 10 }, weightsFrom: "traffic" },
    ],
    [
      "a version that was stored as a number",
      { deployments: { default: { modelVersion: 1, instanceCount: 2 } } },
      { deployments: { default: { modelVersion: "1", instanceCount: 2 } } },
    ],
    [
      "variables and tags that were stored as numbers and booleans",
      { deployments: { default: { environmentVariables: { WORKERS: 2, DEBUG: false }, tags: { cost: 7 } } } },
      { deployments: { default: { environmentVariables: { WORKERS: "2", DEBUG: "false" }, tags: { cost: "7" } } } },
    ],
    [
      "every other setting of a deployment",
      {
        deployments: {
          default: { autoscale: { minimumInstanceCount: 1 }, startupProbe: {}, appInsightsEnabled: true },
        },
      },
      {
        deployments: {
          default: { autoscale: { minimumInstanceCount: 1 }, startupProbe: {}, appInsightsEnabled: true },
        },
      },
    ],
    [
      "weights that were stored as text",
      { deployments: DEPLOYMENTS, traffic: { default: "90", green: "10" } },
      { deployments: DEPLOYMENTS, traffic: { default: 90, green: 10 }, weightsFrom: "traffic" },
    ],
    [
      "model versions as paths and in full",
      { modelVersions: { "1": "models/blue", "2": { uri: "azureml://a" } } },
      { deployments: {}, versions: { "1": { path: "models/blue" }, "2": { uri: "azureml://a" } } },
    ],
    [
      "a mirror and live weights to accept",
      { mirrorTraffic: { green: "10" }, acceptLive: { default: 50, green: "50" } },
      { deployments: {}, mirrorTraffic: { green: 10 }, acceptLive: { default: 50, green: 50 } },
    ],
    [
      "live settings to accept",
      { acceptLiveSettings: { default: ["requestSettings"] } },
      { deployments: {}, acceptLiveSettings: { default: ["requestSettings"] } },
    ],
    ["why it may stop serving", { allowOutage: "moved" }, { deployments: {}, allowOutage: "moved" }],
    [
      "protection, and whose endpoint it was",
      { deletionProtection: false, takeOver: "heart/dev" },
      { deployments: {}, deletionProtection: false, takeOver: "heart/dev" },
    ],
    ["protection as text", { deletionProtection: "true" }, { deployments: {}, deletionProtection: true }],
    ["protection that is no boolean", { deletionProtection: "no" }, { deployments: {}, deletionProtection: "no" }],
    [
      "the defaults of a project, which are not set",
      {
        deployments: {},
        traffic: {},
        mirrorTraffic: {},
        acceptLive: "",
        candidate: "",
        candidateTraffic: 0,
        takeOver: "",
      },
      { deployments: {} },
    ],
  ])("%s", (_, config, values) => {
    expect(readConfig(config)).toEqual({ values, lines: [] });
  });

  test("values that are wrong stay as they are, for the component's rules to name", () => {
    const wrong = {
      deployments: { default: "1", green: { modelVersion: true } },
      traffic: { default: "1e2", green: null },
    };
    expect(readConfig(wrong)).toEqual({ values: { ...wrong, weightsFrom: "traffic" }, lines: [] });
    expect(readConfig({ traffic: { default: "-5", green: "33.3" } }).values.traffic).toEqual({
      default: -5,
      green: 33.3,
    });
    expect(readConfig({ modelVersions: { "1": 5 } }).values.versions).toEqual({ "1": 5 });
  });

  test("any weights are the same as numbers and as text", () => {
    fc.assert(
      fc.property(deploymentNames.chain(weightsOf), (traffic) => {
        const text = Object.fromEntries(Object.entries(traffic).map(([name, weight]) => [name, String(weight)]));
        expect(readConfig({ traffic: text }).values.traffic).toEqual(traffic);
      }),
    );
  });
});

describe("what is no map is named, with what a map looks like", () => {
  test.each<[StackConfig, string]>([
    [
      { deployments: "default" },
      'deployments: must be a map such as {"default": {"modelVersion": "1"}}, got "default"',
    ],
    [
      { deployments: '{"default": ' },
      'deployments: must be a map such as {"default": {"modelVersion": "1"}}, got "{\\"default\\": "',
    ],
    [
      { deployments: ["default"] },
      'deployments: must be a map such as {"default": {"modelVersion": "1"}}, got ["default"]',
    ],
    [{ modelVersions: "models/blue" }, 'modelVersions: must be a map such as {"1": "models/blue"}, got "models/blue"'],
    [{ traffic: 100 }, 'traffic: must be a map such as {"default": 90, "green": 10}, got 100'],
    [{ traffic: null }, 'traffic: must be a map such as {"default": 90, "green": 10}, got null'],
    [{ mirrorTraffic: true }, 'mirrorTraffic: must be a map such as {"green": 10}, got true'],
    [{ acceptLive: "yes" }, 'acceptLive: must be a map such as {"default": 90, "green": 10}, got "yes"'],
    [
      { acceptLiveSettings: ["default"] },
      'acceptLiveSettings: must be a map such as {"default": ["requestSettings"]}, got ["default"]',
    ],
  ])("%j", (config, line) => {
    expect(readConfig(config).lines).toEqual([line]);
  });

  test("all at once", () => {
    const config = {
      deployments: 1,
      modelVersions: 2,
      traffic: 3,
      mirrorTraffic: 4,
      acceptLive: 5,
      candidate: "green",
    };
    expect(readConfig(config).lines).toEqual([
      'deployments: must be a map such as {"default": {"modelVersion": "1"}}, got 1',
      'modelVersions: must be a map such as {"1": "models/blue"}, got 2',
      "traffic: both traffic and candidate are set; remove one of them",
      'traffic: must be a map such as {"default": 90, "green": 10}, got 3',
      'mirrorTraffic: must be a map such as {"green": 10}, got 4',
      'acceptLive: must be a map such as {"default": 90, "green": 10}, got 5',
    ]);
  });

  test("any text at all is judged, never thrown at", () => {
    const text = fc.option(fc.oneof(fc.string(), fc.json()), { nil: undefined });
    const keys = [
      "deployments",
      "modelVersions",
      "traffic",
      "mirrorTraffic",
      "acceptLive",
      "acceptLiveSettings",
      "candidate",
      "candidateTraffic",
    ];
    fc.assert(
      fc.property(fc.record(Object.fromEntries(keys.map((key) => [key, text]))), (config) => {
        expect(parseRollout((key) => config[key]).values.deployments).toBeTypeOf("object");
      }),
      { numRuns: 500 },
    );
  });
});
