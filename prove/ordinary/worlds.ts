import { Component } from "@pulumi/azure-native/applicationinsights/component";
import { Vault } from "@pulumi/azure-native/keyvault/vault";
import { Workspace } from "@pulumi/azure-native/machinelearningservices/workspace";
import { Subnet } from "@pulumi/azure-native/network/subnet";
import { VirtualNetwork } from "@pulumi/azure-native/network/virtualNetwork";
import { StorageAccount } from "@pulumi/azure-native/storage/storageAccount";
import { inject } from "../../driver/faults";
import { createWorkspace } from "../../driver/heartWorkspace";
import { AUTO_NAMED, FolderWorld, REMOTE } from "./folder";
import { InlineWorld } from "./inline";
import { autoNamedGroup, group, heart } from "./program";
import type { Outcome, World } from "./world";

/** The worlds that cases begin in, by name; each serves 90/10. */
const WORLDS = {
  inline: () => InlineWorld.start(),
  "inline, group named by Pulumi": () => InlineWorld.start(() => heart({ resourceGroupName: autoNamedGroup() })),
  "inline, workspace of the program": () => InlineWorld.start(() => inOwn()),
  "inline, workspace adopted": () => InlineWorld.start(inAdopted, adopt),
  "inline, endpoint that failed once": () => InlineWorld.start(heart, failOnce),
  project: () => FolderWorld.start(),
  "project, group named by Pulumi": () => FolderWorld.start(AUTO_NAMED),
  remote: () => FolderWorld.start(REMOTE),
} satisfies Readonly<Record<string, () => Promise<World>>>;

export type WorldName = keyof typeof WORLDS;

/** A component in a workspace that the program declares itself; or one that it no longer declares, by its id. */
export function inOwn(workspaceId?: string): ReturnType<typeof heart> {
  const resourceGroupName = group();
  const location = "westeurope";
  const storage = new StorageAccount("own", {
    resourceGroupName,
    location,
    accountName: "heartown",
    kind: "StorageV2",
    sku: { name: "Standard_LRS" },
  });
  const vault = new Vault("own", {
    resourceGroupName,
    location,
    vaultName: "heart-own",
    properties: { tenantId: TENANT, sku: { family: "A", name: "standard" }, accessPolicies: [] },
  });
  const insights = new Component("own", {
    resourceGroupName,
    location,
    resourceName: "heart-own",
    kind: "web",
    applicationType: "web",
    ingestionMode: "ApplicationInsights",
  });
  const declare = () =>
    new Workspace("own", {
      resourceGroupName,
      location,
      workspaceName: "heart-own",
      storageAccount: storage.id,
      keyVault: vault.id,
      applicationInsights: insights.id,
      identity: { type: "SystemAssigned" },
    }).id;
  return heart({ resourceGroupName, workspace: { existingResourceId: workspaceId ?? declare() } });
}

/** A component in a workspace of another team, with a private endpoint of its own. */
export function inAdopted(changes: Parameters<typeof heart>[0] = {}): ReturnType<typeof heart> {
  const resourceGroupName = group();
  const network = new VirtualNetwork("net", {
    resourceGroupName,
    location: "westeurope",
    virtualNetworkName: "net",
    addressSpace: { addressPrefixes: ["10.0.0.0/16"] },
  });
  const subnet = new Subnet("endpoints", {
    resourceGroupName,
    virtualNetworkName: network.name,
    subnetName: "endpoints",
    addressPrefix: "10.0.1.0/24",
  });
  const workspace = {
    existingName: "heart",
    existingResourceGroupName: "heart",
    privateEndpoints: { spoke: { subnetResourceId: subnet.id } },
  };
  // With a name of its own, a second endpoint meets what the first one has left.
  return heart({ endpointName: "heart-classifier-shared", ...changes, resourceGroupName, workspace });
}

async function adopt(world: InlineWorld): Promise<Outcome> {
  await createWorkspace(world.azure);
  await world.calm();
  return world.type("pulumi up");
}

/** The create of the endpoint fails for the client; somebody then brings all else up by name. */
async function failOnce(world: InlineWorld): Promise<Outcome> {
  const lro = { code: "InternalServerError", message: "the create was given up" };
  await inject(world.azure, { match: "^PUT .*/onlineEndpoints/[^/]+$", effect: { lro }, times: 1 });
  await world.type("pulumi up");
  return world.type("pulumi up --exclude urn:heart-endpoint");
}

const TENANT = "10ca1000-0000-4000-8000-000000000002";

/** Hands out worlds; one that a case has left as it was is used again. */
export class Worlds {
  private open: { readonly name: WorldName; readonly world: World } | undefined;

  async take(name: WorldName): Promise<World> {
    if (this.open?.name === name) return this.open.world;
    await this.close();
    const world = await WORLDS[name]();
    this.open = { name, world };
    return world;
  }

  async close(): Promise<void> {
    const { open } = this;
    this.open = undefined;
    await open?.world.close();
  }
}
