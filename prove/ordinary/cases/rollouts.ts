import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BLUE, GREEN } from "../../../driver/article";
import { DEPLOYMENTS, MODEL, SERVED, STEPPED, VERIFY_SECONDS, declareGroup, declareHeart } from "../testbed/program";
import type { Document } from "../testbed/testbed";
import { inlineCases } from "./inlineCases";
import type { InlineCase } from "./inlineCases";
import { MODELS } from "../../../driver/paths";

const THIRD = { ...DEPLOYMENTS, "rf-3": { modelVersion: "2" } };
const GREEN_MODEL = join(MODELS, "green");
const POLICY = { verifyTimeoutSeconds: VERIFY_SECONDS };
const ONLY_GREEN = { deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } };

/** A model whose callers send other columns. */
function otherColumns(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "heart-model-")), "renamed");
  cpSync(GREEN_MODEL, folder, { recursive: true });
  const file = join(folder, "MLmodel");
  writeFileSync(file, readFileSync(file, "utf8").replaceAll('\\"age\\"', '\\"years\\"').replaceAll('"age"', '"years"'));
  return folder;
}

function withVersion3(path: string): Pick<Parameters<typeof declareHeart>[0] & object, "model" | "deployments"> {
  const versions = { ...MODEL.versions, "3": { path } };
  return { model: { ...MODEL, versions }, deployments: { ...DEPLOYMENTS, "rf-3": { modelVersion: "3" } } };
}

/** When a command was typed. */
let began = 0;

const CASES: readonly InlineCase[] = [
  {
    name: "gives a new deployment weight in the update that creates it",
    program: () => declareHeart({ deployments: THIRD, traffic: { ...SERVED, [BLUE]: 80, "rf-3": 10 } }),
    says: ["traffic.rf-3", "policy.maxInitialWeight"],
  },
  {
    name: "gives a new deployment as much weight at first as the policy allows",
    program: () =>
      declareHeart({
        deployments: THIRD,
        traffic: { ...SERVED, [BLUE]: 80, "rf-3": 10 },
        policy: { ...POLICY, ...{ maxInitialWeight: 10 } },
      }),
    ends: "succeeds",
    live: { [BLUE]: 80, [GREEN]: 10, "rf-3": 10 },
  },
  {
    name: "changes the model of a deployment of weight 0 and gives it weight in the same update",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ deployments: THIRD, traffic: { ...SERVED, "rf-3": 0 } });
      await testbed.type("pulumi up");
    },
    program: () =>
      declareHeart({
        deployments: { ...DEPLOYMENTS, "rf-3": { modelVersion: "1" } },
        traffic: { [BLUE]: 80, [GREEN]: 10, "rf-3": 10 },
      }),
    says: ["rf-3"],
  },
  {
    name: "adds a deployment of weight 0",
    program: () => declareHeart({ deployments: THIRD, traffic: { ...SERVED, "rf-3": 0 } }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment constructor",
    program: () =>
      declareHeart({
        deployments: { ...DEPLOYMENTS, constructor: { modelVersion: "2" } },
        traffic: { ...SERVED, constructor: 0 },
      }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment constructor and leaves its weight out",
    program: () => declareHeart({ deployments: { ...DEPLOYMENTS, constructor: { modelVersion: "2" } } }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment toString",
    program: () => declareHeart({ deployments: { ...DEPLOYMENTS, toString: { modelVersion: "2" } } }),
    ends: "succeeds",
  },
  {
    name: "mirrors to the candidate and removes it in the next update",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 }, mirrorTraffic: { [GREEN]: 10 } });
      await testbed.type("pulumi up");
    },
    program: () => declareHeart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    live: { [BLUE]: 100 },
    says: [GREEN],
    wayOut: {
      todo: "take the mirror away and run `pulumi up`; then remove it",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "moves all to a model with other columns",
    before: async (testbed) => {
      const version3 = withVersion3(otherColumns());
      testbed.program = () => declareHeart({ ...version3, traffic: { ...SERVED, "rf-3": 0 } });
      await testbed.type("pulumi up");
      testbed.program = () => declareHeart({ ...version3, traffic: { "rf-3": 100, [BLUE]: 0, [GREEN]: 0 } });
    },
    says: ["rf-3", "acceptContract"],
  },
  {
    name: "moves all to a model with other columns and removes all others in the same update",
    before: async (testbed) => {
      const version3 = withVersion3(otherColumns());
      testbed.program = () => declareHeart({ ...version3, traffic: { ...SERVED, "rf-3": 0 } });
      await testbed.type("pulumi up");
      const deployments = { "rf-3": { modelVersion: "3" } };
      testbed.program = () => declareHeart({ ...version3, deployments, traffic: { "rf-3": 100 } });
    },
    says: ["rf-3", "acceptContract"],
  },
  {
    name: "lets a model version leave and come back",
    before: async (testbed) => {
      testbed.program = () =>
        declareHeart({ model: { ...MODEL, versions: { ...MODEL.versions, "3": { path: "models/green" } } } });
      await testbed.type("pulumi up");
      testbed.program = () => declareHeart();
      await testbed.type("pulumi up");
    },
    program: () =>
      declareHeart({ model: { ...MODEL, versions: { ...MODEL.versions, "3": { path: "models/green" } } } }),
    ends: "succeeds",
  },
  {
    name: "makes a step of more than the policy allows",
    program: () => declareHeart({ traffic: { [BLUE]: 50, [GREEN]: 50 }, policy: { ...POLICY, maxIncrease: 20 } }),
    says: ["policy.maxIncrease"],
  },
  {
    name: "raises the candidate after a step under a clock that stood in 2099",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ traffic: STEPPED });
      await testbed.type("MLFLOW_ROLLOUT_NOW=2099-01-01T00:00:00Z pulumi up");
    },
    program: () => declareHeart({ traffic: { [BLUE]: 70, [GREEN]: 30 }, policy: { ...POLICY, bakeMinutes: 1 } }),
    live: STEPPED,
    says: ["which is in the future and counts as now"],
    wayOut: {
      todo: "`pulumi up` with the weights as they are, which starts the time; then raise it",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ traffic: STEPPED })),
      live: STEPPED,
    },
  },
  {
    name: "makes a step beside a new deployment whose image takes long to build",
    does: async (testbed) => {
      // A create of 10 minutes takes 10 s.
      await testbed.azure.clock({ speed: 60 });
      began = Date.now();
    },
    program: () => declareHeart({ deployments: THIRD, traffic: { ...STEPPED, "rf-3": 0 } }),
    ends: "succeeds",
    live: STEPPED,
    alsoCheck: async (testbed) => {
      const tags = (await testbed.endpoint())?.["tags"] as Document;
      const changedAt = String(tags["mlflow-rollout-changed-at"]);
      return Date.parse(changedAt) - began > 9000
        ? []
        : [`the bake time counts from ${changedAt}, the start of the program`];
    },
  },
  {
    name: "takes the old deployment away in the update after the one that took its weight",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ traffic: { [BLUE]: 0, [GREEN]: 100 } });
      await testbed.type("pulumi up");
    },
    program: () => declareHeart(ONLY_GREEN),
    ends: "succeeds",
    live: { [GREEN]: 100 },
  },
];

export const rollouts = inlineCases("rollouts", CASES);

const NAMES = Array.from({ length: 20 }, (_, index) => `slot-${index + 1}`);

function slots(names: readonly string[]): Parameters<typeof declareHeart>[0] {
  const deployments = Object.fromEntries(names.map((name) => [name, { modelVersion: "1" }]));
  const traffic = Object.fromEntries(names.map((name) => [name, 0]));
  return { deployments: { ...deployments, ...DEPLOYMENTS }, traffic: { ...traffic, ...SERVED }, checkQuota: false };
}

/** Endpoints at Azure's limit, and two of a name. */
export const largeRollouts = inlineCases("rollouts", [
  {
    name: "puts another deployment in the place of one of 20",
    before: async (testbed) => {
      testbed.program = () => declareHeart(slots(NAMES.slice(2)));
      const { exit, text } = await testbed.type("pulumi up");
      if (exit !== 0) throw new Error(text);
    },
    program: () => declareHeart(slots([...NAMES.slice(3), "new-slot"])),
    says: [/20/],
    wayOut: {
      todo: "remove the one and run `pulumi up`, then add the other",
      prepare: (testbed) => void (testbed.program = () => declareHeart(slots(NAMES.slice(3)))),
    },
  },
  {
    name: "declares a second component with the same endpoint name in another workspace",
    before: async (testbed) => {
      await testbed.makeWorkspace("mlw-second");
      const endpointName = String((await testbed.endpoint())?.["name"]);
      testbed.program = () => {
        const resourceGroupName = declareGroup();
        declareHeart({ resourceGroupName, name: "second", endpointName, workspace: { existingName: "mlw-second" } });
        return declareHeart({ resourceGroupName });
      };
    },
    ends: "fails",
    commands: ["pulumi up"],
    says: ["to do: leave endpointName out"],
    wayOut: {
      todo: "leave `endpointName` out of the second one, then `pulumi up`",
      prepare: (testbed) => {
        testbed.program = () => {
          const resourceGroupName = declareGroup();
          declareHeart({ resourceGroupName, name: "second", workspace: { existingName: "mlw-second" } });
          return declareHeart({ resourceGroupName });
        };
      },
    },
  },
]);
