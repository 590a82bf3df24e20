import { armPathOf } from "../stack/armIds";
import type { EndpointId } from "./endpointId";
import type { PlannedResource, PlannedStep } from "../stack/previewedStack";
import { textIn } from "../stack/exportedStack";
import { isSameName } from "../../components/values/sameName";

const COMPONENT = "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint";

/** An endpoint as the program declares it: the component, its ancestors and its children. */
export interface PlannedEndpoint {
  readonly component: PlannedResource;
  /** The stack and the component's ancestors, outermost first. */
  readonly ancestors: readonly PlannedResource[];
  readonly endpoint: PlannedResource;
  readonly deployments: readonly PlannedResource[];
  readonly traffic: PlannedResource;
  /** The component's other Azure resources that would be created. */
  readonly others: readonly PlannedResource[];
}

/** The declaration of an endpoint among the steps of a preview; undefined when the program has none to create. */
export function plannedEndpoint(steps: readonly PlannedStep[], id: EndpointId): PlannedEndpoint | undefined {
  const created = steps.flatMap(({ op, newState }) => (op === "create" && newState !== undefined ? [newState] : []));
  const byUrn = new Map(created.map((resource) => [resource.urn, resource]));
  const endpoint = created.find(
    (resource) => isOfType(resource, "machinelearningservices:OnlineEndpoint") && isAt(resource, id),
  );
  const component = endpoint && byUrn.get(endpoint.parent ?? "");
  if (endpoint === undefined || component?.type !== COMPONENT) return undefined;
  const children = created.filter(({ parent }) => parent === component.urn);
  const ofType = (type: string) => children.filter((resource) => isOfType(resource, type));
  const deployments = ofType("machinelearningservices:OnlineDeployment");
  const [traffic] = ofType("resources:Deployment");
  if (traffic === undefined) return undefined;
  const known = new Set([endpoint, traffic, ...deployments]);
  return {
    component,
    ancestors: ancestorsOf(component, byUrn),
    endpoint,
    deployments,
    traffic,
    others: children.filter((child) => !known.has(child) && !isDeletionProtection(child)),
  };
}

/** Exists in the state only: the first update after the adoption creates it without writing to Azure. */
function isDeletionProtection({ type, urn }: PlannedResource): boolean {
  return type.startsWith("random:") && urn.endsWith("-deletion-protection");
}

/** Whether the state already has an endpoint with this id. */
export function isInState(resources: readonly PlannedResource[], id: EndpointId): boolean {
  return resources.some(
    (resource) => isOfType(resource, "machinelearningservices:OnlineEndpoint") && isSameName(id.text, resource.id),
  );
}

function isOfType({ type }: PlannedResource, wanted: string): boolean {
  const path = armPathOf(`azure-native:${wanted}`);
  return type.startsWith("azure-native:") && armPathOf(type) === path;
}

function isAt({ inputs }: PlannedResource, id: EndpointId): boolean {
  const names = ["resourceGroupName", "workspaceName", "endpointName"] as const;
  return names.every((name) => isSameName(id[name], textIn(inputs, name)));
}

function ancestorsOf(
  component: PlannedResource,
  byUrn: ReadonlyMap<string, PlannedResource>,
): readonly PlannedResource[] {
  const parent = byUrn.get(component.parent ?? "");
  return parent === undefined ? [] : [...ancestorsOf(parent, byUrn), parent];
}
