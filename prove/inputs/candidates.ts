import { BLUE, GREEN } from "../../driver/article";
import { wrongTypeMessage } from "./badInput";
import type { BadInput } from "./badInput";
import { withDeployment } from "./serving";

const BY_CANDIDATE = { traffic: undefined, candidate: GREEN };
const ONE = { deployments: { [BLUE]: { modelVersion: "1" } } };

/** The weights by `candidate` and `candidateTraffic`. */
export const BAD_CANDIDATES: readonly BadInput[] = [
  {
    name: "a misspelt key of config",
    config: { canditateTraffic: 20 },
    refusedBy: "stack config",
    lines: [
      'canditateTraffic: no such key; did you mean candidateTraffic? If the program reads it itself, say so: readRollout(config, ["canditateTraffic"])',
    ],
  },
  {
    name: "a weight that was set without a path",
    config: { [`traffic.${GREEN}`]: 20 },
    refusedBy: "stack config",
    lines: [
      `traffic.${GREEN}: is one key of that name, not a place in traffic; remove it with pulumi config rm traffic.${GREEN} and set it with pulumi config set --path, or pulumi up --config-path -c`,
    ],
  },
  {
    name: "both the map and a candidate",
    config: { candidate: GREEN },
    refusedBy: "stack config",
    lines: ["traffic: both traffic and candidate are set; remove one of them"],
  },
  {
    name: "both the map and a weight of the candidate",
    config: { candidateTraffic: 10 },
    refusedBy: "stack config",
    lines: ["traffic: both traffic and candidateTraffic are set; remove one of them"],
  },
  {
    name: "a weight without a candidate",
    config: { traffic: undefined, candidateTraffic: 10 },
    refusedBy: "stack config",
    lines: ["candidate: is missing; name the deployment that candidateTraffic is for"],
  },
  {
    name: "a candidate that is not a deployment",
    config: { ...BY_CANDIDATE, candidate: "green" },
    refusedBy: "stack config",
    lines: ['candidate: "green" is not a deployment; use default or xgboost-model-2'],
  },
  {
    name: "a candidate among three deployments",
    config: { ...BY_CANDIDATE, ...withDeployment("third", { modelVersion: "1" }) },
    refusedBy: "stack config",
    lines: [
      "candidate: there are 3 deployments; candidate and candidateTraffic are for two: use the map traffic instead",
    ],
  },
  {
    name: "a candidate that is the only deployment",
    config: { ...BY_CANDIDATE, ...ONE, candidate: BLUE, candidateTraffic: 10 },
    refusedBy: "stack config",
    lines: [
      "candidate: there is 1 deployment; candidate and candidateTraffic are for two: declare the second one, or remove these two settings",
    ],
  },
  {
    name: "a candidate without a deployment",
    config: { ...BY_CANDIDATE, deployments: {} },
    refusedBy: "stack config",
    lines: [
      "candidate: there are 0 deployments; candidate and candidateTraffic are for two: declare the second one, or remove these two settings",
    ],
  },
  {
    name: "a candidate with a weight of 101",
    config: { ...BY_CANDIDATE, candidateTraffic: 101 },
    refusedBy: "stack config",
    lines: ["candidateTraffic: must be a whole number from 0 to 100, got 101"],
  },
  {
    name: "a candidate with a weight of -10",
    config: { ...BY_CANDIDATE, candidateTraffic: -10 },
    refusedBy: "stack config",
    lines: ["candidateTraffic: must be a whole number from 0 to 100, got -10"],
  },
  {
    name: "a candidate with a fraction of a percent",
    config: { ...BY_CANDIDATE, candidateTraffic: 33.3 },
    byPulumi: wrongTypeMessage("candidateTraffic", "integer"),
    refusedBy: "stack config",
    lines: ["candidateTraffic: must be a whole number from 0 to 100, got 33.3"],
  },
  {
    name: "a candidate with a weight in words",
    config: { ...BY_CANDIDATE, candidateTraffic: "ten" },
    byPulumi: wrongTypeMessage("candidateTraffic", "integer"),
    refusedBy: "stack config",
    lines: ['candidateTraffic: must be a whole number from 0 to 100, got "ten"'],
  },
  {
    name: "a candidate with a map as its weight",
    config: { ...BY_CANDIDATE, candidateTraffic: { [GREEN]: 10 } },
    byPulumi: wrongTypeMessage("candidateTraffic", "integer"),
    refusedBy: "stack config",
    lines: [String.raw`candidateTraffic: must be a whole number from 0 to 100, got "{\"xgboost-model-2\":10}"`],
  },
  {
    name: "a candidate that is not a deployment, with a weight of 101",
    config: { ...BY_CANDIDATE, candidate: "green", candidateTraffic: 101 },
    refusedBy: "stack config",
    lines: [
      "candidateTraffic: must be a whole number from 0 to 100, got 101",
      'candidate: "green" is not a deployment; use default or xgboost-model-2',
    ],
  },
];
