import { BLUE, GREEN } from "../../driver/article";
import { wrongTypeMessage } from "./badInput";
import type { BadInput } from "./badInput";

/** Weights of the map `traffic` and of the mirror. */
export const BAD_WEIGHTS: readonly BadInput[] = [
  {
    name: "weights of 90 in total",
    config: { traffic: { [BLUE]: 90, [GREEN]: 0 } },
    refusedBy: "arguments",
    lines: ["traffic: the weights add up to 90; they must add up to 100"],
  },
  {
    name: "weights of 110 in total",
    config: { traffic: { [BLUE]: 90, [GREEN]: 20 } },
    refusedBy: "arguments",
    lines: ["traffic: the weights add up to 110; they must add up to 100"],
  },
  {
    name: "a negative weight, 100 in total",
    config: { traffic: { [BLUE]: 110, [GREEN]: -10 } },
    refusedBy: "arguments",
    lines: [
      "traffic.default: must be a whole number from 0 to 100, got 110",
      "traffic.xgboost-model-2: must be a whole number from 0 to 100, got -10",
    ],
  },
  {
    name: "fractions of a percent",
    config: { traffic: { [BLUE]: 66.7, [GREEN]: 33.3 } },
    refusedBy: "arguments",
    lines: [
      "traffic.default: must be a whole number from 0 to 100, got 66.7",
      "traffic.xgboost-model-2: must be a whole number from 0 to 100, got 33.3",
    ],
  },
  {
    name: "a weight in words",
    config: { traffic: { [BLUE]: "ninety", [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ['traffic.default: must be a whole number from 0 to 100, got "ninety"'],
  },
  {
    name: "a weight with an exponent",
    config: { traffic: { [BLUE]: "9e1", [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ['traffic.default: must be a whole number from 0 to 100, got "9e1"'],
  },
  {
    name: "a weight with a percent sign",
    config: { traffic: { [BLUE]: "90%", [GREEN]: "10%" } },
    refusedBy: "arguments",
    lines: [
      'traffic.default: must be a whole number from 0 to 100, got "90%"',
      'traffic.xgboost-model-2: must be a whole number from 0 to 100, got "10%"',
    ],
  },
  {
    name: "a weight that is a truth value",
    config: { traffic: { [BLUE]: true, [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ["traffic.default: must be a whole number from 0 to 100, got true"],
  },
  {
    name: "a weight that is null",
    config: { traffic: { [BLUE]: 100, [GREEN]: null } },
    refusedBy: "arguments",
    lines: ["traffic.xgboost-model-2: must be a whole number from 0 to 100, got null"],
  },
  {
    name: "a weight of a deployment that is not declared",
    config: { traffic: { [BLUE]: 90, green: 10 } },
    refusedBy: "arguments",
    lines: ["traffic.green: no such deployment; add it to deployments or use default, xgboost-model-2"],
  },
  {
    name: "a deployment in another case",
    config: { traffic: { Default: 90, [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ["traffic.Default: no such deployment; add it to deployments or use default, xgboost-model-2"],
  },
  {
    name: "weights as text",
    config: { traffic: "90/10" },
    byPulumi: wrongTypeMessage("traffic", "object"),
    refusedBy: "stack config",
    lines: ['traffic: must be a map such as {"default": 90, "green": 10}, got "90/10"'],
  },
  {
    name: "weights as a list",
    config: { traffic: [90, 10] },
    byPulumi: wrongTypeMessage("traffic", "object"),
    refusedBy: "stack config",
    lines: ['traffic: must be a map such as {"default": 90, "green": 10}, got [90,10]'],
  },
  {
    name: "two deployments and no weights",
    config: { traffic: undefined },
    refusedBy: "arguments",
    lines: [
      'traffic: is missing; with 2 deployments say what each gets, such as { "default": 100, "xgboost-model-2": 0 }',
    ],
  },
  {
    name: "weights that are not a number",
    args: { traffic: { [BLUE]: Number.NaN, [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: ["traffic.default: must be a whole number from 0 to 100, got NaN"],
  },
  {
    name: "a mirror of more than half of the requests",
    config: { traffic: { [BLUE]: 100, [GREEN]: 0 }, mirrorTraffic: { [GREEN]: 60 } },
    refusedBy: "arguments",
    lines: ["mirrorTraffic.xgboost-model-2: must be a whole number from 0 to 50, got 60"],
  },
  {
    name: "a mirror to a deployment that serves",
    config: { mirrorTraffic: { [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: [
      "mirrorTraffic.xgboost-model-2: has live weight 10 too; a deployment gets live or mirrored requests, never both: set one of them to 0",
    ],
  },
  {
    name: "a mirror to two deployments",
    config: { mirrorTraffic: { [BLUE]: 10, [GREEN]: 10 } },
    refusedBy: "arguments",
    lines: [
      "mirrorTraffic: 2 deployments (default, xgboost-model-2) are named; mirror to one deployment at a time",
      "mirrorTraffic.default: has live weight 90 too; a deployment gets live or mirrored requests, never both: set one of them to 0",
      "mirrorTraffic.xgboost-model-2: has live weight 10 too; a deployment gets live or mirrored requests, never both: set one of them to 0",
    ],
  },
  {
    name: "a mirror to a deployment that is not declared",
    config: { mirrorTraffic: { green: 10 } },
    refusedBy: "arguments",
    lines: ["mirrorTraffic.green: no such deployment; add it to deployments or use default, xgboost-model-2"],
  },
  {
    name: "a mirror as a number",
    config: { mirrorTraffic: 10 },
    byPulumi: wrongTypeMessage("mirrorTraffic", "object"),
    refusedBy: "stack config",
    lines: ['mirrorTraffic: must be a map such as {"green": 10}, got 10'],
  },
  {
    name: "accepted live weights of 50 in total",
    config: { acceptLive: { [BLUE]: 50 } },
    refusedBy: "arguments",
    lines: ["acceptLive: the weights add up to 50; they must add up to 100"],
  },
  {
    name: "accepted live weights as text",
    config: { acceptLive: "all" },
    byPulumi: wrongTypeMessage("acceptLive", "object"),
    refusedBy: "stack config",
    lines: ['acceptLive: must be a map such as {"default": 90, "green": 10}, got "all"'],
  },
];
