import { BLUE, GREEN } from "../../../driver/article";
import { injectFaults } from "../../../driver/faults";
import { DEPLOYMENTS, MODEL, VERIFY_SECONDS, declareHeart } from "../testbed/program";
import type { HeartChanges } from "../testbed/program";
import type { InlineTestbed } from "../testbed/inlineTestbed";
import type { Testbed } from "../testbed/testbed";
import { inlineCases } from "./inlineCases";
import type { InlineCase } from "./inlineCases";

const HALF = { [BLUE]: 50, [GREEN]: 50 };
const ALL_BACK = { [BLUE]: 100 };
const BACK = { [BLUE]: 100, [GREEN]: 0 };
const PUT_GREEN = `^PUT .*/deployments/${GREEN}$`;
const BIGGER = { ...DEPLOYMENTS, [GREEN]: { modelVersion: "2", instanceCount: 2 } };

async function half(testbed: InlineTestbed, changes: HeartChanges = {}): Promise<void> {
  testbed.program = () => declareHeart({ ...changes, traffic: HALF });
  await testbed.type("pulumi up");
}

async function failedScaleOut(testbed: InlineTestbed): Promise<void> {
  await half(testbed);
  await noCapacity(testbed);
  await half(testbed, { deployments: BIGGER });
}

function noCapacity({ azure }: Testbed): Promise<void> {
  return injectFaults(azure, { match: PUT_GREEN, fault: "out-of-capacity", times: 1000 });
}

function back(changes: HeartChanges = {}): () => unknown {
  return () => declareHeart({ ...changes, traffic: BACK });
}

const CASES: readonly InlineCase[] = [
  {
    name: "gives all weight back to the stable deployment",
    before: half,
    program: back(),
    writes: 1,
  },
  {
    name: "gives all weight back while the stable deployment is scaled by Azure",
    before: half,
    program: back(),
    does: (testbed) => testbed.showDeployment(BLUE, { provisioningState: "Scaling" }),
    writes: 1,
  },
  {
    name: "gives all weight back while the stable deployment is Failed after a scale-out",
    before: half,
    program: back(),
    does: (testbed) => testbed.showDeployment(BLUE, { provisioningState: "Failed" }),
    writes: 1,
  },
  {
    name: "gives all weight back while the candidate is Failed",
    before: half,
    program: back(),
    does: (testbed) => testbed.showDeployment(GREEN, { provisioningState: "Failed" }),
    writes: 1,
  },
  {
    name: "gives all weight back after an update of the candidate failed, with its old settings",
    // The engine repeats what failed, with whatever settings.
    before: failedScaleOut,
    program: back(),
    ends: "fails",
    says: [/capacity/],
    wayOut: { todo: "`pulumi up`", prepare: () => undefined, live: ALL_BACK },
  },
  {
    name: "gives all weight back after an update of the candidate failed, which fails again",
    before: failedScaleOut,
    program: back({ deployments: BIGGER }),
    does: noCapacity,
    ends: "fails",
    says: [/capacity/],
    wayOut: { todo: "correct the candidate, or remove it; then `pulumi up`", prepare: () => undefined, live: ALL_BACK },
  },
  {
    name: "gives all weight back beside another deployment that cannot be made",
    before: half,
    program: back({ deployments: { ...DEPLOYMENTS, third: { modelVersion: "2" } } }),
    does: (testbed) =>
      injectFaults(testbed.azure, { match: "^PUT .*/deployments/third$", fault: "out-of-quota", times: 1000 }),
    ends: "fails",
    says: [/quota/],
    wayOut: {
      todo: "ask for quota, or remove the other one; then `pulumi up`",
      prepare: () => undefined,
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back when the folder of the candidate's model is gone",
    before: half,
    program: back({ model: { ...MODEL, versions: { ...MODEL.versions, "2": { path: "models/gone" } } } }),
    wayOut: {
      todo: "put the folder back or remove the candidate; then `pulumi up`",
      prepare: (testbed) => void (testbed.program = back()),
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back while Azure is at work on the endpoint",
    before: half,
    program: back({ policy: { verifyTimeoutSeconds: 60 } }),
    does: async (testbed) => {
      // An update of 20 s takes 5 of them.
      await testbed.azure.clock({ speed: 4 });
      const endpoint = await testbed.endpoint();
      await testbed.azure.arm("PUT", testbed.watch.endpointId, {
        ...endpoint,
        tags: { ...Object(endpoint?.["tags"]), costs: "4711" },
      });
    },
    says: ["Updating"],
  },
  {
    name: "gives all weight back at once after a step, whatever the pace of the rollout",
    before: (testbed) => half(testbed, { policy: { verifyTimeoutSeconds: VERIFY_SECONDS } }),
    program: back({ policy: { verifyTimeoutSeconds: VERIFY_SECONDS, bakeMinutes: 10_080, maxIncrease: 1 } }),
  },
  {
    name: "gives all weight back and removes the candidate in the same update, which fails",
    before: failedScaleOut,
    program: () => declareHeart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    ends: "refused",
    commands: ["pulumi preview", "pulumi up"],
    live: HALF,
    says: [GREEN, "0"],
    wayOut: {
      todo: "declare it with weight 0 and run `pulumi up`; then remove it",
      prepare: (testbed) => void (testbed.program = back()),
      live: ALL_BACK,
    },
  },
  {
    name: "gives all weight back with the traffic step alone as the target",
    before: half,
    program: back(),
    commands: ["pulumi up --target urn:heart-traffic"],
    writes: 1,
    wayOut: { todo: "`pulumi up`, which takes note of the rest", prepare: () => undefined },
  },
  {
    name: "gives all weight back after a step under a clock that stood in 2099",
    before: async (testbed) => {
      testbed.program = () => declareHeart({ traffic: HALF });
      await testbed.type("MLFLOW_ROLLOUT_NOW=2099-01-01T00:00:00Z pulumi up");
    },
    program: back({ policy: { verifyTimeoutSeconds: VERIFY_SECONDS, bakeMinutes: 60 } }),
  },
  {
    name: "gives all weight back after a colleague has set other weights",
    before: async (testbed) => {
      await half(testbed);
      await testbed.editEndpoint({ properties: { traffic: { [BLUE]: 20, [GREEN]: 80 } } });
    },
    program: back(),
    ends: "refused",
    live: { [BLUE]: 20, [GREEN]: 80 },
    says: ["acceptLive"],
    wayOut: {
      todo: "name the live weights in `acceptLive`, then `pulumi up`",
      prepare: (testbed) => void (testbed.program = back({ acceptLive: { [BLUE]: 20, [GREEN]: 80 } })),
      live: ALL_BACK,
    },
  },
];

/** The way back, in every state of the deployments. */
export const wayBack = inlineCases(
  "the way back",
  CASES.map((each) => ({ ends: "succeeds", commands: ["pulumi up"], live: ALL_BACK, ...each })),
);
