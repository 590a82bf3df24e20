import { BLUE, GREEN } from "../../../driver/article";
import { inject } from "../../../driver/faults";
import { DEPLOYMENTS, STEPPED, heart } from "../program";
import { untrueOutput } from "./foreign";
import { PROTECTED, inlineCases } from "./inlineCases";

const GONE = { deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } };
const NOW = "MLFLOW_ROLLOUT_NOW=2026-11-24T12:00:00Z";
const PUT_ENDPOINT = "^PUT .*/onlineEndpoints/[^/]+$";
const STEP = (): unknown => heart({ traffic: STEPPED });

/** Commands that are typed in a hurry, and their options. */
export const commands = inlineCases("commands and options", [
  { name: "types pulumi destroy", commands: ["pulumi destroy --preview-only", "pulumi destroy"], says: [PROTECTED] },
  {
    name: "destroys all that is not protected",
    commands: ["pulumi destroy --exclude-protected"],
    ends: "succeeds",
    writes: 0,
  },
  {
    name: "destroys a deployment that serves",
    commands: [`pulumi destroy --target urn:heart-deployment-${BLUE}`],
    says: ["was not specified in --target list"],
  },
  {
    name: "destroys a deployment that serves with all that depends on it",
    commands: [`pulumi destroy --target urn:heart-deployment-${BLUE} --target-dependents`],
    says: [PROTECTED],
  },
  {
    name: "destroys the workspace with all that depends on it",
    commands: ["pulumi destroy --target urn:heart-workspace --target-dependents"],
    says: [PROTECTED],
  },
  {
    name: "destroys the traffic step",
    commands: ["pulumi destroy --target urn:heart-traffic --target-dependents"],
    says: [PROTECTED],
  },
  ...["heart-endpoint", "heart-workspace", "heart-traffic", `heart-deployment-${BLUE}`].map((resource) => ({
    name: `asks to replace ${resource}`,
    commands: [`pulumi preview --replace urn:${resource}`, `pulumi up --replace urn:${resource}`],
    says: [PROTECTED],
  })),
  {
    name: "makes a step with the traffic step alone as the target",
    program: STEP,
    commands: ["pulumi up --target urn:heart-traffic"],
    ends: "succeeds",
    live: STEPPED,
    writes: 1,
    goesOn: { todo: "`pulumi up`, which takes note of the rest", prepare: () => undefined },
  },
  {
    name: "makes a step without the traffic step",
    program: STEP,
    commands: ["pulumi up --exclude urn:heart-traffic"],
    ends: "succeeds",
    writes: 0,
    also: async (world) => untrueOutput((await world.stack.outputs())["traffic"], await world.live()),
    goesOn: { todo: "`pulumi up`, which makes the step", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "removes a deployment that serves, with the traffic step alone as the target",
    program: () => heart(GONE),
    commands: ["pulumi preview --target urn:heart-traffic", "pulumi up --target urn:heart-traffic"],
    says: [BLUE],
  },
  {
    name: "removes a deployment that serves and goes on after errors",
    program: () => heart(GONE),
    commands: ["pulumi up --continue-on-error"],
    says: [BLUE],
    showsFrames: true,
  },
  {
    name: "goes on after errors when the weights of a step do not arrive",
    program: () => heart({ traffic: { [BLUE]: 0, [GREEN]: 100 } }),
    does: (world) => inject(world.azure, { match: PUT_ENDPOINT, effect: { notApplied: true }, times: 1000 }),
    commands: ["pulumi up --continue-on-error"],
    ends: "fails",
    says: ["nothing was deleted"],
    goesOn: { todo: "`pulumi up`", prepare: () => undefined, live: { [GREEN]: 100 } },
  },
  {
    name: "has MLFLOW_ROLLOUT_NOW exported since a step whose weights did not arrive",
    given: async (world) => {
      await inject(world.azure, { match: PUT_ENDPOINT, effect: { notApplied: true }, times: 1000 });
      world.program = STEP;
      await world.type(`${NOW} pulumi up`);
      await world.calm();
    },
    commands: [`${NOW} pulumi preview`, `${NOW} pulumi up`],
    says: ["MLFLOW_ROLLOUT_NOW"],
    goesOn: { todo: "`unset MLFLOW_ROLLOUT_NOW`, then `pulumi up`", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "has MLFLOW_ROLLOUT_NOW exported while a colleague changes the weights",
    given: async (world) => {
      await world.type(`${NOW} pulumi up`);
      await world.editEndpoint({ properties: { traffic: { [BLUE]: 50, [GREEN]: 50 } } });
    },
    commands: [`${NOW} pulumi preview`, `${NOW} pulumi up`],
    says: [/MLFLOW_ROLLOUT_NOW|acceptLive/],
    live: { [BLUE]: 50, [GREEN]: 50 },
    goesOn: {
      todo: "`unset MLFLOW_ROLLOUT_NOW`, then say with `acceptLive` which weights may go",
      prepare: (world) => void (world.program = () => heart({ acceptLive: { [BLUE]: 50, [GREEN]: 50 } })),
    },
  },
  {
    name: "has MLFLOW_ROLLOUT_NOW exported and makes a step",
    program: STEP,
    commands: [`${NOW} pulumi up`],
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "makes a step with --parallel 1",
    program: STEP,
    commands: ["pulumi up --parallel 1"],
    ends: "succeeds",
    live: STEPPED,
  },
  {
    name: "makes a step with --refresh",
    program: STEP,
    commands: ["pulumi up --refresh"],
    ends: "succeeds",
    live: STEPPED,
  },
  { name: "types pulumi refresh", commands: ["pulumi refresh"], ends: "succeeds", writes: 0 },
  {
    name: "scales a deployment that leaves its order, as the target",
    program: () =>
      heart({
        deployments: {
          [GREEN]: { modelVersion: "2", instanceCount: 2 },
          [BLUE]: DEPLOYMENTS[BLUE] ?? { modelVersion: "1" },
        },
      }),
    commands: [`pulumi up --target urn:heart-deployment-${GREEN}`],
    ends: "succeeds",
    writes: 1,
    goesOn: { todo: "nothing", prepare: () => undefined },
  },
  {
    name: "lifts the protection of the state and forgets about it",
    commands: ["pulumi state unprotect --all && pulumi up"],
    ends: "succeeds",
    writes: 0,
  },
]);
