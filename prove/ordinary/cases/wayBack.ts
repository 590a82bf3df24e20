import { BLUE, GREEN } from "../../../driver/article";
import { inject } from "../../../driver/faults";
import { DEPLOYMENTS, MODEL, VERIFY_SECONDS, heart } from "../program";
import type { Changes } from "../program";
import type { InlineWorld } from "../inline";
import type { World } from "../world";
import { inlineCases } from "./inlineCases";
import type { InlineCase } from "./inlineCases";

const HALF = { [BLUE]: 50, [GREEN]: 50 };
const ALL_BACK = { [BLUE]: 100 };
const BACK = { [BLUE]: 100, [GREEN]: 0 };
const PUT_GREEN = `^PUT .*/deployments/${GREEN}$`;
const BIGGER = { ...DEPLOYMENTS, [GREEN]: { modelVersion: "2", instanceCount: 2 } };

async function half(world: InlineWorld, changes: Changes = {}): Promise<void> {
  world.program = () => heart({ ...changes, traffic: HALF });
  await world.type("pulumi up");
}

async function failedScaleOut(world: InlineWorld): Promise<void> {
  await half(world);
  await noCapacity(world);
  await half(world, { deployments: BIGGER });
}

function noCapacity({ azure }: World): Promise<void> {
  return inject(azure, { match: PUT_GREEN, fault: "out-of-capacity", times: 1000 });
}

function back(changes: Changes = {}): () => unknown {
  return () => heart({ ...changes, traffic: BACK });
}

const CASES: readonly InlineCase[] = [
  {
    name: "gives all weight back to the stable deployment",
    given: half,
    program: back(),
    writes: 1,
  },
  {
    name: "gives all weight back while the stable deployment is scaled by Azure",
    given: half,
    program: back(),
    does: (world) => world.showDeployment(BLUE, { provisioningState: "Scaling" }),
    writes: 1,
  },
  {
    name: "gives all weight back while the stable deployment is Failed after a scale-out",
    given: half,
    program: back(),
    does: (world) => world.showDeployment(BLUE, { provisioningState: "Failed" }),
    writes: 1,
  },
  {
    name: "gives all weight back while the candidate is Failed",
    given: half,
    program: back(),
    does: (world) => world.showDeployment(GREEN, { provisioningState: "Failed" }),
    writes: 1,
  },
  {
    name: "gives all weight back after an update of the candidate failed, with its old settings",
    // The engine repeats what failed, with whatever settings.
    given: failedScaleOut,
    program: back(),
    ends: "fails",
    says: [/capacity/],
    goesOn: { todo: "`pulumi up`", prepare: () => undefined, live: ALL_BACK },
  },
  {
    name: "gives all weight back after an update of the candidate failed, which fails again",
    given: failedScaleOut,
    program: back({ deployments: BIGGER }),
    does: noCapacity,
    ends: "fails",
    says: [/capacity/],
    goesOn: { todo: "correct the candidate, or remove it; then `pulumi up`", prepare: () => undefined, live: ALL_BACK },
  },
  {
    name: "gives all weight back beside another deployment that cannot be made",
    given: half,
    program: back({ deployments: { ...DEPLOYMENTS, third: { modelVersion: "2" } } }),
    does: (world) => inject(world.azure, { match: "^PUT .*/deployments/third$", fault: "out-of-quota", times: 1000 }),
    ends: "fails",
    says: [/quota/],
    goesOn: {
      todo: "ask for quota, or remove the other one; then `pulumi up`",
      prepare: () => undefined,
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back when the folder of the candidate's model is gone",
    given: half,
    program: back({ model: { ...MODEL, versions: { ...MODEL.versions, "2": { path: "models/gone" } } } }),
    goesOn: {
      todo: "put the folder back or remove the candidate; then `pulumi up`",
      prepare: (world) => void (world.program = back()),
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back while Azure is at work on the endpoint",
    given: half,
    program: back({ policy: { verifyTimeoutSeconds: 60 } }),
    does: async (world) => {
      // An update of 20 s takes 5 of them.
      await world.azure.clock({ speed: 4 });
      const endpoint = await world.endpoint();
      await world.azure.arm("PUT", world.watch.endpointId, {
        ...endpoint,
        tags: { ...Object(endpoint?.["tags"]), costs: "4711" },
      });
    },
    says: ["Updating"],
  },
  {
    name: "gives all weight back at once after a step, whatever the pace of the rollout",
    given: (world) => half(world, { policy: { verifyTimeoutSeconds: VERIFY_SECONDS } }),
    program: back({ policy: { verifyTimeoutSeconds: VERIFY_SECONDS, bakeMinutes: 10_080, maxIncrease: 1 } }),
  },
  {
    name: "gives all weight back and removes the candidate in the same update, which fails",
    given: failedScaleOut,
    program: () => heart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    ends: "refused",
    commands: ["pulumi preview", "pulumi up"],
    live: HALF,
    says: [GREEN, "0"],
    goesOn: {
      todo: "declare it with weight 0 and run `pulumi up`; then remove it",
      prepare: (world) => void (world.program = back()),
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back with the traffic step alone as the target",
    given: half,
    program: back(),
    commands: ["pulumi up --target urn:heart-traffic"],
    writes: 1,
    goesOn: { todo: "`pulumi up`, which takes note of the rest", prepare: () => undefined },
  },
  {
    name: "gives all weight back after a step under a clock that stood in 2099",
    given: async (world) => {
      world.program = () => heart({ traffic: HALF });
      await world.type("MLFLOW_ROLLOUT_NOW=2099-01-01T00:00:00Z pulumi up");
    },
    program: back({ policy: { verifyTimeoutSeconds: VERIFY_SECONDS, bakeMinutes: 60 } }),
  },
  {
    name: "gives all weight back after a colleague has set other weights",
    given: async (world) => {
      await half(world);
      await world.editEndpoint({ properties: { traffic: { [BLUE]: 20, [GREEN]: 80 } } });
    },
    program: back(),
    ends: "refused",
    live: { [BLUE]: 20, [GREEN]: 80 },
    says: ["acceptLive"],
    goesOn: {
      todo: "name the live weights in `acceptLive`, then `pulumi up`",
      prepare: (world) => void (world.program = back({ acceptLive: { [BLUE]: 20, [GREEN]: 80 } })),
      live: ALL_BACK,
    },
  },
];

/** The way back, in every state of the deployments. */
export const wayBack = inlineCases(
  "the way back",
  CASES.map((each) => ({ ends: "succeeds", commands: ["pulumi up"], live: ALL_BACK, ...each })),
);
