import { GREEN } from "../../driver/article";
import type { FaultCase } from "./faultCase";
import { runRecover } from "./runRecover";
import { OTHERS_WEIGHTS } from "./runFault";
import type { FaultTestbed } from "./testbed";

/** The write of a weight step, and what it writes in the end. */
const PUT_STEP = "^PUT .*/Microsoft\\.Resources/deployments/";
const PUT_ENDPOINT = "^PUT .*/onlineEndpoints/[^/]+$";
const GET_ENDPOINT = "^GET .*/onlineEndpoints/[^/]+$";
const PUT_DEPLOYMENT = "^PUT .*/onlineEndpoints/[^/]+/deployments/";
const ALWAYS = 1000;
const AGAIN = "`pulumi up`";
const RECOVER = "`mlflow-rollout recover` (see [recovery.md](recovery.md))";

/** Refusals that pass while azure-native tries again. */
const passing: readonly FaultCase[] = [
  ["429 with Retry-After, twice", { fault: "throttled", times: 2 }],
  ["429 without Retry-After, twice", { fault: "throttled-without-retry-after", times: 2 }],
  ["500, twice", { fault: "internal-server-error", times: 2 }],
  ["502, twice", { effect: { http: { status: 502 } }, times: 2 }],
  ["503, twice", { fault: "unavailable", times: 2 }],
  ["connection dropped before Azure got the write", { effect: { drop: "request" }, times: 1 }],
  ["connection dropped in place of the reply to the write", { effect: { drop: "reply" }, times: 1 }],
  ["`DeploymentActive`, until an earlier template deployment has ended", { fault: "deployment-active", times: 1 }],
].map(([name, rule]) => ({
  name: name as string,
  during: "weight step",
  rules: [{ match: PUT_STEP, ...(rule as object) }],
  succeeds: true,
  live: "after",
}));

/** Refusals that stay. */
const lasting: readonly FaultCase[] = [
  ["429 with Retry-After, all the time", PUT_STEP, { fault: "throttled" }],
  ["429 without Retry-After, all the time", PUT_STEP, { fault: "throttled-without-retry-after" }],
  ["500, all the time", PUT_STEP, { fault: "internal-server-error" }],
  ["502, all the time", PUT_STEP, { effect: { http: { status: 502 } } }],
  ["503, all the time", PUT_STEP, { fault: "unavailable" }],
  ["503 on every read of the endpoint", GET_ENDPOINT, { fault: "unavailable" }],
  ["connection dropped at every write", PUT_STEP, { effect: { drop: "request" } }],
  ["`DeploymentActive`, all the time", PUT_STEP, { fault: "deployment-active" }],
  ["the operation on the endpoint fails", PUT_ENDPOINT, { fault: "traffic-error" }],
  ["the write is accepted and not applied", PUT_ENDPOINT, { effect: { notApplied: true } }],
].map(([name, match, rule]) => ({
  name: name as string,
  during: "weight step",
  rules: [{ match, times: ALWAYS, ...(rule as object) }],
  succeeds: false,
  live: "before",
  todo: AGAIN,
}));

const otherSteps: readonly FaultCase[] = [
  {
    name: "the old weights are shown after success, for two reads",
    during: "weight step",
    rules: [{ match: PUT_ENDPOINT, effect: { staleFor: { reads: 2 } }, times: 1 }],
    succeeds: true,
    live: "after",
  },
  {
    name: "the operation does not end before the deadline of the step",
    during: "weight step",
    deadline: true,
    meanwhile: freeze,
    succeeds: false,
    live: "before",
    todo: `wait until Azure has finished, then ${AGAIN}`,
    remedy: thaw,
  },
  {
    name: "another client changes the weights between preview and update",
    during: "weight step",
    meanwhile: (testbed) => testbed.setWeights(OTHERS_WEIGHTS),
    succeeds: false,
    live: "theirs",
    todo: `accept them for one run with \`acceptLive\` (or put the old ones back), then ${AGAIN}`,
    remedy: async (testbed) => {
      testbed.declared = { ...testbed.declared, acceptLive: OTHERS_WEIGHTS };
    },
  },
];

const newDeployments: readonly FaultCase[] = [
  {
    name: "404 for a deployment that was just created, for three reads",
    during: "new deployment",
    rules: [{ fault: "not-there-yet", times: 1 }],
    succeeds: false,
    live: "before",
    todo: RECOVER,
    remedy: runRecover,
  },
  {
    name: "`Conflict`, until another operation on the endpoint has ended",
    during: "new deployment",
    rules: [{ fault: "busy", times: 1 }],
    succeeds: true,
    live: "after",
  },
  {
    name: "quota refused",
    during: "new deployment",
    rules: [{ fault: "out-of-quota", times: ALWAYS }],
    succeeds: false,
    live: "before",
    todo: `ask for quota (or declare another instanceType), then ${AGAIN}`,
  },
  {
    name: "the image cannot be built",
    during: "new deployment",
    rules: [{ fault: "image-build", times: ALWAYS }],
    succeeds: false,
    live: "before",
    todo: `correct the model's environment, then ${AGAIN}`,
  },
  {
    name: "the container crashes",
    during: "new deployment",
    rules: [{ fault: "liveness-probe", times: ALWAYS }],
    succeeds: false,
    live: "before",
    todo: `correct the model, then ${AGAIN}`,
  },
  {
    name: "503 at every try to create it",
    during: "new deployment",
    rules: [{ fault: "unavailable", match: PUT_DEPLOYMENT, times: ALWAYS }],
    succeeds: false,
    live: "before",
    todo: AGAIN,
  },
  {
    name: "connection dropped in place of the reply to the create, and Azure goes on with it for a while",
    during: "new deployment",
    meanwhile: slowDown,
    rules: [{ match: PUT_DEPLOYMENT, effect: { drop: "reply" }, times: 1 }],
    succeeds: false,
    live: "before",
    todo: RECOVER,
    remedy: runRecover,
  },
  {
    name: "the create does not end before its deadline",
    during: "new deployment",
    deadline: true,
    meanwhile: freeze,
    succeeds: false,
    live: "before",
    todo: RECOVER,
    remedy: recoverWhenTimeGoesOn,
  },
];

const deletedByHand: readonly FaultCase[] = [
  {
    name: "a deployment of weight 0 is deleted by hand between preview and update",
    during: "weight step",
    rises: true,
    meanwhile: deleteNewest,
    succeeds: false,
    live: "before",
    todo: "`pulumi up --refresh`",
    refresh: true,
  },
  {
    name: "the endpoint is deleted by hand between preview and update",
    during: "weight step",
    meanwhile: async (testbed) => {
      await testbed.azure.operate("DELETE", await testbed.endpointId());
    },
    succeeds: false,
    live: "none",
    todo: "`pulumi up --refresh`",
    refresh: true,
  },
];

/** All faults, in the order of the table; what removes something comes last. */
export const FAULTS: readonly FaultCase[] = [
  ...passing,
  ...lasting,
  ...otherSteps,
  ...newDeployments,
  ...deletedByHand,
];

async function freeze(testbed: FaultTestbed): Promise<void> {
  await testbed.azure.clock({ freeze: true });
}

/** A create of ten minutes takes so many seconds that the engine asks again while it runs. */
async function slowDown(testbed: FaultTestbed): Promise<void> {
  await testbed.azure.clock({ speed: 60 });
}

async function recoverWhenTimeGoesOn(testbed: FaultTestbed): Promise<void> {
  await thaw(testbed);
  await runRecover(testbed);
}

/** Time goes on until Azure has finished what it is at. */
async function thaw(testbed: FaultTestbed): Promise<void> {
  await testbed.azure.advance(3600);
  await testbed.run();
}

/** Deletes the newest deployment of weight 0, as somebody with the portal does. */
async function deleteNewest(testbed: FaultTestbed): Promise<void> {
  const name = Object.keys(testbed.declared.traffic).findLast((declared) => declared.startsWith("trial-"));
  await testbed.azure.operate("DELETE", `${await testbed.endpointId()}/deployments/${name ?? GREEN}`);
}
