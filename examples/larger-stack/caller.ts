import { ContainerApp, ManagedEnvironment } from "@pulumi/azure-native/app";
import { RoleAssignment, getClientConfigOutput } from "@pulumi/azure-native/authorization";
import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity";
import * as pulumi from "@pulumi/pulumi";

/** Source: Azure RBAC, "Azure built-in roles". */
const KEY_VAULT_SECRETS_USER = "4633458b-17de-408a-b874-0445c86b69e6";

export interface CallerArgs {
  readonly resourceGroupName: pulumi.Output<string>;
  readonly subnetId: pulumi.Output<string>;
  readonly image: string;
  readonly vaultId: pulumi.Output<string>;
  /** Address of the secret with the endpoint's key. */
  readonly keySecretUri: pulumi.Output<string | undefined>;
  readonly scoringUri: pulumi.Output<string>;
}

/** A container app in the network that is told where to score and reads the key from the vault, as its own identity. */
export function declareCaller(args: CallerArgs): ContainerApp {
  const { resourceGroupName } = args;
  const identity = new UserAssignedIdentity("caller", { resourceGroupName });
  const { subscriptionId } = getClientConfigOutput();
  const mayRead = new RoleAssignment("caller-may-read-secrets", {
    scope: args.vaultId,
    principalId: identity.principalId,
    principalType: "ServicePrincipal",
    roleDefinitionId: pulumi.interpolate`/subscriptions/${subscriptionId}/providers/Microsoft.Authorization/roleDefinitions/${KEY_VAULT_SECRETS_USER}`,
  });
  const environment = new ManagedEnvironment("apps", {
    resourceGroupName,
    vnetConfiguration: { infrastructureSubnetId: args.subnetId },
    workloadProfiles: [{ name: "Consumption", workloadProfileType: "Consumption" }],
  });
  return new ContainerApp(
    "caller",
    {
      resourceGroupName,
      environmentId: environment.id,
      identity: { type: "UserAssigned", userAssignedIdentities: [identity.id] },
      configuration: {
        ingress: { external: true, targetPort: 80 },
        secrets: [{ name: "scoring-key", keyVaultUrl: args.keySecretUri, identity: identity.id }],
      },
      template: {
        containers: [
          {
            name: "caller",
            image: args.image,
            env: [
              { name: "SCORING_URI", value: args.scoringUri },
              { name: "SCORING_KEY", secretRef: "scoring-key" },
            ],
          },
        ],
      },
    },
    { dependsOn: mayRead },
  );
}
