import { randomUUID } from "node:crypto";
import type { ArmRequest } from "../arm/resourceHandler";
import type { Resource } from "../arm/store";
import { isObject, objectAt } from "../common/json";
import type { Json } from "../common/json";
import { answeredParameters } from "./language/parameters";
import { deploymentNotFound } from "./refusals";
import type { TemplatesServices } from "./services";

export const TEMPLATE_DEPLOYMENT = "microsoft.resources/deployments";

export function findDeployment({ store }: Pick<TemplatesServices, "store">, id: string): Resource {
  const deployment = store.get(id);
  if (deployment !== undefined) return deployment;
  throw deploymentNotFound(id.split("/").at(-1) ?? "");
}

export function deploymentDocument(
  { clock }: TemplatesServices,
  { id, body }: ArmRequest,
  provisioningState: string,
  members: Json,
) {
  const { mode, template, parameters } = objectAt(body, "properties");
  return {
    id: id.text,
    name: id.names[0],
    type: "Microsoft.Resources/deployments",
    ...(isObject(body) && isObject(body["tags"]) && { tags: body["tags"] }),
    properties: {
      mode,
      parameters: answeredParameters(template, parameters),
      provisioningState,
      timestamp: clock.iso(),
      duration: "PT2S",
      correlationId: randomUUID(),
      providers: [],
      dependencies: [],
      outputResources: [],
      ...members,
    },
  };
}
