import { expect, test } from "vitest";
import type { VersionPlan } from "../../../components/models/versionPlan";
import { fitted } from "../../../components/resources/modelVersion";

const ID = "/subscriptions/s/models/heart/versions/2";
const REGISTERED = {
  id: ID,
  modelUri: "azureml://a/",
  isArchived: false,
  kept: { tags: { team: "cardio" }, stage: "Production" },
};
const INPUTS = { version: "2", properties: { modelType: "mlflow_model", modelUri: "azureml://b/" } };
const never = Promise.resolve(false);

function fit(plan: VersionPlan | undefined, archived?: boolean, keepsContent = never) {
  const registration = { props: INPUTS, opts: { ignoreChanges: ["workspaceName"] } };
  return fitted(registration, { ...(plan && { plan }) }, archived, keepsContent);
}

test("a version that a preview cannot look for is registered as it is declared", async () => {
  expect(await fit(undefined)).toEqual({ props: INPUTS, opts: { ignoreChanges: ["workspaceName"] } });
});

test("a version that Azure does not have is created, and one of the state is not written again", async () => {
  const { opts } = await fit({ what: "register" });
  expect(opts).toEqual({ ignoreChanges: ["workspaceName", "properties"] });
});

test("a version that Azure has joins the state and is not written", async () => {
  const { props, opts } = await fit({ what: "keep", registered: REGISTERED });
  expect(opts).toEqual({ ignoreChanges: ["workspaceName", "properties"], import: ID });
  expect(props).toBe(INPUTS);
});

test("a version that is archived keeps what others have set on it", async () => {
  const { props, opts } = await fit({ what: "archive", registered: REGISTERED }, true);
  expect(opts).toEqual({ ignoreChanges: ["workspaceName"], import: ID });
  expect(props["properties"]).toEqual({
    tags: { team: "cardio" },
    stage: "Production",
    modelUri: "azureml://a/",
    isArchived: true,
  });
});

test("other content reaches the hook that refuses it, but not on the way back", async () => {
  const plan = { what: "conflict", registered: REGISTERED } as const;
  expect((await fit(plan)).opts).toEqual({ ignoreChanges: ["workspaceName"] });
  const { opts } = await fit(plan, undefined, Promise.resolve(true));
  expect(opts).toEqual({ ignoreChanges: ["workspaceName", "properties"] });
});

test("a version that Azure says nothing of is not written", async () => {
  const read = { unread: "Status=500" };
  const { opts } = await fitted({ props: INPUTS, opts: {} }, read, undefined, never);
  expect(opts).toEqual({ ignoreChanges: ["properties"] });
});
