import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import type { Output } from "@pulumi/pulumi";
import { GROUP, autoNamedGroup, heart } from "../program";
import { inOwn } from "../worlds";
import { inlineCases } from "./inlineCases";
import { RECOVER } from "./lostState";
import { typedCases } from "./typedCases";

const SECTION = "the program is edited";
/** The update would delete what the endpoint stands in, though nothing changes about the endpoint. */
const LEAVES = [/no longer comes from \S+ \(azure-native:\w+:\w+\): if that leaves the program, Pulumi deletes it/];
/** The new group is the program's own, and made before the component is asked for. */
const MOVED = {
  commands: ["pulumi up --skip-preview"],
  ends: "fails",
  says: [/resourceGroupName: \S+ -> \S+: an endpoint cannot change it/],
  writes: 1,
} as const;
const AUTO_NAMED = 'new ResourceGroup("heart-classifier")';
const IN_NORTH = 'new ResourceGroup("heart-classifier", { location: "northeurope" })';
const RECOVERED = {
  todo: "take the change back, then `npx mlflow-rollout recover`",
  command: RECOVER,
} as const;

function retainedGroup(): Output<string> {
  return new ResourceGroup("heart-classifier", { resourceGroupName: GROUP }, { retainOnDelete: true }).name;
}

/** What an endpoint stands in, such as its resource group, changes or leaves the program. */
export const ground = [
  ...inlineCases(
    SECTION,
    [
      {
        name: "renames a resource group that Pulumi has named",
        program: () => heart({ resourceGroupName: autoNamedGroup(undefined, "cardio") }),
        ...MOVED,
      },
    ],
    "inline, group named by Pulumi",
  ),
  ...typedCases(
    SECTION,
    [
      {
        name: "changes the location of a resource group that Pulumi has named",
        does: (world) => world.edit([AUTO_NAMED, IN_NORTH]),
        goesOn: RECOVERED,
        ...MOVED,
      },
      {
        name: "moves a resource group that Pulumi has named, then drops it for the name of the old one",
        given: async (world) => {
          world.edit([AUTO_NAMED, IN_NORTH]);
          await world.type("pulumi up --skip-preview");
        },
        does: async (world) => {
          const [, , , , name = ""] = (await world.idOf("MachineLearningServices/workspaces")).split("/");
          world.edit([`const group = ${AUTO_NAMED};`, `const group = { name: "${name}" };`]);
        },
        says: LEAVES,
        goesOn: RECOVERED,
      },
    ],
    "project, group named by Pulumi",
  ),
  ...inlineCases(SECTION, [
    {
      name: "drops the resource group from the program and gives its name",
      program: () => heart({ resourceGroupName: GROUP }),
      says: LEAVES,
    },
    {
      name: "drops the resource group from the program without a preview",
      program: () => heart({ resourceGroupName: GROUP }),
      commands: ["pulumi up --skip-preview"],
      says: LEAVES,
    },
    {
      name: "hands the resource group over to another stack: retained, then dropped without protection",
      given: async (world) => {
        world.program = () => heart({ resourceGroupName: retainedGroup() });
        await world.type("pulumi up");
      },
      program: () => heart({ resourceGroupName: GROUP, deletionProtection: false }),
      ends: "succeeds",
      writes: 0,
      goesOn: {
        todo: "take the protection back, `pulumi up`",
        prepare: (world) => void (world.program = () => heart({ resourceGroupName: GROUP })),
      },
      once: true,
    },
  ]),
  ...typedCases(
    SECTION,
    [
      {
        name: "drops the resource group, in another language",
        does: (world) =>
          world.edit([
            `const group = new ResourceGroup("heart-classifier", { resourceGroupName: "${GROUP}" });`,
            `const group = { name: "${GROUP}" };`,
          ]),
        says: LEAVES,
        showsFrames: true,
      },
    ],
    "remote",
  ),
  ...inlineCases(
    SECTION,
    [
      {
        name: "drops its own workspace from the program and gives its id",
        does: async (world) => {
          const id = await world.idOf("MachineLearningServices/workspaces");
          world.program = () => inOwn(id);
        },
        says: LEAVES,
      },
    ],
    "inline, workspace of the program",
  ),
];
