import type { Violation } from "../../components/values/violation";
import { isServing } from "../../components/rollout/weights";
import type { Values } from "../stack/exportedStack";
import { modelOf } from "./model";
import { liveOf } from "./service";
import type { Service } from "./service";
import { nameIn, textIn } from "../stack/exportedStack";

/** Why an endpoint cannot be adopted as it is. */
export function refusalsOf(service: Service): readonly Violation[] {
  return [...refuseEndpoint(service), ...service.deployments.flatMap(refuseDeployment)];
}

function refuseEndpoint(service: Service): Violation[] {
  const { endpoint, id } = service;
  const path = `endpoint ${id.endpointName}`;
  const [compute, state] = [textIn(endpoint, "properties.compute"), textIn(endpoint, "properties.provisioningState")];
  if (compute !== undefined || textIn(endpoint, "kind") === "Kubernetes")
    return [
      { path, reason: `it runs on Kubernetes (${compute ?? "kind Kubernetes"}); only managed endpoints are adopted` },
    ];
  const identity = textIn(endpoint, "identity.type") ?? "None";
  return [
    ...(state === "Succeeded"
      ? []
      : [{ path, reason: `it is ${state ?? "in no state"}; adopt it when it is Succeeded` }]),
    ...(identity === "SystemAssigned"
      ? []
      : [
          {
            path,
            reason: `its identity is ${identity}; a traffic step writes SystemAssigned, and Azure cannot change it`,
          },
        ]),
    ...(isServing(liveOf(service))
      ? []
      : [
          {
            path,
            reason:
              "none of its deployments serves: all weights are 0; give one the traffic first, or delete it and create it again",
          },
        ]),
  ];
}

function refuseDeployment(deployment: Values): Violation[] {
  const path = `deployment ${nameIn(deployment)}`;
  const compute = textIn(deployment, "properties.endpointComputeType");
  if (compute !== "Managed")
    return [{ path, reason: `it runs on ${compute ?? "no compute"}; only managed deployments are adopted` }];
  const state = textIn(deployment, "properties.provisioningState") ?? "in no state";
  const model = textIn(deployment, "properties.model");
  return [
    ...(state === "Succeeded" ? [] : [{ path, reason: `it is ${state}; wait until it is Succeeded, or delete it` }]),
    ...(modelOf(deployment) === undefined
      ? [{ path, reason: `its model is ${model ?? "none"}; only registered model versions are declared` }]
      : []),
  ];
}
