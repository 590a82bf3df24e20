import { listOnlineEndpointKeys } from "@pulumi/azure-native/machinelearningservices/listOnlineEndpointKeys";
import type { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import * as pulumi from "@pulumi/pulumi";
import type { KeyType } from "../args/access";
import { endpointPath, parseEndpointId, segmentOf } from "../azure/ids";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { lookup } from "../azure/lookups";
import type { Scope } from "../scope/scope";
import { optional } from "./optionalTypes";

/** The endpoint before and after the step of this run. */
export interface EndpointStep {
  readonly endpoint: OnlineEndpoint;
  readonly live: pulumi.Output<LiveEndpoint | undefined>;
  readonly step: pulumi.CustomResource;
}

/**
 * The secret that holds a key of the endpoint. The key is read in each run, so the secret follows a rotation.
 *
 * @returns its URI without a version, which always holds the newest value; undefined when none is declared
 */
export function declareKeySecret(scope: Scope, at: EndpointStep): pulumi.Output<string> | undefined {
  const { name, args, component, placed } = scope;
  if (args.keySecret === undefined) return undefined;
  const { keyVaultResourceId, secretName, keyType = "Primary" } = args.keySecret;
  const vault = pulumi.output(keyVaultResourceId);
  const secret = new optional.Secret(
    `${name}-key-secret`,
    {
      resourceGroupName: vault.apply((id) => segmentOf(id, "resourceGroups")),
      vaultName: vault.apply((id) => segmentOf(id, "vaults")),
      secretName: secretName ?? pulumi.interpolate`${endpointPath(at.endpoint).endpointName}-key`,
      ...(args.tags && { tags: args.tags }),
      properties: { value: liveKey(scope, at, keyType) },
    },
    { parent: component, hooks: placed.hooks },
  );
  // The address is not secret; the engine treats it as one because it comes with the value.
  return pulumi.unsecret(secret.properties.apply(({ secretUri }) => secretUri));
}

function liveKey(
  { component, lookups }: Scope,
  { endpoint, live, step }: EndpointStep,
  keyType: KeyType,
): pulumi.Output<string> {
  const key = pulumi.all([endpoint.id, live, step.id]).apply(([id, before]) => {
    // An endpoint without keys gets them with the step.
    if (pulumi.runtime.isDryRun() && before?.authMode !== "Key") return "";
    const found = listOnlineEndpointKeys({ ...parseEndpointId(id) }, { parent: component });
    const read = lookup({
      path: "keySecret",
      found,
      key: keyType === "Primary" ? "primaryKey" : "secondaryKey",
      absent: "the endpoint is gone",
    });
    return lookups.ask(
      read.then(({ primaryKey, secondaryKey }) => required(keyType === "Primary" ? primaryKey : secondaryKey)),
      "",
    );
  });
  return pulumi.secret(key);
}

function required(key: string | undefined): string {
  if (key === undefined || key === "") throw new Error("keySecret: Azure returns no key for the endpoint");
  return key;
}
