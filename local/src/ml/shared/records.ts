import { managedIdentity } from "../../arm/identities";
import type { ArmRequest } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import type { Clock } from "../../common/clock";
import { isObject, objectAt, textAt } from "../../common/json";
import type { MlServices } from "./services";

export const WORKSPACE = "microsoft.machinelearningservices/workspaces";

/** Who made and last changed a resource. */
export function systemData(clock: Clock, existing: unknown): Record<string, string> {
  const before = objectAt(existing, "systemData");
  const by = "00000000-0000-0000-0000-0000000000aa";
  return {
    createdAt: textAt(before, "createdAt") ?? clock.iso(),
    createdBy: by,
    createdByType: "Application",
    lastModifiedAt: clock.iso(),
    lastModifiedBy: by,
    lastModifiedByType: "Application",
  };
}

/** The members that every document of Azure ML begins with. @param type - below the workspace */
export function documentHead(
  { id, body }: ArmRequest,
  existing: Resource | undefined,
  type: string,
  location: string,
): Record<string, unknown> {
  return {
    id: existing?.id ?? id.text,
    name: id.names.at(-1),
    type: `Microsoft.MachineLearningServices/workspaces/${type}`,
    location,
    tags: objectAt(body, "tags"),
  };
}

/** The identity of a resource after a write; Azure ML answers `null` where there is none. */
export function identityAfterWrite(
  services: Pick<MlServices, "store" | "tenancy">,
  body: unknown,
  existing: unknown,
): Record<string, unknown> | null {
  const [given, before] = [body, existing].map((document) => (isObject(document) ? document["identity"] : undefined));
  return managedIdentity(services, given, before) ?? null;
}

/** `properties.properties` as the service fills it. */
export function serviceProperties(
  document: unknown,
  given: unknown,
  added: Record<string, string>,
): Record<string, unknown> {
  return { ...objectAt(objectAt(document, "properties"), "properties"), ...objectAt(given, "properties"), ...added };
}

/** Older clients read the operation's address from the body. */
export function addOperationUri(resource: Resource, url: string, added: Record<string, string>): void {
  const properties = objectAt(resource.document, "properties");
  const inner = { ...objectAt(properties, "properties"), ...added, AzureAsyncOperationUri: url };
  resource.document = { ...resource.document, properties: { ...properties, properties: inner } };
}
