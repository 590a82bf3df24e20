import { DEFAULT_IDENTITY, describeIdentity } from "../settings/identity";
import type { Tags } from "../rollout/record";
import type { TrafficState, Weights } from "../rollout/weights";
import type { EndpointPath } from "../azure/ids";
import { at } from "../values/shape";
import { known, textOf } from "../pulumi/known";

/** The inputs of a traffic step as its hooks get them; undefined where a preview does not know them yet. */
export interface StepInputs {
  readonly state: TrafficState | undefined;
  readonly path: EndpointPath | undefined;
  readonly location: string | undefined;
  readonly authMode: string | undefined;
  /** Id of the cluster that the endpoint is declared in, `none` for a managed endpoint. */
  readonly compute: string | undefined;
  /** As {@link describeIdentity} formats it. */
  readonly identity: string | undefined;
  readonly declared: EndpointPath | undefined;
  /** All tags that the step writes. */
  readonly tags: Tags | undefined;
}

export function stepInputs(inputs: unknown): StepInputs {
  const parameter = (name: string): unknown => at(inputs, ["properties", "parameters", name, "value"]);
  const [workspaceName, endpointName] = textOf(at(parameter("endpoint"), ["name"]))?.split("/") ?? [];
  const resourceGroupName = known(at(inputs, ["resourceGroupName"]));
  const traffic = known(parameter("traffic"));
  return {
    state: traffic === undefined ? undefined : stateOf(traffic, known(parameter("mirrorTraffic"))),
    path:
      typeof resourceGroupName === "string" && workspaceName && endpointName
        ? { resourceGroupName, workspaceName, endpointName }
        : undefined,
    location: textOf(at(parameter("endpoint"), ["location"])),
    authMode: textOf(at(parameter("endpoint"), ["authMode"])),
    compute: computeOf(parameter("endpoint")),
    identity: identityOf(at(parameter("endpoint"), ["identity"])),
    declared: known(parameter("declared")) as EndpointPath | undefined,
    tags: known(parameter("tags")) as Tags | undefined,
  };
}

/** The path of the endpoint that a deployment belongs to, when it is known. */
export function deploymentPath(inputs: unknown): EndpointPath | undefined {
  const [resourceGroupName, workspaceName, endpointName] = ["resourceGroupName", "workspaceName", "endpointName"].map(
    (key) => textOf(at(inputs, [key])),
  );
  return resourceGroupName && workspaceName && endpointName
    ? { resourceGroupName, workspaceName, endpointName }
    : undefined;
}

function computeOf(endpoint: unknown): string | undefined {
  const compute = at(endpoint, ["compute"]);
  return compute === undefined ? "none" : textOf(compute);
}

function identityOf(identity: unknown): string | undefined {
  if (identity === undefined) return DEFAULT_IDENTITY;
  const type = textOf(at(identity, ["type"]));
  const users = known(at(identity, ["userAssignedIdentities"]));
  if (type === undefined || users === undefined) return undefined;
  return describeIdentity(type, Object.keys(users as object));
}

function stateOf(traffic: unknown, mirrorTraffic: unknown): TrafficState {
  return { traffic: traffic as Weights, mirrorTraffic: (mirrorTraffic ?? {}) as Weights };
}
