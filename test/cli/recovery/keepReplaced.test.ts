import { expect, test } from "vitest";
import { describeChange } from "../../../cli/recovery/describe";
import type { ResourceState } from "../../../cli/stack/exportedStack";
import { keepReplaced } from "../../../cli/recovery/keepReplaced";

const GROUPS = "/subscriptions/sub/resourceGroups";

function group(id: string, more: Partial<ResourceState> = {}): ResourceState {
  const type = "azure-native:resources:ResourceGroup";
  return { urn: `urn:pulumi:dev::heart::${type}::group`, type, custom: true, id: `${GROUPS}/${id}`, ...more };
}

function workspaceIn(id: string): ResourceState {
  const type = "azure-native:machinelearningservices:Workspace";
  const workspaceId = `${GROUPS}/${id}/providers/Microsoft.MachineLearningServices/workspaces/mlw`;
  return { urn: `urn:pulumi:dev::heart::${type}::workspace`, type, custom: true, id: workspaceId };
}

const OLD = group("rg-old", { delete: true });
const NEW = group("rg-new");

test("a replaced group that everything still stands in takes its place again", () => {
  const stack = { deployment: { resources: [NEW, workspaceIn("RG-OLD"), OLD] } };
  const { edited, changes } = keepReplaced(stack);
  expect(edited.deployment.resources).toEqual([group("rg-old"), workspaceIn("RG-OLD")]);
  expect(changes.map((change) => describeChange(change, "pulumi up"))).toEqual([
    `  ~ ResourceGroup  group: was to be replaced and is not deleted: 1 resource is in it; ${GROUPS}/rg-new is removed from the state and stays in Azure`,
  ]);
});

test.each([
  ["nothing stands in any more", [NEW, OLD]],
  ["was followed by what stood in it", [NEW, workspaceIn("rg-new"), OLD]],
  ["both hold something, which nobody can decide here", [NEW, workspaceIn("rg-new"), workspaceIn("rg-old"), OLD]],
  ["has no successor", [OLD, workspaceIn("rg-old")]],
  ["begins as another one is called", [NEW, workspaceIn("rg-older"), OLD]],
])("a replaced group that %s stays as it is", (_, resources) => {
  expect(keepReplaced({ deployment: { resources } })).toEqual({ edited: { deployment: { resources } }, changes: [] });
});
