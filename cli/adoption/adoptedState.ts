import { randomUUID } from "node:crypto";
import { endpointTags } from "../../components/rollout/record";
import { armIdOf } from "../stack/armIds";
import { nameOf, resourcesOf, secretOf, nameIn, textIn } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import { readEndpointId } from "./endpointId";
import { plannedTraffic } from "./differences";
import type { PlannedEndpoint } from "./plannedEndpoint";
import { UNKNOWN } from "../stack/previewedStack";
import type { PlannedResource } from "../stack/previewedStack";
import { recordName } from "../../components/rollout/recordName";
import { liveOf, ownerOfService, tagsOf } from "./service";
import type { Service } from "./service";

export interface StateAddition {
  readonly edited: ExportedStack;
  /** What is added to the state, in its order. */
  readonly added: readonly ResourceState[];
}

/**
 * The state as it would be had the program created the service: with the program's inputs and Azure's outputs. The
 * traffic step is recorded as done; its template deployment is created by the first step that changes something.
 *
 * @param planned - a declaration that matches what exists
 * @throws Error when part of the declaration is only known during an update
 */
export function adoptedState(stack: ExportedStack, planned: PlannedEndpoint, service: Service): StateAddition {
  const present = resourcesOf(stack);
  const endpointId = textIn(service.endpoint, "id") ?? "";
  const names = namesIn(endpointId);
  const custom = [
    withId(planned.endpoint, endpointId, service),
    ...planned.deployments.map((deployment) => {
      const id = idOfDeployment(deployment, service);
      return withId(fill(deployment, names), id, service);
    }),
    withTraffic(planned, names, service),
  ];
  for (const resource of custom) requireKnown(resource);
  const provider = providerOf(planned.endpoint, present, service);
  const components = [...planned.ancestors, planned.component];
  const all = [
    ...components,
    ...(provider.isNew ? [provider.state] : []),
    ...custom.map((resource) => ({ ...resource, provider: provider.reference })),
  ];
  const urns = new Set([...present, ...all].map(({ urn }) => urn));
  const added = all.map((resource) => withoutMissing(resource, urns));
  return { edited: { ...stack, deployment: { ...stack.deployment, resources: [...present, ...added] } }, added };
}

type Names = Readonly<Record<"resourceGroupName" | "workspaceName" | "endpointName", string>>;

/** As the program reads them from the id of the endpoint. */
function namesIn(endpointId: string): Names {
  const { resourceGroupName, workspaceName, endpointName } = readEndpointId(endpointId);
  return { resourceGroupName, workspaceName, endpointName };
}

function fill(resource: PlannedResource, names: Readonly<Record<string, string>>): PlannedResource {
  const inputs = Object.entries(resource.inputs ?? {}).map(([key, value]) => [
    key,
    value === UNKNOWN ? (names[key] ?? value) : value,
  ]);
  return { ...resource, inputs: Object.fromEntries(inputs) as Values };
}

function withId(resource: PlannedResource, id: string, { outputs }: Service): PlannedResource {
  const read = outputs.get(id.toLowerCase()) ?? {};
  const secret = new Set(resource.additionalSecretOutputs);
  const kept = Object.entries(read).map(([key, value]) => [key, secret.has(key) ? secretOf(value) : value]);
  return { ...resource, id, outputs: Object.fromEntries(kept) as Values };
}

function idOfDeployment({ inputs }: PlannedResource, { deployments }: Service): string {
  const wanted = textIn(inputs, "deploymentName")?.toLowerCase();
  return (
    textIn(
      deployments.find((deployment) => nameIn(deployment).toLowerCase() === wanted),
      "id",
    ) ?? ""
  );
}

/** The traffic step with the parameters that the program will give it, since the weights are live already. */
function withTraffic(planned: PlannedEndpoint, names: Names, service: Service): PlannedResource {
  const deploymentName = recordName(names.workspaceName, names.endpointName);
  const declaredTags = tagsOf(planned.endpoint.inputs ?? {});
  const tags = endpointTags({
    declared: plannedTraffic(planned),
    declaredTags,
    live: liveOf(service),
    now: new Date(),
    // The previous owner keeps it until the first step.
    ownership: { owner: ownerOfService(service) ?? "", formerly: [] },
  });
  const filled = fill(planned.traffic, { ...names, deploymentName });
  const properties = filled.inputs?.["properties"] as {
    readonly parameters: Readonly<Record<string, { readonly value: unknown }>>;
  };
  const { endpoint } = properties.parameters;
  const inputs = {
    ...filled.inputs,
    properties: {
      ...properties,
      parameters: {
        ...properties.parameters,
        tags: { value: tags },
        endpoint: { value: { ...(endpoint?.value as Values), name: `${names.workspaceName}/${names.endpointName}` } },
      },
    },
  };
  const id = armIdOf(filled.type, inputs, service.id.subscriptionId) ?? "";
  return { ...filled, id, inputs, outputs: { name: deploymentName } };
}

function requireKnown(resource: PlannedResource): void {
  const unknown = Object.entries(resource.inputs ?? {}).filter(([, value]) => JSON.stringify(value).includes(UNKNOWN));
  if (unknown.length === 0 && resource.id !== "") return;
  const names = unknown.map(([key]) => key).join(", ") || "id";
  throw new Error(
    `${names} of ${nameOf(resource)} is only known during an update; refer to what exists by its name or id`,
  );
}

interface ProviderChoice {
  /** URN and id, as resources name their provider. */
  readonly reference: string;
  readonly state: ResourceState;
  readonly isNew: boolean;
}

/** The provider of the stack, or a default one as the engine makes it from the same config. */
function providerOf(
  { provider = "" }: PlannedResource,
  present: readonly ResourceState[],
  service: Service,
): ProviderChoice {
  const [, urn = "", id = ""] = /^(.*)::([^:]*)$/.exec(provider) ?? [];
  const known = present.find((resource) => resource.urn === urn);
  if (known !== undefined) return { reference: `${urn}::${known.id ?? id}`, state: known, isNew: false };
  const version = /::default_(\d+)_(\d+)_(\d+)$/.exec(urn)?.slice(1).join(".");
  if (version === undefined)
    throw new Error(
      `the provider ${urn.split("::").at(-1) ?? ""} is not in the state yet; "pulumi up --target ${urn}" creates it`,
    );
  const inputs = { ...service.provider.inputs, version };
  const state = { ...service.provider, urn, id: randomUUID(), inputs, outputs: inputs };
  return { reference: `${urn}::${state.id}`, state, isNew: true };
}

/** Without dependencies on what is not in the state; the next update adds them. */
function withoutMissing(resource: PlannedResource, urns: ReadonlySet<string>): PlannedResource {
  const here = (list: readonly string[] = []): readonly string[] => list.filter((urn) => urns.has(urn));
  const { dependencies, propertyDependencies = {} } = resource;
  return {
    ...resource,
    ...(dependencies && { dependencies: here(dependencies) }),
    ...(resource.propertyDependencies && {
      propertyDependencies: Object.fromEntries(
        Object.entries(propertyDependencies).map(([key, list]) => [key, here(list)]),
      ),
    }),
  };
}
