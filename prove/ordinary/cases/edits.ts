import { Provider } from "@pulumi/azure-native/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import { BLUE, GREEN } from "../../../demo/article";
import type { InlineWorld } from "../inline";
import { DEPLOYMENTS, MODEL, SERVED, autoNamedGroup, group, heart } from "../program";
import { FIXED, PROTECTED, inlineCases } from "./inlineCases";

/** A folder of resources, as programs have them. */
class Team extends ComponentResource {
  constructor(name: string) {
    super("acme:index:Team", name);
  }
}

const OTHER_NAMES = { "heart-blue": { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } };

/** Edits of a program that serves. */
export const edits = inlineCases("the program is edited", [
  {
    name: "renames the component and gives no alias",
    program: () => heart({ name: "cardio" }),
    commands: ["pulumi preview"],
    says: [PROTECTED],
  },
  {
    name: "moves the component under another one and gives no alias",
    program: () => heart({ options: { parent: new Team("cardiology") } }),
    commands: ["pulumi preview"],
    says: [PROTECTED],
  },
  {
    // The engine creates before it deletes: only a preview can tell that the old one would have to go.
    name: "renames the component and gives no alias, without a preview",
    program: () => heart({ name: "cardio" }),
    commands: ["pulumi up"],
    ends: "fails",
    says: [PROTECTED],
    goesOn: {
      todo: "put the name back beside the new one, with `deletionProtection: false` for that, and run `pulumi up`; then remove the new one",
      prepare: async (world) => {
        world.program = () => {
          const resourceGroupName = group();
          heart({ resourceGroupName, name: "cardio", deletionProtection: false });
          return heart({ resourceGroupName });
        };
        await world.type("pulumi up");
        world.restore();
      },
    },
  },
  {
    name: "renames the component with an alias",
    program: () => heart({ name: "cardio", options: { aliases: [{ name: "heart" }] } }),
    ends: "succeeds",
    writes: 0,
    goesOn: {
      todo: "nothing; or back the same way",
      prepare: (world) => void (world.program = () => heart({ options: { aliases: [{ name: "cardio" }] } })),
    },
  },
  { name: "takes the component out of the program", program: () => group(), says: [PROTECTED] },
  { name: "takes everything out of the program", program: () => ({}), says: [PROTECTED] },
  {
    name: "declares the component when a value is known that a preview does not know yet",
    program: () => new RandomString("later", { length: 5 }).result.apply(() => heart()),
    commands: ["pulumi preview"],
    says: [PROTECTED],
  },
  {
    name: "declares the component in a callback that nothing waits for",
    program: () => void new Promise(() => undefined).then(() => heart()),
    says: [PROTECTED],
  },
  {
    name: "declares the component twice under one name",
    program: () => {
      const resourceGroupName = group();
      heart({ resourceGroupName });
      return heart({ resourceGroupName });
    },
    says: [/[Dd]uplicate resource URN|heart/],
  },
  {
    name: "copies the component and keeps the endpoint's name",
    does: async (world) => {
      const endpointName = String((await world.endpoint())?.["name"]);
      world.program = () => {
        const resourceGroupName = group();
        heart({ resourceGroupName, name: "copy", endpointName });
        return heart({ resourceGroupName });
      };
    },
    // In a preview the copy's workspace has no name yet, and so no endpoint either.
    commands: ["pulumi up"],
    ends: "fails",
    says: [/heart-classifier/],
  },
  {
    name: "changes the location of the program's resource group",
    program: () => heart({ resourceGroupName: group({ location: "northeurope" }) }),
    says: [PROTECTED],
  },
  {
    name: "gives the program's resource group another name",
    program: () => heart({ resourceGroupName: group({ resourceGroupName: "rg-cardio" }) }),
    says: [PROTECTED],
  },
  {
    name: "names another group for the component, which does not exist",
    program: () => {
      group();
      return heart({ resourceGroupName: "rg-other" });
    },
    says: ["resourceGroupName: there is no resource group rg-other"],
  },
  {
    name: "changes the location of the component",
    program: () => heart({ location: "northeurope" }),
    says: [`location: westeurope -> northeurope: ${FIXED}`],
  },
  {
    name: "gives the endpoint another name",
    program: () => heart({ endpointName: "heart-2" }),
    says: [new RegExp(`endpointName: .* -> heart-2: ${FIXED}`)],
  },
  {
    name: "gives the workspace another name",
    program: () => heart({ workspace: { name: "mlw-other" } }),
    says: [new RegExp(`workspace: .* -> mlw-other: ${FIXED}`)],
  },
  {
    name: "adopts the workspace that the component itself has made",
    does: async (world) => {
      const existingName = await world.workspaceName();
      world.program = () => heart({ workspace: { existingName } });
    },
    says: [PROTECTED],
  },
  ...["Storage", "KeyVault", "ApplicationInsights"].map((part) => ({
    name: `hands in the ${part} that the component itself has made`,
    does: async (world: InlineWorld) => {
      const id = await world.idOf(PARTS[part] ?? "");
      world.program = () => heart({ workspace: { [`associated${ARGUMENTS[part] ?? part}ResourceId`]: id } });
    },
    says: [PROTECTED],
  })),
  {
    name: "names another workspace, which exists",
    given: (world) => world.makeWorkspace("mlw-shared"),
    program: () => heart({ workspace: { existingName: "mlw-shared" } }),
    says: [/-> mlw-shared: an endpoint cannot change it|because it is protected/],
  },
  {
    name: "gives the component a provider of its own",
    program: () => heart({ options: { provider: new Provider("europe", { location: "westeurope" }) } }),
    ends: "succeeds",
    writes: 0,
  },
  {
    name: "shifts everything to the other deployment and removes the first one in the same update",
    program: () => heart({ deployments: { [GREEN]: { modelVersion: "2" } }, traffic: { [GREEN]: 100 } }),
    says: [BLUE, "pulumi up"],
  },
  {
    name: "removes the candidate while it has weight",
    program: () => heart({ deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } }),
    says: [GREEN, "pulumi up"],
    goesOn: {
      todo: "declare it with weight 0 and run `pulumi up`; then remove it",
      prepare: (world) => void (world.program = () => heart({ traffic: { [BLUE]: 100, [GREEN]: 0 } })),
      live: { [BLUE]: 100 },
    },
  },
  {
    name: "gives a deployment that serves another name",
    program: () => heart({ deployments: OTHER_NAMES, traffic: { "heart-blue": 90, [GREEN]: 10 } }),
    says: ["heart-blue"],
  },
  {
    name: "writes the name of a deployment that serves in another case",
    program: () =>
      heart({
        deployments: { Default: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
        traffic: { Default: 90, [GREEN]: 10 },
      }),
    says: ["Default"],
  },
  {
    name: "writes the deployments in another order",
    program: () => heart({ deployments: { [GREEN]: { modelVersion: "2" }, [BLUE]: { modelVersion: "1" } } }),
    ends: "succeeds",
    writes: 0,
  },
  {
    name: "gives a deployment that serves another model version",
    program: () => heart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "2" } } }),
    says: [`deployments.${BLUE}.modelVersion`],
  },
  {
    name: "gives a deployment that serves another instance type",
    program: () =>
      heart({ deployments: { ...DEPLOYMENTS, [GREEN]: { modelVersion: "2", instanceType: "Standard_F4s_v2" } } }),
    says: [`deployments.${GREEN}.instanceType`],
  },
  {
    name: "gives the model another name",
    program: () => heart({ model: { ...MODEL, name: "cardio-classifier" } }),
    says: [/modelVersion|endpointName|model/],
  },
  {
    name: "takes the version that serves out of the model",
    program: () => heart({ model: { ...MODEL, versions: { "2": { path: "models/green" } } } }),
    says: [`deployments.${BLUE}.modelVersion`],
  },
  {
    name: "puts the folder of another model under the version that serves",
    program: () => heart({ model: { ...MODEL, versions: { ...MODEL.versions, "1": { path: "models/green" } } } }),
    says: ["1"],
  },
  {
    name: "sets all weights to 0",
    program: () => heart({ traffic: { [BLUE]: 0, [GREEN]: 0 } }),
    says: ["all weights are 0 while the endpoint serves"],
  },
  {
    name: "hardens the endpoint that serves",
    program: () => heart({ hardened: true }),
    says: ["hardened"],
  },
  {
    name: "moves the endpoint to a Kubernetes cluster",
    does: async (world) => {
      const compute = `${await world.idOf("MachineLearningServices/workspaces")}/computes/cluster`;
      world.program = () => heart({ compute });
    },
    says: [/compute: none -> |compute/],
  },
  {
    name: "gives the endpoint another identity",
    program: () => heart({ managedIdentities: { userAssignedResourceIds: [IDENTITY] } }),
    says: ["managedIdentities"],
  },
  {
    name: "scales a deployment that serves",
    program: () => heart({ deployments: { ...DEPLOYMENTS, [BLUE]: { modelVersion: "1", instanceCount: 3 } } }),
    ends: "succeeds",
    writes: 1,
  },
  {
    name: "changes the tags",
    program: () => heart({ tags: { team: "cardiology" } }),
    ends: "succeeds",
  },
  {
    name: "gives the same weights in words that mean the same",
    program: () => heart({ traffic: { [GREEN]: 10, [BLUE]: SERVED[BLUE] ?? 0 }, mirrorTraffic: {} }),
    ends: "succeeds",
    writes: 0,
  },
]);

const PARTS: Readonly<Record<string, string>> = {
  Storage: "Microsoft.Storage/storageAccounts",
  KeyVault: "Microsoft.KeyVault/vaults",
  ApplicationInsights: "Microsoft.Insights/components",
};
const ARGUMENTS: Readonly<Record<string, string>> = { Storage: "StorageAccount" };
const IDENTITY =
  "/subscriptions/10ca1000-0000-4000-8000-000000000001/resourceGroups/rg-heart/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer";

/** Programs that leave the name of their group to Pulumi. */
export const autoNamedGroups = inlineCases(
  "the program is edited",
  [
    {
      name: "changes the location of a resource group that Pulumi has named",
      program: () => heart({ resourceGroupName: autoNamedGroup("northeurope") }),
      says: [PROTECTED],
    },
    {
      name: "renames a resource group that Pulumi has named",
      program: () => heart({ resourceGroupName: autoNamedGroup(undefined, "cardio") }),
      says: [PROTECTED],
    },
  ],
  "inline, group named by Pulumi",
);
