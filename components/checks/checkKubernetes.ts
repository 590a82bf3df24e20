import type { ProgressiveMlflowEndpointArgs } from "../args";
import { endpointNameLength } from "../rollout/names";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkSettings, checkGiven, checkWhole } from "./scalars";
import { checkInputText, checkText, isKnownMap } from "./literals";

const COMPUTE_ID =
  /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/computes\/[^/]+$/i;
/** Endpoint and deployment together. Source: Azure ML quotas and limits, "how-to-manage-quotas". */
const MAX_NAMES = 62;
/** Source: Kubernetes, "Resource units": a decimal number with an SI or binary suffix. */
const QUANTITY = /^\d+(\.\d+)?(m|k|M|G|T|P|E|Ki|Mi|Gi|Ti|Pi|Ei)?$/;

/** Rules for an endpoint in a cluster. */
export function checkCompute(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const { compute, publicNetworkAccess, mirrorTraffic } = args;
  if (compute === undefined) return [];
  const mirrored = isKnownMap(mirrorTraffic) ? Object.values(mirrorTraffic) : [];
  const isMirroring = mirrored.some((weight) => typeof weight === "number" && weight > 0);
  return [
    ...checkInputText("compute", compute, (id) =>
      COMPUTE_ID.test(id) ? undefined : `must be the ARM id of a compute attached to the workspace, got ${show(id)}`,
    ),
    ...checkNameLengths(args),
    ...(isMirroring ? [{ path: "mirrorTraffic", reason: "Azure mirrors on managed endpoints only; remove it" }] : []),
    ...(publicNetworkAccess === "Disabled"
      ? [{ path: "publicNetworkAccess", reason: "is for managed endpoints; close the cluster's own ingress instead" }]
      : []),
  ];
}

function checkNameLengths({ deployments, endpointName, model }: ProgressiveMlflowEndpointArgs): Violation[] {
  if (!isKnownMap(deployments) || !isKnownMap(model)) return [];
  const length = endpointNameLength(endpointName, model["name"]);
  return Object.keys(deployments)
    .filter((name) => length + name.length > MAX_NAMES)
    .map((name) => ({
      path: `deployments.${name}`,
      reason: `has ${name.length} characters, the endpoint's name ${length}; on Kubernetes they may have ${MAX_NAMES} together: shorten one of them`,
    }));
}

export function checkTargetUtilization(path: string, scaling: unknown): Violation[] {
  const keys = [
    "minimumInstanceCount",
    "maximumInstanceCount",
    "targetUtilizationPercentage",
    "pollingIntervalSeconds",
  ];
  return checkSettings(path, scaling, keys, (settings) => {
    const { minimumInstanceCount: min, maximumInstanceCount: max } = settings;
    const lower = typeof min === "number" && Number.isInteger(min) && min >= 1 ? min : 1;
    return [
      ...checkWhole(`${path}.minimumInstanceCount`, min, 1),
      ...checkGiven(`${path}.maximumInstanceCount`, max, "give the most instances, such as 5"),
      ...checkWhole(`${path}.maximumInstanceCount`, max, lower),
      ...checkWhole(`${path}.targetUtilizationPercentage`, settings["targetUtilizationPercentage"], 1, 100),
      ...checkWhole(`${path}.pollingIntervalSeconds`, settings["pollingIntervalSeconds"], 1),
    ];
  });
}

export function checkContainerResources(path: string, requirements: unknown): Violation[] {
  return checkSettings(path, requirements, ["requests", "limits"], ({ requests, limits }) => [
    ...checkResources(`${path}.requests`, requests),
    ...checkResources(`${path}.limits`, limits),
  ]);
}

function checkResources(path: string, resources: unknown): Violation[] {
  const keys = ["cpu", "memory", "gpu"];
  return checkSettings(path, resources, keys, (settings) =>
    keys.flatMap((key) =>
      checkText(`${path}.${key}`, settings[key], (quantity) =>
        QUANTITY.test(quantity)
          ? undefined
          : `must be a quantity of Kubernetes such as "500m", "1" or "2Gi", got ${show(quantity)}`,
      ),
    ),
  );
}
