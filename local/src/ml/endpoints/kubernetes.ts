import { objectAt, shown, textAt } from "../../common/json";
import type { MlServices } from "../shared/services";
import type { Resource } from "../../arm/store";
import { COMPUTE } from "../workspaces/records";
import { refusals } from "../shared/refusals";

/** "how-to-manage-quotas": the names of endpoint and deployment together, on Kubernetes. */
const MOST_OF_NAMES = 62;

/** Refuses a cluster that is not attached to the workspace, and mirroring, which only managed endpoints have. */
export function checkEndpointCompute(
  { store }: Pick<MlServices, "store">,
  workspaceId: string,
  properties: Record<string, unknown>,
): void {
  const compute = properties["compute"] ?? null;
  if (compute === null) return;
  const found = store.get(shown(compute));
  const isHere = found?.id.toLowerCase().startsWith(`${workspaceId.toLowerCase()}/computes/`);
  if (found?.type !== COMPUTE || isHere !== true) throw refusals.computeNotFound(shown(compute));
  const mirrored = Object.values(objectAt(properties, "mirrorTraffic")).some((percent) => Number(percent) > 0);
  if (mirrored) throw refusals.mirrorOnKubernetes();
}

/** Refuses a deployment of another kind than its endpoint, and what only one kind has. */
export function checkComputeType(
  endpoint: Resource | undefined,
  name: string,
  properties: Record<string, unknown>,
): void {
  const endpointName = shown(endpoint?.document["name"]);
  const compute = objectAt(endpoint?.document, "properties")["compute"] ?? null;
  const expected = compute === null ? "Managed" : "Kubernetes";
  const type = shown(properties["endpointComputeType"]);
  if (type !== expected) throw refusals.computeType(type, expected);
  const scaleType = textAt(objectAt(properties, "scaleSettings"), "scaleType") ?? "Default";
  if (expected === "Managed" && scaleType !== "Default") throw refusals.managedScaling(scaleType);
  const length = endpointName.length + name.length;
  if (expected === "Kubernetes" && length > MOST_OF_NAMES) throw refusals.namesTooLong(length, MOST_OF_NAMES);
}
