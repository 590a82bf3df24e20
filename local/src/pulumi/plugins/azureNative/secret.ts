import { isValues } from "../values";
import type { Values } from "../values";
import type { ArmClient } from "./armClient";
import { ArmFailure } from "./armFailure";
import { requireLoopback } from "./loopback";
import { resourceId, resourceType } from "./rows/resourceTypes";

const VAULT_SCOPE = "https://vault.azure.net/.default";
const VAULT_VERSION = "7.4";

/** Azure Resource Manager deletes no secrets: that is done at the address of their vault, as the provider does it. */
export async function deleteSecret(arm: ArmClient, inputs: Values): Promise<void> {
  const vault = resourceType("azure-native:keyvault:Vault");
  const { status, body } = await arm.send("GET", resourceId(vault, arm.subscriptionId, inputs), vault.apiVersion);
  if (status === 404) return;
  const properties = isValues(body?.["properties"]) ? body["properties"] : {};
  const url = `${String(properties["vaultUri"])}secrets/${String(inputs["secretName"])}`;
  requireLoopback(url);
  const reply = await arm.send("DELETE", `${url}?api-version=${VAULT_VERSION}`, "", undefined, VAULT_SCOPE);
  if (reply.status >= 400 && reply.status !== 404) throw new ArmFailure(reply);
}
