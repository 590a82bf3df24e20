import * as pulumi from "@pulumi/pulumi";
import { BLUE, GREEN } from "../../driver/article";
import type { BadInput } from "./badInput";

/** Arguments that stack config does not have. */
export const BAD_ARGUMENTS: readonly BadInput[] = [
  {
    name: "an argument that does not exist",
    args: { mirror: { [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ["mirror: no such setting; did you mean mirrorTraffic?"],
  },
  {
    name: "no resource group",
    args: { resourceGroupName: undefined },
    refusedBy: "arguments",
    lines: ["resourceGroupName: is missing; name the resource group for what is created"],
  },
  {
    name: "an empty location",
    args: { location: "" },
    refusedBy: "arguments",
    lines: ["location: must not be empty; give a value or leave it out"],
  },
  {
    name: "a way to authenticate that does not exist",
    args: { authMode: "key" },
    refusedBy: "arguments",
    lines: ['authMode: must be one of AADToken, Key, AMLToken, got "key"'],
  },
  {
    name: "a network access that does not exist",
    args: { publicNetworkAccess: false },
    refusedBy: "arguments",
    lines: ["publicNetworkAccess: must be one of Enabled, Disabled, got false"],
  },
  {
    name: "an endpoint name with an underscore",
    args: { endpointName: "heart_classifier" },
    refusedBy: "arguments",
    lines: [
      'endpointName: "heart_classifier" is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last',
    ],
  },
  {
    name: "a workspace as text",
    args: { workspace: "heart-workspace" },
    refusedBy: "arguments",
    lines: ['workspace: must be { existingName } to adopt one or { name } to create one, got "heart-workspace"'],
  },
  {
    name: "a workspace that is both adopted and created",
    args: { workspace: { existingName: "mlw-heart", name: "mlw-heart" } },
    refusedBy: "arguments",
    lines: ["workspace: has both existingName and name; adopt a workspace or name a new one"],
  },
  {
    name: "a group of a workspace that is not adopted",
    args: { workspace: { existingResourceGroupName: "rg-ml" } },
    refusedBy: "arguments",
    lines: ["workspace.existingResourceGroupName: has no effect without existingName; set it or remove this"],
  },
  {
    name: "a workspace name of two letters",
    args: { workspace: { existingName: "ml" } },
    refusedBy: "arguments",
    lines: [
      'workspace.existingName: "ml" is not a valid workspace name; use 3 to 33 letters, digits, dashes and underscores, a letter or digit first',
    ],
  },
  {
    name: "a policy as a number",
    args: { policy: 10 },
    refusedBy: "arguments",
    lines: [
      "policy: must be a map of maxIncrease, maxInitialWeight, bakeMinutes, verifyTimeoutSeconds, expectedRequestsPerMinute, got 10",
    ],
  },
  {
    name: "every limit of the policy out of its range",
    args: { policy: { maxIncrease: 0, bakeMinutes: -1, verifyTimeoutSeconds: 3601, expectedRequestsPerMinute: 0.5 } },
    refusedBy: "arguments",
    lines: [
      "policy.maxIncrease: must be a whole number from 1 to 100, got 0",
      "policy.bakeMinutes: must be a whole number from 0 to 10080, got -1",
      "policy.verifyTimeoutSeconds: must be a whole number from 1 to 3600, got 3601",
      "policy.expectedRequestsPerMinute: must be a whole number from 1 to 1000000, got 0.5",
    ],
  },
  {
    name: "limits that are no numbers",
    args: { policy: { maxIncrease: "10", bakeMinutes: Number.NaN } },
    refusedBy: "arguments",
    lines: [
      'policy.maxIncrease: must be a whole number from 1 to 100, got "10"',
      "policy.bakeMinutes: must be a whole number from 0 to 10080, got NaN",
    ],
  },
  {
    name: "a misspelt limit",
    args: { policy: { maxIncrese: 10 } },
    refusedBy: "arguments",
    lines: ["policy.maxIncrese: no such setting; did you mean maxIncrease?"],
  },
  {
    name: "a reason for an outage that says nothing",
    args: { allowOutage: " " },
    refusedBy: "arguments",
    lines: ["allowOutage: must say why the endpoint may stop serving, got nothing"],
  },
  {
    name: "a place of the weights that does not exist",
    args: { weightsFrom: "stack" },
    refusedBy: "arguments",
    lines: ['weightsFrom: must be one of candidate, traffic, got "stack"'],
  },
  {
    name: "tags that Azure takes on no resource",
    args: { tags: { "cost/centre": "1", AzureTeam: "2", team: "a", Team: "b" } },
    refusedBy: "arguments",
    lines: [
      "tags.cost/centre: has / in its name; Azure takes none of < > % & \\ ? /",
      "tags.AzureTeam: begins with Azure, which Azure reserves; give it another name",
      "tags.Team: differs from team only in case, and Azure treats them as the same; remove one of them",
    ],
  },
  {
    name: "a tag of 257 characters",
    args: { tags: { note: "a".repeat(257) } },
    refusedBy: "arguments",
    lines: ["tags.note: has 257 characters; Azure takes at most 256"],
  },
  {
    name: "a tag that is a number",
    args: { tags: { cost: 5 } },
    refusedBy: "arguments",
    lines: ["tags.cost: must be text, got 5"],
  },
  {
    name: "weights that come from a resource",
    args: { traffic: pulumi.output({ [BLUE]: 90, [GREEN]: 10 }) },
    refusedBy: "arguments",
    lines: ["traffic: must be a plain value, got an output; take it from stack config or write it in the program"],
  },
  {
    name: "a name that is not awaited",
    args: { endpointName: Promise.resolve("heart") },
    refusedBy: "arguments",
    lines: ["endpointName: must be a plain value, got a promise; await it in the program"],
  },
  {
    name: "an instant without a time zone",
    now: "2026-11-24 12:00",
    refusedBy: "arguments",
    lines: ['MLFLOW_ROLLOUT_NOW: must be an RFC 3339 instant such as 2026-11-24T09:00:00Z, got "2026-11-24 12:00"'],
  },
  {
    name: "mistakes in config and in arguments at once",
    config: { traffic: { [BLUE]: 90, [GREEN]: 20 } },
    args: { authMode: "none", policy: { maxIncrease: 101 }, tags: { cost: 5 } },
    refusedBy: "arguments",
    lines: [
      "traffic: the weights add up to 110; they must add up to 100",
      'authMode: must be one of AADToken, Key, AMLToken, got "none"',
      "policy.maxIncrease: must be a whole number from 1 to 100, got 101",
      "tags.cost: must be text, got 5",
    ],
  },
];
