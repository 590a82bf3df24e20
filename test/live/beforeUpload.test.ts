import { unknown } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { beforeUpload } from "../../components/live/beforeUpload";
import { rollout } from "../support/hooks";
import { NOT_FOUND } from "../support/mockedAzure";
import type { Answers } from "../support/mockedAzure";

const ACCOUNT = { resourceGroupName: "rg-data", accountName: "stdata" };

async function upload(answers: Answers, inputs: Readonly<Record<string, unknown>> = ACCOUNT) {
  const { context, run } = await rollout({ traffic: {}, answers });
  const hook = beforeUpload(context.component);
  return { run, once: () => hook({ oldInputs: undefined, newInputs: inputs }) };
}

test("files for an account without keys are refused, and the account is read once", async () => {
  const { run, once } = await upload({ getStorageAccount: { allowSharedKeyAccess: false } });
  const refusal =
    "the upload of model files is refused before its write:\n" +
    "  - model.versions: the storage account stdata takes no account keys, and Pulumi's upload needs them " +
    "(pulumi-azure-native issue 2015); in place of path give a uri (the output of a job) or an id (a registered version, " +
    "of the workspace or of a registry)";
  await expect(once()).rejects.toThrow(new Error(refusal));
  await expect(once()).rejects.toThrow(new Error(refusal));
  expect(run.calls.map(({ inputs }) => inputs as unknown)).toEqual([ACCOUNT]);
});

test.each<[string, Answers, Readonly<Record<string, unknown>>]>([
  ["with keys", { getStorageAccount: { allowSharedKeyAccess: true } }, ACCOUNT],
  ["that says nothing of keys", { getStorageAccount: {} }, ACCOUNT],
  ["that cannot be read", { getStorageAccount: NOT_FOUND }, ACCOUNT],
  ["that a preview does not know yet", {}, { ...ACCOUNT, accountName: unknown }],
])("files for an account %s pass", async (_, answers, inputs) => {
  const { once } = await upload(answers, inputs);
  await expect(once()).resolves.toBeUndefined();
});
