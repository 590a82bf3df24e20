import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BLUE, GREEN } from "../../../driver/article";
import { DEPLOYMENTS, MODEL, SERVED, STEPPED, VERIFY_SECONDS, group, heart } from "../program";
import type { Document } from "../world";
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

function withVersion3(path: string): Pick<Parameters<typeof heart>[0] & object, "model" | "deployments"> {
  const versions = { ...MODEL.versions, "3": { path } };
  return { model: { ...MODEL, versions }, deployments: { ...DEPLOYMENTS, "rf-3": { modelVersion: "3" } } };
}

/** When a command was typed. */
let began = 0;

const CASES: readonly InlineCase[] = [
  {
    name: "gives a new deployment weight in the update that creates it",
    program: () => heart({ deployments: THIRD, traffic: { ...SERVED, [BLUE]: 80, "rf-3": 10 } }),
    says: ["traffic.rf-3", "policy.maxInitialWeight"],
  },
  {
    name: "gives a new deployment as much weight at first as the policy allows",
    program: () =>
      heart({
        deployments: THIRD,
        traffic: { ...SERVED, [BLUE]: 80, "rf-3": 10 },
        policy: { ...POLICY, ...{ maxInitialWeight: 10 } },
      }),
    ends: "succeeds",
    live: { [BLUE]: 80, [GREEN]: 10, "rf-3": 10 },
  },
  {
    name: "changes the model of a deployment of weight 0 and gives it weight in the same update",
    given: async (world) => {
      world.program = () => heart({ deployments: THIRD, traffic: { ...SERVED, "rf-3": 0 } });
      await world.type("pulumi up");
    },
    program: () =>
      heart({
        deployments: { ...DEPLOYMENTS, "rf-3": { modelVersion: "1" } },
        traffic: { [BLUE]: 80, [GREEN]: 10, "rf-3": 10 },
      }),
    says: ["rf-3"],
  },
  {
    name: "adds a deployment of weight 0",
    program: () => heart({ deployments: THIRD, traffic: { ...SERVED, "rf-3": 0 } }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment constructor",
    program: () =>
      heart({
        deployments: { ...DEPLOYMENTS, constructor: { modelVersion: "2" } },
        traffic: { ...SERVED, constructor: 0 },
      }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment constructor and leaves its weight out",
    program: () => heart({ deployments: { ...DEPLOYMENTS, constructor: { modelVersion: "2" } } }),
    ends: "succeeds",
  },
  {
    name: "calls a deployment toString",
    program: () => heart({ deployments: { ...DEPLOYMENTS, toString: { modelVersion: "2" } } }),
    ends: "succeeds",
  },
  {
    name: "mirrors to the candidate and removes it in the next update",
    given: async (world) => {
      world.program = () => heart({ traffic: { [BLUE]: 100, [GREEN]: 0 }, mirrorTraffic: { [GREEN]: 10 } });
      await world.type("pulumi up");
    },
    program: () => heart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    live: { [BLUE]: 100 },
    says: [GREEN],
    goesOn: {
      todo: "take the mirror away and run `pulumi up`; then remove it",
      prepare: (world) => void (world.program = () => heart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "moves all to a model with other columns",
    given: async (world) => {
      const version3 = withVersion3(otherColumns());
      world.program = () => heart({ ...version3, traffic: { ...SERVED, "rf-3": 0 } });
      await world.type("pulumi up");
      world.program = () => heart({ ...version3, traffic: { "rf-3": 100, [BLUE]: 0, [GREEN]: 0 } });
    },
    says: ["rf-3", "acceptContract"],
  },
  {
    name: "moves all to a model with other columns and removes all others in the same update",
    given: async (world) => {
      const version3 = withVersion3(otherColumns());
      world.program = () => heart({ ...version3, traffic: { ...SERVED, "rf-3": 0 } });
      await world.type("pulumi up");
      const deployments = { "rf-3": { modelVersion: "3" } };
      world.program = () => heart({ ...version3, deployments, traffic: { "rf-3": 100 } });
    },
    says: ["rf-3", "acceptContract"],
  },
  {
    name: "lets a model version leave and come back",
    given: async (world) => {
      world.program = () =>
        heart({ model: { ...MODEL, versions: { ...MODEL.versions, "3": { path: "models/green" } } } });
      await world.type("pulumi up");
      world.program = () => heart();
      await world.type("pulumi up");
    },
    program: () => heart({ model: { ...MODEL, versions: { ...MODEL.versions, "3": { path: "models/green" } } } }),
    ends: "succeeds",
  },
  {
    name: "makes a step of more than the policy allows",
    program: () => heart({ traffic: { [BLUE]: 50, [GREEN]: 50 }, policy: { ...POLICY, maxIncrease: 20 } }),
    says: ["policy.maxIncrease"],
  },
  {
    name: "raises the candidate after a step under a clock that stood in 2099",
    given: async (world) => {
      world.program = () => heart({ traffic: STEPPED });
      await world.type("MLFLOW_ROLLOUT_NOW=2099-01-01T00:00:00Z pulumi up");
    },
    program: () => heart({ traffic: { [BLUE]: 70, [GREEN]: 30 }, policy: { ...POLICY, bakeMinutes: 1 } }),
    live: STEPPED,
    says: ["which is in the future and counts as now"],
    goesOn: {
      todo: "`pulumi up` with the weights as they are, which starts the time; then raise it",
      prepare: (world) => void (world.program = () => heart({ traffic: STEPPED })),
      live: STEPPED,
    },
  },
  {
    name: "makes a step beside a new deployment whose image takes long to build",
    does: async (world) => {
      // A create of 10 minutes takes 10 s.
      await world.azure.clock({ speed: 60 });
      began = Date.now();
    },
    program: () => heart({ deployments: THIRD, traffic: { ...STEPPED, "rf-3": 0 } }),
    ends: "succeeds",
    live: STEPPED,
    also: async (world) => {
      const tags = (await world.endpoint())?.["tags"] as Document;
      const changedAt = String(tags["mlflow-rollout-changed-at"]);
      return Date.parse(changedAt) - began > 9000
        ? []
        : [`the bake time counts from ${changedAt}, the start of the program`];
    },
  },
  {
    name: "takes the old deployment away in the update after the one that took its weight",
    given: async (world) => {
      world.program = () => heart({ traffic: { [BLUE]: 0, [GREEN]: 100 } });
      await world.type("pulumi up");
    },
    program: () => heart(ONLY_GREEN),
    ends: "succeeds",
    live: { [GREEN]: 100 },
  },
];

export const rollouts = inlineCases("rollouts", CASES);

const NAMES = Array.from({ length: 20 }, (_, index) => `slot-${index + 1}`);

function slots(names: readonly string[]): Parameters<typeof heart>[0] {
  const deployments = Object.fromEntries(names.map((name) => [name, { modelVersion: "1" }]));
  const traffic = Object.fromEntries(names.map((name) => [name, 0]));
  return { deployments: { ...deployments, ...DEPLOYMENTS }, traffic: { ...traffic, ...SERVED }, checkQuota: false };
}

/** Endpoints at Azure's limit, and two of a name. */
export const largeRollouts = inlineCases("rollouts", [
  {
    name: "puts another deployment in the place of one of 20",
    given: async (world) => {
      world.program = () => heart(slots(NAMES.slice(2)));
      const { exit, text } = await world.type("pulumi up");
      if (exit !== 0) throw new Error(text);
    },
    program: () => heart(slots([...NAMES.slice(3), "new-slot"])),
    says: [/20/],
    goesOn: {
      todo: "remove the one and run `pulumi up`, then add the other",
      prepare: (world) => void (world.program = () => heart(slots(NAMES.slice(3)))),
    },
  },
  {
    name: "declares a second component with the same endpoint name in another workspace",
    given: async (world) => {
      await world.makeWorkspace("mlw-second");
      const endpointName = String((await world.endpoint())?.["name"]);
      world.program = () => {
        const resourceGroupName = group();
        heart({ resourceGroupName, name: "second", endpointName, workspace: { existingName: "mlw-second" } });
        return heart({ resourceGroupName });
      };
    },
    ends: "fails",
    commands: ["pulumi up"],
    says: ["to do: leave endpointName out"],
    goesOn: {
      todo: "leave `endpointName` out of the second one, then `pulumi up`",
      prepare: (world) => {
        world.program = () => {
          const resourceGroupName = group();
          heart({ resourceGroupName, name: "second", workspace: { existingName: "mlw-second" } });
          return heart({ resourceGroupName });
        };
      },
    },
  },
]);
