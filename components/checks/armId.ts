import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkInputText, isDeferred } from "./plain";

/** The types of resources that arguments name by id, and what they are called. */
const TYPES = {
  workspace: ["a workspace", "Microsoft.MachineLearningServices/workspaces"],
  storageAccount: ["a storage account", "Microsoft.Storage/storageAccounts"],
  keyVault: ["a key vault", "Microsoft.KeyVault/vaults"],
  applicationInsights: ["an Application Insights component", "Microsoft.Insights/components"],
  containerRegistry: ["a container registry", "Microsoft.ContainerRegistry/registries"],
  identity: ["a user-assigned identity", "Microsoft.ManagedIdentity/userAssignedIdentities"],
  subnet: ["a subnet", "Microsoft.Network/virtualNetworks/subnets"],
  privateDnsZone: ["a private DNS zone", "Microsoft.Network/privateDnsZones"],
  logWorkspace: ["a Log Analytics workspace", "Microsoft.OperationalInsights/workspaces"],
  eventHubRule: ["an authorization rule of an event hub namespace", "Microsoft.EventHub/namespaces/authorizationRules"],
  actionGroup: ["an action group", "Microsoft.Insights/actionGroups"],
} as const;

/** An ARM id of a type; one that comes from another resource is left to Azure. */
export function checkArmId(path: string, value: unknown, of: keyof typeof TYPES): Violation[] {
  const [what, type] = TYPES[of];
  const [provider = "", ...names] = type.split("/");
  const below = names.map((name) => `${name}/[^/]+`).join("/");
  const pattern = new RegExp(`^/subscriptions/[^/]+/resourceGroups/[^/]+/providers/${provider}/${below}$`, "i");
  return checkInputText(path, value, (id) =>
    pattern.test(id) ? undefined : `must be the ARM id of ${what}, got ${show(id)}`,
  );
}

/** A list of ARM ids of a type, in the program; each id may come from another resource. */
export function checkArmIds(path: string, value: unknown, of: keyof typeof TYPES): Violation[] {
  if (value === undefined || isDeferred(value)) return [];
  if (!Array.isArray(value)) return [{ path, reason: `must be a list of ARM ids, got ${show(value)}` }];
  return (value as readonly unknown[]).flatMap((id, index) => {
    const at = `${path}.${index}`;
    return id === undefined ? [{ path: at, reason: "must be text, got undefined" }] : checkArmId(at, id, of);
  });
}
