import { Provider } from "@pulumi/azure-native/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import type { InlineWorld } from "../inline";
import { group, heart } from "../program";
import { FIXED, PROTECTED, inlineCases } from "./inlineCases";

/** A folder of resources, as programs have them. */
class Team extends ComponentResource {
  constructor(name: string) {
    super("acme:index:Team", name);
  }
}

/** Edits of a program that serves: how the component is called and where it and its parts stand. */
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
    says: ["to do: leave endpointName out"],
    goesOn: {
      todo: "leave `endpointName` out of the copy, then `pulumi up`: it is an endpoint of its own",
      prepare: (world) => {
        world.program = () => {
          const resourceGroupName = group();
          heart({ resourceGroupName, name: "copy" });
          return heart({ resourceGroupName });
        };
      },
    },
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
]);

const PARTS: Readonly<Record<string, string>> = {
  Storage: "Microsoft.Storage/storageAccounts",
  KeyVault: "Microsoft.KeyVault/vaults",
  ApplicationInsights: "Microsoft.Insights/components",
};
const ARGUMENTS: Readonly<Record<string, string>> = { Storage: "StorageAccount" };
