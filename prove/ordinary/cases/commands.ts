import { BLUE, GREEN } from "../../../driver/article";
import { injectFaults } from "../../../driver/faults";
import { DEPLOYMENTS, STEPPED, declareHeart } from "../testbed/program";
import { untrueOutput } from "./foreign";
import { PROTECTED_ERROR, inlineCases } from "./inlineCases";

const GONE = { deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } };
const NOW = "MLFLOW_ROLLOUT_NOW=2026-11-24T12:00:00Z";
const PUT_ENDPOINT = "^PUT .*/onlineEndpoints/[^/]+$";
const STEP = (): unknown => declareHeart({ traffic: STEPPED });

/** Commands that are typed in a hurry, and their options. */
export const commands = inlineCases("commands and options", [
  {
    name: "types pulumi destroy",
    commands: ["pulumi destroy --preview-only", "pulumi destroy"],
    says: [PROTECTED_ERROR],
  },
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
    says: [PROTECTED_ERROR],
  },
  {
    name: "destroys the workspace with all that depends on it",
    commands: ["pulumi destroy --target urn:heart-workspace --target-dependents"],
    says: [PROTECTED_ERROR],
  },
  {
    name: "destroys the traffic step",
    commands: ["pulumi destroy --target urn:heart-traffic --target-dependents"],
    says: [PROTECTED_ERROR],
  },
  ...["heart-endpoint", "heart-workspace", "heart-traffic", `heart-deployment-${BLUE}`].map((resource) => ({
    name: `asks to replace ${resource}`,
    commands: [`pulumi preview --replace urn:${resource}`, `pulumi up --replace urn:${resource}`],
    says: [PROTECTED_ERROR],
  })),
  {
    name: "makes a step with the traffic step alone as the target",
    program: STEP,
    commands: ["pulumi up --target urn:heart-traffic"],
    ends: "succeeds",
    live: STEPPED,
    writes: 1,
    wayOut: { todo: "`pulumi up`, which takes note of the rest", prepare: () => undefined },
  },
  {
    name: "makes a step without the traffic step",
    program: STEP,
    commands: ["pulumi up --exclude urn:heart-traffic"],
    ends: "succeeds",
    writes: 0,
    alsoCheck: async (testbed) => untrueOutput((await testbed.stack.outputs())["traffic"], await testbed.live()),
    wayOut: { todo: "`pulumi up`, which makes the step", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "removes a deployment that serves, with the traffic step alone as the target",
    program: () => declareHeart(GONE),
    commands: ["pulumi preview --target urn:heart-traffic", "pulumi up --target urn:heart-traffic"],
    says: [BLUE],
  },
  {
    name: "removes a deployment that serves and goes on after errors",
    program: () => declareHeart(GONE),
    commands: ["pulumi up --continue-on-error"],
    says: [BLUE],
    showsFrames: true,
  },
  {
    name: "goes on after errors when the weights of a step do not arrive",
    program: () => declareHeart({ traffic: { [BLUE]: 0, [GREEN]: 100 } }),
    does: (testbed) => injectFaults(testbed.azure, { match: PUT_ENDPOINT, effect: { notApplied: true }, times: 1000 }),
    commands: ["pulumi up --continue-on-error"],
    ends: "fails",
    says: ["nothing was deleted"],
    wayOut: { todo: "`pulumi up`", prepare: () => undefined, live: { [GREEN]: 100 } },
  },
  {
    name: "has MLFLOW_ROLLOUT_NOW exported since a step whose weights did not arrive",
    before: async (testbed) => {
      await injectFaults(testbed.azure, { match: PUT_ENDPOINT, effect: { notApplied: true }, times: 1000 });
      testbed.program = STEP;
      await testbed.type(`${NOW} pulumi up`);
      await testbed.calm();
    },
    commands: [`${NOW} pulumi preview`, `${NOW} pulumi up`],
    says: ["MLFLOW_ROLLOUT_NOW"],
    wayOut: { todo: "`unset MLFLOW_ROLLOUT_NOW`, then `pulumi up`", prepare: () => undefined, live: STEPPED },
  },
  {
    name: "has MLFLOW_ROLLOUT_NOW exported while a colleague changes the weights",
    before: async (testbed) => {
      await testbed.type(`${NOW} pulumi up`);
      await testbed.editEndpoint({ properties: { traffic: { [BLUE]: 50, [GREEN]: 50 } } });
    },
    commands: [`${NOW} pulumi preview`, `${NOW} pulumi up`],
    says: [/MLFLOW_ROLLOUT_NOW|acceptLive/],
    live: { [BLUE]: 50, [GREEN]: 50 },
    wayOut: {
      todo: "`unset MLFLOW_ROLLOUT_NOW`, then say with `acceptLive` which weights may go",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ acceptLive: { [BLUE]: 50, [GREEN]: 50 } })),
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
      declareHeart({
        deployments: {
          [GREEN]: { modelVersion: "2", instanceCount: 2 },
          [BLUE]: DEPLOYMENTS[BLUE] ?? { modelVersion: "1" },
        },
      }),
    commands: [`pulumi up --target urn:heart-deployment-${GREEN}`],
    ends: "succeeds",
    writes: 1,
    wayOut: { todo: "nothing", prepare: () => undefined },
  },
  {
    name: "lifts the protection of the state and forgets about it",
    commands: ["pulumi state unprotect --all && pulumi up"],
    ends: "succeeds",
    writes: 0,
  },
]);
