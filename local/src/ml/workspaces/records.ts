import type { ArmRequest } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import type { Clock } from "../../common/clock";
import { isObject, objectAt, textAt } from "../../common/json";
import type { Json } from "../../common/json";
import { WORKSPACE, systemData } from "../shared/records";

export const COMPUTE = `${WORKSPACE}/computes`;

/** What a workspace keeps from its creation on, and what it was given. */
interface WorkspaceContent {
  readonly location: string;
  readonly identity: Json | null;
  readonly workspaceId: string;
  readonly properties: Json;
}

/** A workspace as Azure answers it. */
export function workspaceDocument(
  clock: Clock,
  { id, body }: ArmRequest,
  existing: Resource | undefined,
  { location, identity, workspaceId, properties }: WorkspaceContent,
  provisioningState: string,
) {
  const name = id.names[0] ?? "";
  return {
    id: existing?.id ?? id.text,
    name,
    type: "Microsoft.MachineLearningServices/workspaces",
    location,
    tags: objectAt(body, "tags"),
    kind: textAt(body, "kind") ?? "Default",
    sku: isObject(body) && isObject(body["sku"]) ? body["sku"] : { name: "Basic", tier: "Basic" },
    identity,
    systemData: systemData(clock, existing?.document),
    properties: { publicNetworkAccess: "Enabled", friendlyName: name, ...properties, workspaceId, provisioningState },
  };
}
