import { UNKNOWN } from "../../cli/stack/previewedStack";
import type { PlannedResource, PlannedStep } from "../../cli/stack/previewedStack";
import type { Values } from "../../cli/stack/exportedStack";
import { modelId } from "./adoption";
import { PROVIDER, resourceState } from "./exportedStack";

const COMPONENT = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";
export const COMPONENT_URN = `urn:pulumi:dev::heart::${COMPONENT}::heart`;
const STACK_URN = "urn:pulumi:dev::heart::pulumi:pulumi:Stack::heart-dev";

/** What a program may declare otherwise. */
export interface Planned {
  readonly endpoint?: Values;
  readonly blue?: Values;
  readonly blueProperties?: Values;
  readonly traffic?: Values;
  /** Besides the endpoint, its deployments and the traffic step. */
  readonly others?: readonly PlannedResource[];
}

/** The steps of a preview of the program that declares the service of `adoption.ts`. */
export function plannedSteps(changed: Planned = {}): readonly PlannedStep[] {
  const created = [
    { urn: STACK_URN, type: "pulumi:pulumi:Stack", custom: false },
    { urn: COMPONENT_URN, type: COMPONENT, custom: false, parent: STACK_URN, inputs: {} },
    child("machinelearningservices:OnlineEndpoint", "heart-endpoint", {
      resourceGroupName: "rg",
      workspaceName: "mlw",
      endpointName: "heart",
      location: "westeurope",
      kind: "Managed",
      identity: { type: "SystemAssigned" },
      tags: {},
      properties: { authMode: "Key", publicNetworkAccess: "Enabled" },
      ...changed.endpoint,
    }),
    deployment("blue", "1", changed.blueProperties, changed.blue),
    deployment("green", "2"),
    child("resources:Deployment", "heart-traffic", {
      resourceGroupName: UNKNOWN,
      deploymentName: UNKNOWN,
      properties: {
        mode: "Incremental",
        parameters: {
          traffic: { value: changed.traffic ?? { blue: 90, green: 10 } },
          mirrorTraffic: { value: {} },
          tags: { value: UNKNOWN },
          endpoint: { value: { name: UNKNOWN, authMode: "Key" } },
        },
      },
    }),
    ...(changed.others ?? []),
  ];
  return created.map((newState) => ({ op: "create", urn: newState.urn, newState }));
}

export function child(type: string, name: string, inputs: Values): PlannedResource {
  return {
    ...resourceState(`azure-native:${type}`, name, { inputs, provider: PROVIDER.replace("provider-id", UNKNOWN) }),
    parent: COMPONENT_URN,
    dependencies: [COMPONENT_URN, "urn:pulumi:dev::heart::other::not-there-yet"],
  };
}

function deployment(name: string, version: string, properties: Values = {}, inputs: Values = {}): PlannedResource {
  return child("machinelearningservices:OnlineDeployment", `heart-deployment-${name}`, {
    resourceGroupName: UNKNOWN,
    workspaceName: UNKNOWN,
    endpointName: UNKNOWN,
    deploymentName: name,
    sku: { name: "Default", capacity: 1 },
    properties: { instanceType: "Standard_DS3_v2", model: modelId(version), ...properties },
    ...inputs,
  });
}
