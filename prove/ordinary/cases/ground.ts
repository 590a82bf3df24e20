import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import type { Output } from "@pulumi/pulumi";
import { GROUP, declareAutoNamedGroup, declareHeart } from "../testbed/program";
import { heartInOwnWorkspace } from "../testbed/testbeds";
import { inlineCases } from "./inlineCases";
import { RECOVER_COMMAND } from "./lostState";
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
  command: RECOVER_COMMAND,
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
        program: () => declareHeart({ resourceGroupName: declareAutoNamedGroup(undefined, "cardio") }),
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
        does: (testbed) => testbed.edit([AUTO_NAMED, IN_NORTH]),
        wayOut: RECOVERED,
        ...MOVED,
      },
      {
        name: "moves a resource group that Pulumi has named, then drops it for the name of the old one",
        before: async (testbed) => {
          testbed.edit([AUTO_NAMED, IN_NORTH]);
          await testbed.type("pulumi up --skip-preview");
        },
        does: async (testbed) => {
          const [, , , , name = ""] = (await testbed.idOf("MachineLearningServices/workspaces")).split("/");
          testbed.edit([`const group = ${AUTO_NAMED};`, `const group = { name: "${name}" };`]);
        },
        says: LEAVES,
        wayOut: RECOVERED,
      },
    ],
    "project, group named by Pulumi",
  ),
  ...inlineCases(SECTION, [
    {
      name: "drops the resource group from the program and gives its name",
      program: () => declareHeart({ resourceGroupName: GROUP }),
      says: LEAVES,
    },
    {
      name: "drops the resource group from the program without a preview",
      program: () => declareHeart({ resourceGroupName: GROUP }),
      commands: ["pulumi up --skip-preview"],
      says: LEAVES,
    },
    {
      name: "hands the resource group over to another stack: retained, then dropped without protection",
      before: async (testbed) => {
        testbed.program = () => declareHeart({ resourceGroupName: retainedGroup() });
        await testbed.type("pulumi up");
      },
      program: () => declareHeart({ resourceGroupName: GROUP, deletionProtection: false }),
      ends: "succeeds",
      writes: 0,
      wayOut: {
        todo: "take the protection back, `pulumi up`",
        prepare: (testbed) => void (testbed.program = () => declareHeart({ resourceGroupName: GROUP })),
      },
      spoilsTestbed: true,
    },
  ]),
  ...typedCases(
    SECTION,
    [
      {
        name: "drops the resource group, in another language",
        does: (testbed) =>
          testbed.edit([
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
        does: async (testbed) => {
          const id = await testbed.idOf("MachineLearningServices/workspaces");
          testbed.program = () => heartInOwnWorkspace(id);
        },
        says: LEAVES,
      },
    ],
    "inline, workspace of the program",
  ),
];
