import { objectAt } from "../../common/json";
import type { MlServices } from "../shared/services";
import type { Resource } from "../../arm/store";
import { refusals } from "../shared/refusals";
import { WORKSPACE } from "../workspaces/records";

export const ENDPOINT = `${WORKSPACE}/onlineendpoints`;
export const ONLINE_DEPLOYMENT = `${ENDPOINT}/deployments`;
/** Recorded: 20 s. */
export const ENDPOINT_UPDATE_MS = 20_000;
export const NAME = /^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/;
/** Refuses an operation on an endpoint that another one holds. */
export function requireIdle({ operations }: MlServices, endpointId: string): void {
  const holding = operations.holding(endpointId);
  if (holding !== undefined) throw refusals.busyEndpoint(endpointId.split("/").at(-1) ?? "", holding.running);
}

/** The provisioning states of the deployments of an endpoint, by lower-case name. */
export function deploymentStates({ store }: MlServices, endpointId: string): Map<string, string> {
  const deployments = store.list(ONLINE_DEPLOYMENT, endpointId);
  return new Map(
    deployments.map(({ document }) => [
      String(document["name"]).toLowerCase(),
      String(objectAt(document, "properties")["provisioningState"]),
    ]),
  );
}

export function setState(resource: Resource, provisioningState: string): void {
  resource.document = {
    ...resource.document,
    properties: { ...objectAt(resource.document, "properties"), provisioningState },
  };
}

/** Older clients read the operation's address from the body. */
export function addOperation(resource: Resource, url: string, added: Record<string, string>): void {
  const properties = objectAt(resource.document, "properties");
  const inner = { ...objectAt(properties, "properties"), ...added, AzureAsyncOperationUri: url };
  resource.document = { ...resource.document, properties: { ...properties, properties: inner } };
}
