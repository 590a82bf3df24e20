import { weightOf } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import { canAbort, liveDeployment } from "./situation";
import { awaitedUpdate, pulumi, verb, waitFor } from "./verdict";
import type { Case, Verdict } from "./verdict";

const FAILED = new Set(["failed", "canceled"]);

/** Whether Azure gave up on an endpoint or a deployment. */
function hasFailed(state: string | undefined): boolean {
  return state !== undefined && FAILED.has(state.toLowerCase());
}

/** A deployment or the endpoint is in a state that it does not leave by itself. */
export const failed: Case = (situation) => {
  const { live, traffic, roles, use } = situation;
  const broken = live.deployments.filter(({ state }) => hasFailed(state));
  const { endpoint } = live;
  const isEndpoint = endpoint !== undefined && hasFailed(endpoint.state);
  if (broken.length === 0 && !isEndpoint) return undefined;
  const parts = broken.map(({ name, state }) => {
    const weight = weightOf(traffic.traffic, name);
    return `deployment ${name} is ${state}${weight > 0 ? ` with ${weight} % of the traffic` : ""}`;
  });
  const whole = isEndpoint ? [`endpoint ${endpoint.name} is ${endpoint.state}`] : [];
  const message = [...whole, ...parts].join(", ");
  if (use.underWay !== undefined) {
    const said = `${message}; an update of the stack is under way`;
    return { ...degraded(said, waitFor(situation)), awaited: awaitedUpdate(use.underWay) };
  }
  const isCandidate = broken.some(({ name }) => isSameName(name, roles.candidate));
  if (isCandidate && canAbort(situation)) {
    const text = `abort gives everything back to ${roles.stable}; "az ml online-deployment get-logs" says why it failed`;
    return degraded(message, { text, command: verb(situation, "abort") });
  }
  const text = 'read why ("az ml online-deployment get-logs"), put it right, and try again';
  return degraded(message, { text, command: verb(situation, "recover") });
};

/** The last update was killed. */
export const cutOff: Case = (situation) => {
  const { use } = situation;
  if (use.cutOff === undefined) return undefined;
  const text = "recover releases the lock, adds to the state what only Azure has, and runs the update again";
  return degraded(`the last update was cut off: ${use.cutOff}`, { text, command: verb(situation, "recover") });
};

/** The state has what Azure has not. */
export const gone: Case = (situation) => {
  const { live, applied, endpointInState } = situation;
  if (endpointInState === undefined) return undefined;
  const lost = applied.deployments.filter((name) => liveDeployment(situation, name) === undefined);
  if (live.endpoint !== undefined && lost.length === 0) return undefined;
  const what =
    live.endpoint === undefined
      ? `endpoint ${endpointInState}`
      : `${lost.length === 1 ? "deployment" : "deployments"} ${lost.join(", ")}`;
  const text = '"pulumi up --refresh" makes what was deleted again';
  return degraded(`the state has ${what}, and Azure has not`, { text, command: pulumi(situation, "up --refresh") });
};

/** Another stack has written the endpoint, and each would take the weights from the other. */
export const foreign: Case = (situation) => {
  const { record, stack } = situation;
  const [owner] = record.owner?.split(" ") ?? [];
  // A backend that does not say the whole name cannot be compared.
  const isWhole = stack.split("/").length === 3;
  if (owner === undefined || !isWhole || owner === stack || situation.takeOver === record.owner) return undefined;
  const text = '"pulumi up" says how to take the endpoint over; or remove it from this stack\'s program and state';
  return degraded(`the endpoint belongs to ${record.owner}`, { text, command: pulumi(situation, "up") });
};

/** Somebody else has written the weights, or a write was lost. */
export const unexpected: Case = (situation) => {
  const { unexpected: why } = situation;
  if (why === undefined) return undefined;
  const text = '"pulumi up" says how to keep the live weights or to overwrite them, before it writes';
  return degraded(why, { text, command: pulumi(situation, "up") });
};

function degraded(message: string, next: Verdict["next"]): Verdict {
  return { phase: "degraded", message, next };
}
