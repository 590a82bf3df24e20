import * as pulumi from "@pulumi/pulumi";
import { expect, test, vi } from "vitest";
import { workspaceFailed } from "../../../components/hooks/failures";
import { rollout } from "../../support/hooks";

test("a workspace whose name a deleted one still has says so, and what to do", async () => {
  const said: string[] = [];
  vi.spyOn(pulumi.log, "error").mockImplementation(async (text) => void said.push(text));
  const { context } = await rollout({ traffic: {} });
  const error =
    'Status=400 Code="BadRequest" Message="Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete"';
  const newInputs = { workspaceName: "mlw-heart" };
  const failure = { newInputs, oldInputs: undefined, operation: "create", error, tries: 1 };
  expect(await workspaceFailed(context, failure)).toBe(false);
  expect(said).toEqual([
    "the create of workspace mlw-heart failed, BadRequest: Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete\n" +
      "to do: purge the deleted workspace of that name as docs/workspace.md says, or give the new one another name",
  ]);
});
