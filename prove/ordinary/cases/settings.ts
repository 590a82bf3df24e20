import { BLUE, GREEN } from "../../../driver/article";
import { SERVED, STEPPED } from "../testbed/program";
import { PROTECTED_ERROR } from "./inlineCases";
import { typedCases } from "./typedCases";

const VERSIONS = { "1": "models/blue", "2": "models/green" };
const THREE = {
  modelVersions: { ...VERSIONS, "3": "models/green" },
  deployments: { [GREEN]: { modelVersion: "2" }, "rf-3": { modelVersion: "3" } },
};

/** Stack config, typed by hand, and the files of a project. */
export const settings = typedCases("settings and config", [
  {
    name: "mistypes a key on the command line",
    commands: ["pulumi up -c canditateTraffic=20"],
    says: ["canditateTraffic", "candidateTraffic"],
    wayOut: {
      todo: "`pulumi config rm canditateTraffic && pulumi up`",
      prepare: () => undefined,
      command: "pulumi config rm canditateTraffic && pulumi up",
    },
  },
  {
    name: "types a weight that does not exist, which Pulumi saves",
    commands: ["pulumi preview -c candidateTraffic=200", "pulumi up"],
    says: ["candidateTraffic: must be a whole number from 0 to 100, got 200"],
    wayOut: {
      todo: "`pulumi up -c candidateTraffic=10`",
      prepare: () => undefined,
      command: "pulumi up -c candidateTraffic=10",
    },
  },
  {
    name: "makes a step, as typed in the README",
    commands: ["pulumi up -c candidateTraffic=20"],
    ends: "succeeds",
    live: STEPPED,
    writes: 1,
    says: ["default 90 -> 80"],
  },
  {
    name: "takes candidateTraffic out of config, which gives the candidate 0",
    commands: ["pulumi config rm candidateTraffic && pulumi up"],
    ends: "succeeds",
    live: { [BLUE]: 100 },
  },
  {
    name: "sets a key of a map without --path",
    commands: ["pulumi config set deployments.rf-3.modelVersion 2 && pulumi up"],
    says: ["deployments.rf-3.modelVersion"],
    wayOut: {
      todo: "`pulumi config rm deployments.rf-3.modelVersion`, then again with `--path`",
      prepare: () => undefined,
      command: "pulumi config rm deployments.rf-3.modelVersion && pulumi up",
    },
  },
  {
    name: "sets the map of weights beside the candidate",
    commands: [`pulumi up --config-path -c traffic.${BLUE}=90`],
    says: ["both traffic and candidate are set"],
  },
  {
    name: "names one weight of the map alone",
    does: (testbed) => testbed.configure({ candidate: undefined, candidateTraffic: undefined, traffic: SERVED }),
    commands: [`pulumi up --config-path -c traffic.${BLUE}=90`],
    says: ["the weights add up to 90"],
  },
  {
    name: "loses the stack file",
    does: (testbed) => testbed.write("Pulumi.dev.yaml", "config:\n  azure-native:location: westeurope\n"),
    says: [/deployments|modelVersion|cannot be deleted/],
  },
  {
    name: "changes azure-native:location",
    does: (testbed) => testbed.configure({}, { "azure-native:location": "northeurope" }),
    says: [PROTECTED_ERROR],
  },
  {
    name: "names another subscription in config",
    does: (testbed) => testbed.configure({}, { "azure-native:subscriptionId": "22222222-2222-4222-8222-222222222222" }),
  },
  {
    name: "begins the second rollout and has left candidateTraffic at 100",
    before: async (testbed) => {
      await testbed.type("pulumi up -c candidateTraffic=100");
      await testbed.type(`pulumi config rm --path deployments.${BLUE} && pulumi up`);
    },
    commands: [
      `pulumi config set --path 'modelVersions["3"]' models/green && pulumi config set --path deployments.rf-3.modelVersion 3 && pulumi config set candidate rf-3 && pulumi up`,
    ],
    live: { [GREEN]: 100 },
    says: ["rf-3"],
    wayOut: {
      todo: "`pulumi up -c candidateTraffic=0`",
      prepare: () => undefined,
      command: "pulumi up -c candidateTraffic=0",
      live: { [GREEN]: 100 },
    },
  },
  {
    name: "makes the second and the third rollout as typed in the README",
    before: async (testbed) => {
      await testbed.type("pulumi up -c candidateTraffic=100");
      await testbed.type(`pulumi config rm-all --path deployments.${BLUE} candidate candidateTraffic && pulumi up`);
    },
    commands: [
      `pulumi config set --path 'modelVersions["3"]' models/blue && pulumi config set --path deployments.rf-3.modelVersion 3 && pulumi config set candidate rf-3 && pulumi up`,
      "pulumi up -c candidateTraffic=10",
      "pulumi up -c candidateTraffic=100",
      `pulumi config rm-all --path deployments.${GREEN} candidate candidateTraffic && pulumi up`,
      `pulumi config set --path 'modelVersions["4"]' models/green && pulumi config set --path deployments.lr-4.modelVersion 4 && pulumi config set candidate lr-4 && pulumi up`,
      "pulumi up -c candidateTraffic=50",
    ],
    ends: "succeeds",
    live: { "rf-3": 50, "lr-4": 50 },
  },
  {
    name: "reads the rollout from a namespace of config",
    does: (testbed) => {
      testbed.edit(
        ["import {", 'import { Config } from "@pulumi/pulumi";\nimport {'],
        ["readRollout()", 'readRollout(new Config("alpha"))'],
      );
      const { candidateTraffic, ...others } = testbed.usualConfig;
      const own = Object.entries({ ...others, candidateTraffic: Number(candidateTraffic) + 10 });
      testbed.configureAll(Object.fromEntries(own.map(([key, value]) => [`alpha:${key}`, value])));
    },
    ends: "succeeds",
    live: STEPPED,
    says: ["pulumi up -c alpha:candidateTraffic=100"],
  },
  {
    name: "lets the program end before it declares anything",
    does: (testbed) => testbed.edit(["const heart", "process.exit(0);\nconst heart"]),
    says: ["the program exited before the following resource"],
  },
  {
    name: "leaves a mistake of syntax in the program",
    does: (testbed) => testbed.edit(["const heart =", "const heart = ="]),
    showsFrames: true,
  },
  {
    name: "catches the error of arguments that are wrong, in a project",
    does: (testbed) =>
      testbed.edit(
        ["const heart = new", "let heart;\ntry {\n  heart = new"],
        ["\n});", "\n  traffic: { a: 1 },\n});\n} catch {\n  heart = {};\n}"],
      ),
    says: [/traffic/],
  },
  {
    name: "overwrites the model folder that serves with another model",
    does: (testbed) => testbed.copyModel("green", "blue"),
    says: [/version|model/],
  },
  {
    name: "deletes the model folder that serves",
    does: (testbed) => testbed.remove("models/blue"),
    commands: ["pulumi preview", "pulumi up"],
    ends: "succeeds",
    says: ["models/blue", "until then version 1 stays as it is registered"],
    writes: 0,
    wayOut: { todo: "put the folder back, then `pulumi up`", prepare: (testbed) => testbed.restoreModels() },
  },
  {
    name: "declares the old deployment's successor and removes the old one in one edit of config",
    does: (testbed) => testbed.configure({ ...THREE, candidate: "rf-3", candidateTraffic: 100 }),
    says: ["rf-3"],
  },
]);
