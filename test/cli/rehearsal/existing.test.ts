import { expect, test } from "vitest";
import { existingParts } from "../../../cli/rehearsal/existing";
import { UNKNOWN } from "../../../cli/stack/previewedStack";

const GROUP = {
  op: "create",
  urn: "urn",
  newState: { urn: "urn", type: "azure-native:resources:ResourceGroup", inputs: { resourceGroupName: "mine" } },
};

test.each([
  ["both", { resourceGroupName: "rg", workspace: { existingName: "ml" } }, ["rg", "ml"]],
  ["a group", { resourceGroupName: "rg", workspace: {} }, ["rg", undefined]],
  ["a group that the program makes", { resourceGroupName: "mine", workspace: { existingName: "ml" } }, undefined],
  ["a group that is not known yet", { resourceGroupName: UNKNOWN }, undefined],
  ["no component", undefined, undefined],
])("what a program expects to be there: %s", (_, inputs, expected) => {
  const found = existingParts([GROUP], inputs, undefined);
  expect(found && [found.resourceGroup, found.workspace]).toEqual(expected);
});

test.each([
  [{ resourceGroupName: "rg", location: "eastus" }, "northeurope", "eastus"],
  [{ resourceGroupName: "rg" }, "northeurope", "northeurope"],
  [{ resourceGroupName: "rg", location: UNKNOWN }, undefined, "westeurope"],
])("%j with provider location %s is in %s", (inputs, location, expected) => {
  expect(existingParts([], inputs, location)?.location).toBe(expected);
});
