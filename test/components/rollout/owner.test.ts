import { expect, test } from "vitest";
import { checkOwner } from "../../../components/rollout/owner";
import { linesOf } from "../../support/linesOf";

const DEV = "organization/heart/dev heart";
const OWN = { owner: DEV, formerly: [] };

test("another owner is refused until its endpoint is taken over by name", () => {
  const other = "organization/heart/prod heart";
  expect(linesOf(checkOwner(OWN, other))).toEqual([
    `takeOver: the endpoint belongs to ${other}, this is ${DEV}; change its traffic there, or take it over with ` +
      `takeOver: "${other}", and remove it from the other stack's state`,
  ]);
  expect(checkOwner({ ...OWN, takeOver: other }, other)).toEqual([]);
});

test.each([
  ["nobody", undefined, []],
  ["the component itself", DEV, []],
  [
    "what the state says it was called in the same stack",
    "organization/heart/dev cardio",
    ["organization/heart/dev cardio"],
  ],
])("an endpoint of %s is its own", (_, tagged, known) => {
  expect(checkOwner(OWN, tagged, known)).toEqual([]);
});

test("a copy of the state owns nothing in another stack", () => {
  const copy = { owner: "organization/heart/two heart", formerly: [] };
  expect(linesOf(checkOwner(copy, DEV, [DEV]))).toEqual([expect.stringContaining(`the endpoint belongs to ${DEV}`)]);
});
