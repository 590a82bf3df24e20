// As azure-native documents `OnlineEndpoint` and `OnlineDeployment`: the weights stand on the endpoint, which has to be there
// before its deployments, which have to be there before they get weight. So the first apply leaves the weights out.
import { OnlineDeployment, OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const traffic = config.getObject<Record<string, number>>("traffic") ?? {};
const versions = config.requireObject<Record<string, string>>("versions");
const place = { resourceGroupName: "heart", workspaceName: "heart", location: "westeurope" };

const endpoint = new OnlineEndpoint("heart", {
  ...place,
  identity: { type: "SystemAssigned" },
  properties: { authMode: "Key", traffic },
});

let before: OnlineDeployment | undefined;
for (const [name, model] of Object.entries(versions)) {
  const dependsOn: pulumi.Resource[] = before === undefined ? [] : [before];
  // One after the other, since Azure refuses a deployment while another one of the endpoint is being created.
  before = new OnlineDeployment(
    name,
    {
      ...place,
      endpointName: endpoint.name,
      deploymentName: name,
      sku: { name: "Default", capacity: 1 },
      properties: { endpointComputeType: "Managed", instanceType: "Standard_DS3_v2", model },
    },
    { dependsOn },
  );
}

export const scoringUri = endpoint.properties.apply(({ scoringUri: uri }) => uri);
