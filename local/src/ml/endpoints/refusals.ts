import { ArmError } from "../../arm/errors";
import type { Resource } from "../../arm/store";
import { objectAt, textAt, toText } from "../../common/json";
import { innerServiceRefusal, invalidProperty } from "../shared/refusals";
import type { MlServices } from "../shared/services";
import { COMPUTE } from "../workspaces/records";
import { ENDPOINT, weightOf } from "./records";
import type { DeploymentStates, EndpointTraffic, TrafficMap } from "./records";

// assumed text; rule: "how-to-safely-rollout-online-endpoints"
function invalidTrafficSum(total: number): ArmError {
  return invalidProperty("traffic", `The sum of traffic percentages must be 0 or 100, got ${total}.`);
}

// assumed text; rule: "reference-yaml-endpoint-online"
function unknownTrafficTarget(name: string): ArmError {
  return invalidProperty("traffic", `Traffic is set for deployment '${name}', which does not exist in this endpoint.`);
}

// assumed text; int32 in the specification
function invalidTrafficValue(key: string, name: string, value: unknown): ArmError {
  return invalidProperty(
    key,
    `The value of '${name}' must be an integer from 0 to ${key === "traffic" ? 100 : 50}, got ${JSON.stringify(value)}.`,
  );
}

// assumed text; reported: traffic to a deployment that is not ready is refused
function trafficTargetNotReady(name: string, state: string): ArmError {
  return invalidProperty(
    "traffic",
    `Traffic cannot be set for deployment '${name}' because it is in ${state} provisioning state.`,
  );
}

// assumed text; rule: "how-to-safely-rollout-online-endpoints"
function tooManyMirrorTargets(count: number): ArmError {
  return invalidProperty("mirrorTraffic", `Traffic can be mirrored to one deployment only, got ${count}.`);
}

// assumed text; rule: "how-to-safely-rollout-online-endpoints"
function mirrorTargetIsLive(name: string): ArmError {
  return invalidProperty("mirrorTraffic", `Deployment '${name}' cannot have both live and mirror traffic.`);
}

// assumed text; "one operation at a time" is documented by TSG "OperationCanceled"
function operationInProgress(endpoint: string, state: string): ArmError {
  return new ArmError(409, {
    code: "Conflict",
    message: `Endpoint ${endpoint} is in ${state} provisioning state; try again later.`,
  });
}

// Azure/azure-cli-extensions#7660
export function endpointNameTaken(): ArmError {
  return innerServiceRefusal(
    "There is already an endpoint with this name, Endpoint name needs to be unique within a region. Try some other name.",
  );
}

// assumed text
function computeNotFound(compute: string): ArmError {
  return invalidProperty("compute", `'${compute}' is not a Kubernetes compute attached to the workspace.`);
}

// assumed text; rule: "how-to-safely-rollout-online-endpoints"
function mirrorOnKubernetes(): ArmError {
  return invalidProperty("mirrorTraffic", "Kubernetes online endpoints do not support mirrored traffic.");
}

// assumed text; rule: managed identity how-to, "cannot be changed after creation"
function immutableProperty(property: string): ArmError {
  return invalidProperty(property, `Property '${property}' cannot be changed after the endpoint is created.`);
}

/** Refuses a cluster that is not attached to the workspace, and mirroring, which only managed endpoints have. */
export function checkEndpointCompute(
  { store }: Pick<MlServices, "store">,
  workspaceId: string,
  properties: Record<string, unknown>,
): void {
  const compute = properties["compute"] ?? null;
  if (compute === null) return;
  const found = store.get(toText(compute));
  const isHere = found?.id.toLowerCase().startsWith(`${workspaceId.toLowerCase()}/computes/`);
  if (found?.type !== COMPUTE || isHere !== true) throw computeNotFound(toText(compute));
  const mirrored = Object.values(objectAt(properties, "mirrorTraffic")).some((percent) => Number(percent) > 0);
  if (mirrored) throw mirrorOnKubernetes();
}

/**
 * Refuses the weights that Azure refuses. Only the first broken rule is reported, as by the service.
 *
 * Assumed: a deployment that failed after it got its weight may keep it, or get more; its instances still answer.
 *
 * @param live - what is live before the write
 */
export function checkEndpointTraffic(
  { traffic, mirrorTraffic: mirror }: EndpointTraffic,
  live: EndpointTraffic,
  states: DeploymentStates,
): void {
  checkValues("traffic", traffic, 100);
  checkValues("mirrorTraffic", mirror, 50);
  const total = Object.values(traffic).reduce((sum, weight) => sum + weight, 0);
  if (total !== 0 && total !== 100) throw invalidTrafficSum(total);
  for (const [name, weight] of [...Object.entries(traffic), ...Object.entries(mirror)]) {
    const state = states.get(name.toLowerCase());
    if (state === undefined) throw unknownTrafficTarget(name);
    const rises = weight > 0 && weightOf(live.traffic, name) + weightOf(live.mirrorTraffic, name) === 0;
    if (rises && state !== "Succeeded" && state !== "Updating" && state !== "Scaling")
      throw trafficTargetNotReady(name, state);
  }
  const targets = Object.keys(mirror).filter((name) => (mirror[name] ?? 0) > 0);
  if (targets.length > 1) throw tooManyMirrorTargets(targets.length);
  for (const target of targets) {
    if (weightOf(traffic, target) > 0) throw mirrorTargetIsLive(target);
  }
}

function checkValues(key: "traffic" | "mirrorTraffic", map: TrafficMap, max: number): void {
  for (const [name, value] of Object.entries<unknown>(map)) {
    const ok = typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= max;
    if (!ok) throw invalidTrafficValue(key, name, value);
  }
}

/** Refuses an operation on a locked endpoint. */
export function requireNoOperation({ operations }: MlServices, endpointId: string): void {
  const holding = operations.holding(endpointId);
  if (holding !== undefined) throw operationInProgress(endpointId.split("/").at(-1) ?? "", holding.running);
}

export function requireFreeName({ store }: MlServices, id: string, name: string, location: string): void {
  const taken = store
    .all()
    .filter(({ type }) => type === ENDPOINT)
    .some(
      ({ document }) =>
        String(document["name"]).toLowerCase() === name.toLowerCase() && document["location"] === location,
    );
  if (taken && store.get(id) === undefined) throw endpointNameTaken();
}

export function requireUnchanged(existing: Resource, body: unknown, location: string): void {
  if (existing.document["location"] !== location) throw immutableProperty("location");
  const kind = textAt(body, "kind");
  if (kind !== undefined && kind !== existing.document["kind"]) throw immutableProperty("kind");
  const [before, after] = [existing.document, body].map(
    (document) => objectAt(document, "properties")["compute"] ?? null,
  );
  if (before !== after) throw immutableProperty("compute");
  requireUnchangedIdentity(existing, body);
}

export function requireUnchangedIdentity(existing: Resource, body: unknown): void {
  const [before, after] = [existing.document, body].map((document) => textAt(objectAt(document, "identity"), "type"));
  if (after !== undefined && before !== after) throw immutableProperty("identity");
}
