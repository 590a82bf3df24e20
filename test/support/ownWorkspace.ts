import { UserAssignedIdentity } from "@pulumi/azure-native/managedidentity/userAssignedIdentity";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { ProgressiveMlflowEndpoint } from "../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import { LOCATION, createWorkspace, armIdOf, registerModel } from "../../driver/heartWorkspace";
import { valueAt } from "./localAzure";
import { Rehearsal } from "./rehearsal";

export const INSIGHTS = "resourceGroups/heart/providers/Microsoft.Insights/components/heartinsights";
/** A model of a registry, which a workspace without storage keys can run. */
const SHARED_MODEL = "azureml://registries/shared/models/heart-classifier/versions/1";
const REGISTRY = "resourceGroups/heart/providers/Microsoft.MachineLearningServices/registries/shared";

/** What a run of the program differs in from the next. */
export type Change = Partial<ProgressiveMlflowEndpointArgs>;

/** A hardened component in a workspace of its own, on the real engine. */
export class OwnWorkspace {
  /** Arguments of the next run, instead of the usual ones. */
  change: Change = {};

  private constructor(readonly rehearsal: Rehearsal) {}

  static async start(): Promise<OwnWorkspace> {
    let own: OwnWorkspace | undefined;
    const rehearsal = await Rehearsal.start({}, () => Promise.resolve(own?.declare() ?? {}));
    const { azure } = rehearsal;
    await createWorkspace(azure);
    const { body } = await registerModel(azure, "1", "blue");
    await azure.arm("PUT", "resourceGroups/own", { location: LOCATION });
    await azure.arm("PUT", REGISTRY, { location: LOCATION, identity: { type: "SystemAssigned" }, properties: {} });
    const { modelUri, modelType } = valueAt(body, "properties") as Record<string, string>;
    await azure.arm("PUT", `${REGISTRY}/models/heart-classifier/versions/1`, { properties: { modelUri, modelType } });
    own = new OwnWorkspace(rehearsal);
    return own;
  }

  /** Its network and its identity are made in the same program, and so unknown to the first preview. */
  private declare(): Record<string, unknown> {
    const group = { resourceGroupName: "own", location: LOCATION };
    const addressSpace = { addressPrefixes: ["10.0.0.0/16"] };
    const network = new VirtualNetwork("net", { ...group, virtualNetworkName: "net", addressSpace });
    const subnet = new Subnet("endpoints", {
      resourceGroupName: "own",
      virtualNetworkName: network.name,
      subnetName: "endpoints",
      addressPrefix: "10.0.1.0/24",
    });
    const identity = new UserAssignedIdentity("ml", { ...group, resourceName: "mlw-identity" });
    const { workspace, ...others } = this.change;
    const heart = new ProgressiveMlflowEndpoint("heart", {
      resourceGroupName: "own",
      tags: { team: "cardio" },
      hardened: true,
      workspace: {
        name: "mlw-own",
        associatedApplicationInsightsResourceId: armIdOf(this.rehearsal.azure, INSIGHTS),
        imageBuildCompute: "builder",
        managedIdentities: { userAssignedResourceIds: [identity.id] },
        primaryUserAssignedIdentityResourceId: identity.id,
        managedNetwork: {
          isolationMode: "AllowOnlyApprovedOutbound",
          firewallSku: "Basic",
          outboundRules: {
            factory: { serviceTag: { serviceTag: "DataFactory" } },
            "shared-insights": {
              privateEndpoint: {
                serviceResourceId: armIdOf(this.rehearsal.azure, INSIGHTS),
                subresourceTarget: "azuremonitor",
              },
            },
          },
        },
        privateEndpoints: { spoke: { subnetResourceId: subnet.id } },
        ...workspace,
      },
      model: { name: "heart-classifier", versions: { "1": { id: SHARED_MODEL } } },
      deployments: { blue: { modelVersion: "1" } },
      ...others,
    });
    return { workspaceName: heart.workspaceName };
  }
}
