import { getClientConfigOutput } from "@pulumi/azure-native/authorization";
import { Vault } from "@pulumi/azure-native/keyvault";
import { ActionGroup } from "@pulumi/azure-native/monitor";
import { Workspace as LogWorkspace } from "@pulumi/azure-native/operationalinsights";
import { ResourceGroup } from "@pulumi/azure-native/resources";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
import { declareCaller } from "./caller";
import { declareNetwork } from "./network";

const config = new pulumi.Config();
const { versions = {}, ...rollout } = readRollout(config);

const { name: resourceGroupName } = new ResourceGroup("heart");
const network = declareNetwork(resourceGroupName);
const logs = new LogWorkspace("logs", { resourceGroupName, sku: { name: "PerGB2018" } });
const vault = new Vault("keys", {
  resourceGroupName,
  properties: {
    tenantId: getClientConfigOutput().tenantId,
    sku: { family: "A", name: "standard" },
    enableRbacAuthorization: true,
  },
});
const onCall = new ActionGroup("on-call", {
  resourceGroupName,
  location: "global",
  groupShortName: "on-call",
  enabled: true,
  emailReceivers: [{ name: "team", emailAddress: config.require("onCallEmail") }],
});

const heart = new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName,
  workspace: {
    privateEndpoints: {
      apps: {
        subnetResourceId: network.endpointsSubnetId,
        privateDnsZoneResourceIds: network.privateDnsZoneIds,
      },
    },
  },
  model: { name: "heart-classifier", versions },
  publicNetworkAccess: "Disabled",
  authMode: "Key",
  keySecret: { keyVaultResourceId: vault.id },
  diagnosticSettings: { logs: { workspaceResourceId: logs.id } },
  alerts: { actionGroupResourceIds: [onCall.id], maxLatencyP95Milliseconds: 500 },
});

const caller = declareCaller({
  resourceGroupName,
  subnetId: network.appsSubnetId,
  image: config.get("callerImage") ?? "mcr.microsoft.com/k8se/quickstart:latest",
  vaultId: vault.id,
  keySecretUri: heart.keySecretUri,
  scoringUri: heart.scoringUri,
});

export const endpointName = heart.endpointName;
export const traffic = heart.traffic;
export const callerAddress = pulumi.interpolate`https://${caller.configuration.apply((it) => it?.ingress?.fqdn)}`;
