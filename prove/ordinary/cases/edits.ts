import { Provider } from "@pulumi/azure-native/provider";
import { ComponentResource } from "@pulumi/pulumi";
import { RandomString } from "@pulumi/random/randomString";
import type { InlineTestbed } from "../testbed/inlineTestbed";
import { declareGroup, declareHeart } from "../testbed/program";
import { FIXED_ERROR, PROTECTED_ERROR, inlineCases } from "./inlineCases";

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
    program: () => declareHeart({ name: "cardio" }),
    commands: ["pulumi preview"],
    says: [PROTECTED_ERROR],
  },
  {
    name: "moves the component under another one and gives no alias",
    program: () => declareHeart({ options: { parent: new Team("cardiology") } }),
    commands: ["pulumi preview"],
    says: [PROTECTED_ERROR],
  },
  {
    // The engine creates before it deletes: only a preview can tell that the old one would have to go.
    name: "renames the component and gives no alias, without a preview",
    program: () => declareHeart({ name: "cardio" }),
    commands: ["pulumi up"],
    ends: "fails",
    says: [PROTECTED_ERROR],
    wayOut: {
      todo: "put the name back beside the new one, with `deletionProtection: false` for that, and run `pulumi up`; then remove the new one",
      prepare: async (testbed) => {
        testbed.program = () => {
          const resourceGroupName = declareGroup();
          declareHeart({ resourceGroupName, name: "cardio", deletionProtection: false });
          return declareHeart({ resourceGroupName });
        };
        await testbed.type("pulumi up");
        testbed.restore();
      },
    },
  },
  {
    name: "renames the component with an alias",
    program: () => declareHeart({ name: "cardio", options: { aliases: [{ name: "heart" }] } }),
    ends: "succeeds",
    writes: 0,
    wayOut: {
      todo: "nothing; or back the same way",
      prepare: (testbed) => void (testbed.program = () => declareHeart({ options: { aliases: [{ name: "cardio" }] } })),
    },
  },
  { name: "takes the component out of the program", program: () => declareGroup(), says: [PROTECTED_ERROR] },
  { name: "takes everything out of the program", program: () => ({}), says: [PROTECTED_ERROR] },
  {
    name: "declares the component when a value is known that a preview does not know yet",
    program: () => new RandomString("later", { length: 5 }).result.apply(() => declareHeart()),
    commands: ["pulumi preview"],
    says: [PROTECTED_ERROR],
  },
  {
    name: "declares the component in a callback that nothing waits for",
    program: () => void new Promise(() => undefined).then(() => declareHeart()),
    says: [PROTECTED_ERROR],
  },
  {
    name: "declares the component twice under one name",
    program: () => {
      const resourceGroupName = declareGroup();
      declareHeart({ resourceGroupName });
      return declareHeart({ resourceGroupName });
    },
    says: [/[Dd]uplicate resource URN|heart/],
  },
  {
    name: "copies the component and keeps the endpoint's name",
    does: async (testbed) => {
      const endpointName = String((await testbed.endpoint())?.["name"]);
      testbed.program = () => {
        const resourceGroupName = declareGroup();
        declareHeart({ resourceGroupName, name: "copy", endpointName });
        return declareHeart({ resourceGroupName });
      };
    },
    // In a preview the copy's workspace has no name yet, and so no endpoint either.
    commands: ["pulumi up"],
    ends: "fails",
    says: ["to do: leave endpointName out"],
    wayOut: {
      todo: "leave `endpointName` out of the copy, then `pulumi up`: it is an endpoint of its own",
      prepare: (testbed) => {
        testbed.program = () => {
          const resourceGroupName = declareGroup();
          declareHeart({ resourceGroupName, name: "copy" });
          return declareHeart({ resourceGroupName });
        };
      },
    },
  },
  {
    name: "changes the location of the program's resource group",
    program: () => declareHeart({ resourceGroupName: declareGroup({ location: "northeurope" }) }),
    says: [PROTECTED_ERROR],
  },
  {
    name: "gives the program's resource group another name",
    program: () => declareHeart({ resourceGroupName: declareGroup({ resourceGroupName: "rg-cardio" }) }),
    says: [PROTECTED_ERROR],
  },
  {
    name: "names another group for the component, which does not exist",
    program: () => {
      declareGroup();
      return declareHeart({ resourceGroupName: "rg-other" });
    },
    says: ["resourceGroupName: there is no resource group rg-other"],
  },
  {
    name: "changes the location of the component",
    program: () => declareHeart({ location: "northeurope" }),
    says: [`location: westeurope -> northeurope: ${FIXED_ERROR}`],
  },
  {
    name: "gives the endpoint another name",
    program: () => declareHeart({ endpointName: "heart-2" }),
    says: [new RegExp(`endpointName: .* -> heart-2: ${FIXED_ERROR}`)],
  },
  {
    name: "gives the workspace another name",
    program: () => declareHeart({ workspace: { name: "mlw-other" } }),
    says: [new RegExp(`workspace: .* -> mlw-other: ${FIXED_ERROR}`)],
  },
  {
    name: "adopts the workspace that the component itself has made",
    does: async (testbed) => {
      const existingName = await testbed.workspaceName();
      testbed.program = () => declareHeart({ workspace: { existingName } });
    },
    says: [PROTECTED_ERROR],
  },
  ...["Storage", "KeyVault", "ApplicationInsights"].map((part) => ({
    name: `hands in the ${part} that the component itself has made`,
    does: async (testbed: InlineTestbed) => {
      const id = await testbed.idOf(PARTS[part] ?? "");
      testbed.program = () => declareHeart({ workspace: { [`associated${ARGUMENTS[part] ?? part}ResourceId`]: id } });
    },
    says: [PROTECTED_ERROR],
  })),
  {
    name: "names another workspace, which exists",
    before: (testbed) => testbed.makeWorkspace("mlw-shared"),
    program: () => declareHeart({ workspace: { existingName: "mlw-shared" } }),
    says: [/-> mlw-shared: an endpoint cannot change it|because it is protected/],
  },
  {
    name: "gives the component a provider of its own",
    program: () => declareHeart({ options: { provider: new Provider("europe", { location: "westeurope" }) } }),
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
