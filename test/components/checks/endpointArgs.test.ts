import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

const WORKSPACE_NAME =
  "is not a valid workspace name; use 3 to 33 letters, digits, dashes and underscores, a letter or digit first";
const EMPTY = "must not be empty; give a value or leave it out";

test.each<[Readonly<Record<string, unknown>>, string]>([
  [{ resourceGroupName: undefined }, "resourceGroupName: is missing; name the resource group for what is created"],
  [{ resourceGroupName: "" }, "resourceGroupName: is missing; name the resource group for what is created"],
  [{ resourceGroupName: 5 }, "resourceGroupName: must be text, got 5"],
  [{ mirror: { default: 10 } }, "mirror: no such setting; did you mean mirrorTraffic?"],
  [{ location: "" }, `location: ${EMPTY}`],
  [{ location: ["westeurope"] }, 'location: must be text, got ["westeurope"]'],
  [{ workspace: "mlw" }, 'workspace: must be { existingName } to adopt one or { name } to create one, got "mlw"'],
  [{ workspace: null }, "workspace: must be { existingName } to adopt one or { name } to create one, got null"],
  [{ workspace: { exisitngName: "mlw" } }, "workspace.exisitngName: no such setting; did you mean existingName?"],
  [{ workspace: { name: "ml" } }, `workspace.name: "ml" ${WORKSPACE_NAME}`],
  [{ workspace: { existingName: "mlw.heart" } }, `workspace.existingName: "mlw.heart" ${WORKSPACE_NAME}`],
  [
    { workspace: { existingName: "mlw", existingResourceGroupName: "" } },
    `workspace.existingResourceGroupName: ${EMPTY}`,
  ],
  [
    { workspace: { existingName: "mlw", name: "mlw-new" } },
    "workspace: has both existingName and name; adopt a workspace or name a new one",
  ],
  [
    { workspace: { existingResourceGroupName: "rg" } },
    "workspace.existingResourceGroupName: has no effect without existingName; set it or remove this",
  ],
  [
    { endpointName: "1-heart" },
    'endpointName: "1-heart" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
  ],
  [{ endpointName: null }, "endpointName: must be text, got null"],
  [{ authMode: "key" }, 'authMode: must be one of AADToken, Key, AMLToken, got "key"'],
  [{ publicNetworkAccess: false }, "publicNetworkAccess: must be one of Enabled, Disabled, got false"],
  [{ policy: { maxIncrease: 0 } }, "policy.maxIncrease: must be a whole number from 1 to 100, got 0"],
  [{ policy: { bake: 5 } }, "policy.bake: no such setting; did you mean bakeMinutes?"],
  [{ acceptLive: { default: 50 } }, "acceptLive: the weights add up to 50; they must add up to 100"],
  [{ acceptLive: null }, "acceptLive: must be a map of deployment names to weights, got null"],
  [
    { acceptLiveSettings: ["requestSettings"] },
    'acceptLiveSettings: must be a map of deployment names to settings such as {"default": ["requestSettings"]}, got ["requestSettings"]',
  ],
  [
    { acceptLiveSettings: { defualt: ["requestSettings"] } },
    "acceptLiveSettings.defualt: no such deployment; did you mean default?",
  ],
  [
    { acceptLiveSettings: { constructor: [] } },
    "acceptLiveSettings.constructor: no such deployment; use default, xgboost-model-2",
  ],
  [
    { acceptLiveSettings: { default: "requestSettings" } },
    'acceptLiveSettings.default: must be a list of settings such as ["requestSettings"], got "requestSettings"',
  ],
  [
    { acceptLiveSettings: { default: ["requestSetting", "instanceCount"] } },
    'acceptLiveSettings.default: "requestSetting" is not a setting that can be overwritten; did you mean requestSettings?',
  ],
  [
    { acceptLiveSettings: { default: [5] } },
    "acceptLiveSettings.default: 5 is not a setting that can be overwritten; use modelVersion, environmentId, " +
      "codeConfiguration, environmentVariables, modelMountPath, requestSettings, livenessProbe, readinessProbe, " +
      "startupProbe, appInsightsEnabled, dataCollector, egressPublicNetworkAccess, containerResourceRequirements, " +
      "instanceCount",
  ],
  [{ tags: "team" }, 'tags: must be a map of names to text, got "team"'],
  [{ tags: { team: 5 } }, "tags.team: must be text, got 5"],
  [{ tags: { team: undefined } }, "tags.team: must be text, got undefined"],
  [{ tags: { team: "x".repeat(257) } }, "tags.team: has 257 characters; Azure takes at most 256"],
])("%j", (change, line) => {
  expect(problemsWith(change)).toEqual([line]);
});

test.each<[string, readonly string[]]>([
  ["2026-11-24T09:00:00Z", []],
  ["2026-11-24t09:00:00.123+01:00", []],
  ...["", "2026", "2026-11-24", "2026-11-24T09:00:00", "2026-13-24T09:00:00Z", "tomorrow"].map(
    (instant): [string, readonly string[]] => [
      instant,
      [`MLFLOW_ROLLOUT_NOW: must be an RFC 3339 instant such as 2026-11-24T09:00:00Z, got ${JSON.stringify(instant)}`],
    ],
  ),
])("the instant %j", (instant, lines) => {
  expect(problemsWith({}, instant)).toEqual(lines);
});

test.each<[string, Readonly<Record<string, unknown>>]>([
  ["nothing but what is required", {}],
  [
    "everything",
    {
      location: "westeurope",
      workspace: { existingName: "mlw", existingResourceGroupName: "rg-ml" },
      mirrorTraffic: {},
      endpointName: "heart-edp",
      authMode: "Key",
      publicNetworkAccess: "Disabled",
      policy: { maxIncrease: 25, bakeMinutes: 30, verifyTimeoutSeconds: 60 },
      acceptLive: { "from-the-portal": 100 },
      acceptLiveSettings: { default: ["requestSettings", "instanceCount"] },
      tags: { team: "heart", longest: "x".repeat(256), empty: "" },
    },
  ],
  ["everything optional undefined", { location: undefined, workspace: undefined, policy: undefined, extra: undefined }],
  [
    "what other resources give",
    {
      resourceGroupName: pulumi.output("rg"),
      location: Promise.resolve("westeurope"),
      workspace: { existingName: pulumi.output("mlw") },
      tags: pulumi.output({ team: "heart" }),
    },
  ],
])("no rule is broken by %s", (_, change) => {
  expect(problemsWith(change)).toEqual([]);
});

test("an argument that is like no other is answered with all of them", () => {
  const [line] = problemsWith({ shadow: { default: 10 } });
  expect(line).toMatch(/^shadow: no such setting; use resourceGroupName, location, workspace, (\w+, )+\w+$/);
});
