import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { BASE_URL, SUBSCRIPTION } from "../../driver/directAzure";
import { createHeartEndpoint, deploymentBody, ENDPOINT, LOCATION } from "../../driver/heartWorkspace";
import { LOCATIONS } from "../../local/src/arm/locations";
import type { SavedState } from "../../local/src/data/savedState";
import type { StepPlace } from "./stepRequests";

type Document = Readonly<Record<string, unknown>>;
/** What a local Azure begins with. */
export type Estate = SavedState;

export interface EstateSize {
  /** Each in a region of its own. */
  readonly workspaces: number;
  /** In each workspace. */
  readonly endpoints: number;
}

const GROUP_TYPE = /\/resourceGroups$/;
const COPIED = /\/(resourceGroups|workspaces|onlineEndpoints|deployments|versions)$/;

/** A workspace with one endpoint that serves, with so many deployments, made by requests as anybody makes it. */
export async function endpointDocuments(deployments: number): Promise<readonly Document[]> {
  const client = new AzureClient(await startLocalAzure());
  try {
    await client.clock({ freeze: true });
    await createHeartEndpoint(client);
    for (let index = 2; index < deployments; index += 1)
      await client.operate("PUT", `${ENDPOINT}/deployments/model-${index}`, deploymentBody(client, "2"));
    const documents = JSON.stringify(await client.resources())
      .replaceAll(client.azure.url, BASE_URL)
      .replaceAll(client.azure.subscriptionId, SUBSCRIPTION);
    return (JSON.parse(documents) as readonly Document[]).filter(({ type }) => COPIED.test(String(type)));
  } finally {
    await client.close();
  }
}

/**
 * Copies of a workspace and of its endpoint. Their models have no files there: thousands of them would have to be loaded,
 * and a step asks none for an answer.
 */
export function estateOf(documents: readonly Document[], { workspaces, endpoints }: EstateSize): Estate {
  const isOfEndpoint = ({ id }: Document): boolean => /\/onlineEndpoints\//i.test(String(id));
  const isGroup = ({ type }: Document): boolean => GROUP_TYPE.test(String(type));
  const own = documents.filter(isOfEndpoint);
  const shared = documents.filter((each) => !isOfEndpoint(each) && !isGroup(each));
  const resources = Array.from({ length: workspaces }, (_, workspace) => {
    const copies = Array.from({ length: endpoints }, (__, endpoint) => renamed(own, workspace, endpoint));
    return [...renamed(shared, workspace, 0), ...copies.flat()];
  });
  return {
    url: BASE_URL,
    now: 0,
    operations: [],
    resources: [...documents.filter(isGroup), ...resources.flat()].map((document) => ({
      id: String(document["id"]),
      type: String(document["type"]).toLowerCase(),
      document,
      hidden: { keys: { primaryKey: "first", secondaryKey: "second" } },
    })),
  };
}

function renamed(documents: readonly Document[], workspace: number, endpoint: number): readonly Document[] {
  const text = JSON.stringify(documents)
    .replaceAll(/\/workspaces\/heart(?=[/"])/gi, `/workspaces/heart-${workspace}`)
    .replaceAll(/\/onlineEndpoints\/heart-classifier(?=[/"])/gi, `/onlineEndpoints/classifier-${endpoint}`)
    .replaceAll(LOCATION, regionOf(workspace));
  return (JSON.parse(text) as readonly Document[]).map((document) => ({
    ...document,
    name: String(document["id"]).split("/").at(-1),
  }));
}

function regionOf(workspace: number): string {
  return LOCATIONS[workspace % LOCATIONS.length]?.[0] ?? LOCATION;
}

/** Where an endpoint of the estate is. */
export function placeOf(subscriptionId: string, workspace: number, endpoint: number): StepPlace {
  return {
    subscriptionId,
    resourceGroup: "heart",
    location: regionOf(workspace),
    workspace: `heart-${workspace}`,
    endpoint: `classifier-${endpoint}`,
    stable: "blue",
    model: "heart-classifier",
  };
}
