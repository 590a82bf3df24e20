import { expect, test } from "vitest";
import { nextCommand } from "../../../components/rollout/nextCommand";
import { policyOf } from "../../../components/settings/policy";
import type { Weights } from "../../../components/rollout/weights";
import { stateOf } from "../../support/trafficStates";
import { WeightsFrom } from "../../../components/args/rollout";
import type { RolloutPolicyArgs } from "../../../components/args/rollout";

const { Candidate, Traffic } = WeightsFrom;

test.each<[Weights, string | undefined, WeightsFrom | undefined, RolloutPolicyArgs, string | undefined]>([
  [{ default: 100, green: 0 }, "default", Candidate, {}, "pulumi up -c candidateTraffic=10"],
  [{ default: 90, green: 10 }, "default", Candidate, {}, "pulumi up -c candidateTraffic=100"],
  [{ default: 90, green: 10 }, "default", Candidate, { maxIncrease: 25 }, "pulumi up -c candidateTraffic=35"],
  [{ default: 100, green: 0 }, "default", Candidate, { maxIncrease: 5 }, "pulumi up -c candidateTraffic=5"],
  [
    { default: 90, green: 10 },
    "default",
    Traffic,
    { maxIncrease: 40 },
    "pulumi up --config-path -c traffic.default=50 -c traffic.green=50",
  ],
  [
    { default: 0, green: 100 },
    "default",
    Candidate,
    {},
    "pulumi config rm-all --path deployments.default candidate candidateTraffic && pulumi up",
  ],
  [
    { default: 0, green: 100 },
    "default",
    Traffic,
    {},
    "pulumi config rm-all --path deployments.default traffic.default && pulumi up",
  ],
  [{ Default: 90, green: 10 }, "default", Candidate, {}, "pulumi up -c candidateTraffic=100"],
  [{ default: 90, green: 10 }, "default", undefined, {}, undefined],
  [{ default: 50, green: 50 }, undefined, Candidate, {}, undefined],
  [{ default: 80, green: 10, blue: 10 }, "default", Traffic, {}, undefined],
  [{ default: 100 }, "default", Candidate, {}, undefined],
])("after %j, stable %s, config %s, policy %j: %s", (traffic, stable, weightsFrom, policy, command) => {
  expect(nextCommand(stateOf(traffic), stable, policyOf(policy), { weightsFrom })).toBe(command);
});

test.each<[Weights, WeightsFrom, string]>([
  [{ default: 90, green: 10 }, Candidate, "pulumi up -c alpha:candidateTraffic=100"],
  [
    { default: 90, green: 10 },
    Traffic,
    "pulumi up --config-path -c alpha:traffic.default=0 -c alpha:traffic.green=100",
  ],
  [
    { default: 0, green: 100 },
    Candidate,
    "pulumi config rm-all --path alpha:deployments.default alpha:candidate alpha:candidateTraffic && pulumi up",
  ],
  [
    { default: 0, green: 100 },
    Traffic,
    "pulumi config rm-all --path alpha:deployments.default alpha:traffic.default && pulumi up",
  ],
])("after %j, config %s of another namespace: %s", (traffic, weightsFrom, command) => {
  const place = { weightsFrom, configNamespace: "alpha" };
  expect(nextCommand(stateOf(traffic), "default", policyOf(), place)).toBe(command);
});
