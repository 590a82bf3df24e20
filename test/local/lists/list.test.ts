import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as heart from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

const { deploymentBody, ENDPOINT, endpointBody, modelBody, WORKSPACE } = heart;
const MODEL = `${WORKSPACE}/models/heart-classifier`;
let azure: TestAzure;

const withMembers = (version: string, members: object) => {
  const body = modelBody(azure, version) as { properties: object };
  return { properties: { ...body.properties, ...members } };
};

beforeAll(async () => {
  azure = await TestAzure.start();
  await heart.createWorkspace(azure);
  await heart.registerModel(azure, "1", "blue");
  const rows: readonly [string, object][] = [
    ["2", { tags: { owner: "a", kind: "x" }, properties: { flavour: "onnx" }, description: "second" }],
    ["10", { tags: { owner: "b" }, stage: "Production" }],
    ["11", { isArchived: true }],
  ];
  for (const [version, members] of rows) {
    await azure.advance(60);
    await azure.arm("PUT", `${MODEL}/versions/${version}`, withMembers(version, members));
  }
  await azure.arm("PUT", `${WORKSPACE}/models/old`, { properties: { isArchived: true } });
  await azure.operate("PUT", ENDPOINT, { ...endpointBody({ properties: { p: "1" } }), tags: { team: "heart" } });
  await azure.operate("PUT", `${WORKSPACE}/onlineEndpoints/another-one`, endpointBody());
  for (const name of ["blue", "green", "red"])
    await azure.operate("PUT", `${ENDPOINT}/deployments/${name}`, deploymentBody(azure, "1"));
});
afterAll(() => azure.close());

async function names(path: string): Promise<readonly unknown[]> {
  const { status, body } = await azure.arm("GET", path);
  expect(status).toBe(200);
  return (valueAt(body, "value") as readonly object[]).map((each) => valueAt(each, "name"));
}

describe("a list of", () => {
  test.each<[string, string, readonly string[]]>([
    ["versions", "", ["1", "2", "10"]],
    ["versions", "listViewType=ArchivedOnly", ["11"]],
    ["versions", "listViewType=All", ["1", "2", "10", "11"]],
    ["versions", "$orderBy=createdtime desc", ["10", "2", "1"]],
    ["versions", "$orderBy=createdtime asc", ["1", "2", "10"]],
    ["versions", "$orderBy=createdtime", ["1", "2", "10"]],
    ["versions", "$orderBy=version desc&listViewType=All", ["11", "10", "2", "1"]],
    ["versions", "$top=2", ["1", "2"]],
    ["versions", "$top=1&$orderBy=createdtime desc", ["10"]],
    ["versions", "offset=1", ["2", "10"]],
    ["versions", "$skip=2", ["10"]],
    ["versions", "$skip=9", []],
    ["versions", "version=2", ["2"]],
    ["versions", "description=second", ["2"]],
    ["versions", "stage=Production", ["10"]],
    ["versions", "tags=owner", ["2", "10"]],
    ["versions", "tags=owner=b", ["10"]],
    ["versions", "tags=owner,kind=x", ["2"]],
    ["versions", "properties=flavour=onnx", ["2"]],
    ["versions", "feed=heart", ["1", "2", "10"]],
    ["versions", "feed=other", []],
    ["models", "", ["heart-classifier"]],
    ["models", "listViewType=All", ["heart-classifier", "old"]],
    ["models", "listViewType=All&count=1", ["heart-classifier"]],
    ["endpoints", "", ["heart-classifier", "another-one"]],
    ["endpoints", "name=ANOTHER-ONE", ["another-one"]],
    ["endpoints", "count=1&orderBy=CreatedAtDesc", ["another-one"]],
    ["endpoints", "orderBy=UpdatedAtAsc", ["heart-classifier", "another-one"]],
    ["endpoints", "computeType=Kubernetes", []],
    ["endpoints", "computeType=Managed&tags=team=heart", ["heart-classifier"]],
    ["endpoints", "properties=p=1", ["heart-classifier"]],
    ["deployments", "$orderBy=name desc&$top=2", ["red", "green"]],
    ["datastores", "isDefault=false", ["workspaceartifactstore"]],
    ["datastores", "names=workspaceblobstore,none", ["workspaceblobstore"]],
    ["datastores", "searchText=ARTIFACT", ["workspaceartifactstore"]],
    ["datastores", "orderBy=name&orderByAsc=true", ["workspaceartifactstore", "workspaceblobstore"]],
    ["datastores", "orderBy=name", ["workspaceblobstore", "workspaceartifactstore"]],
  ])("%s with '%s'", async (what, query, expected) => {
    const paths = new Map([
      ["versions", `${MODEL}/versions`],
      ["models", `${WORKSPACE}/models`],
      ["endpoints", `${WORKSPACE}/onlineEndpoints`],
      ["deployments", `${ENDPOINT}/deployments`],
      ["datastores", `${WORKSPACE}/datastores`],
    ]);
    expect(await names(`${paths.get(what) ?? ""}${query === "" ? "" : `?${query.replaceAll(" ", "%20")}`}`)).toEqual(
      expected,
    );
  });

  test("versions goes on at nextLink, in the same order and with the same filter, until there is no more", async () => {
    const seen: unknown[] = [];
    let path: string | undefined = `${MODEL}/versions?$orderBy=createdtime%20desc&$top=1&listViewType=All`;
    while (path !== undefined) {
      const { body } = await azure.arm("GET", path);
      seen.push(...(valueAt(body, "value") as readonly object[]).map((each) => valueAt(each, "name")));
      path = valueAt(body, "nextLink") as string | undefined;
    }
    expect(seen).toEqual(["11", "10", "2", "1"]);
  });

  test("workspaces is of a group and of the subscription", async () => {
    expect(await names(WORKSPACE.replace(/\/heart$/, ""))).toEqual(["heart"]);
    expect(await names("providers/Microsoft.MachineLearningServices/workspaces")).toEqual(["heart"]);
  });

  test.each([
    [`${MODEL}/versions?$orderBy=colour`],
    [`${MODEL}/versions?$orderBy=createdtime%20up`],
    [`${MODEL}/versions?$top=0`],
    [`${MODEL}/versions?$top=many`],
    [`${MODEL}/versions?offset=-1`],
    [`${MODEL}/versions?$skip=x`],
    [`${MODEL}/versions?listViewType=Some`],
    [`${WORKSPACE}/onlineEndpoints?orderBy=name`],
    [`${WORKSPACE}/onlineEndpoints?computeType=Paper`],
    [`${WORKSPACE}/datastores?isDefault=perhaps`],
  ])("%s is refused", async (path) => {
    const { status, body } = await azure.arm("GET", path);
    expect({ status, code: textAt(body, "error.code") }).toEqual({ status: 400, code: "ValidationError" });
  });
});

test("a container knows its latest version though it is archived", async () => {
  expect(valueAt((await azure.arm("GET", MODEL)).body, "properties")).toMatchObject({
    latestVersion: "11",
    nextVersion: "12",
  });
});

test("a deployment tells to how many instances it can be scaled", async () => {
  const { body } = await azure.arm("GET", `${ENDPOINT}/deployments/blue/skus`);
  expect(valueAt(body, "value")).toMatchObject([{ capacity: { minimum: 1, maximum: 50 } }]);
});

describe("what nobody has built", () => {
  test.each([
    ["POST", `${MODEL}/versions/1/publish`, "ModelVersions_Publish"],
    ["GET", `${WORKSPACE}/jobs`, "Jobs_List"],
    ["PUT", `${WORKSPACE}/connections/c`, "WorkspaceConnections_Create"],
    ["POST", `${WORKSPACE}/listNotebookKeys`, "Workspaces_ListNotebookKeys"],
  ])("%s %s is refused by the name of the operation", async (method, path, operation) => {
    const { status, body } = await azure.arm(method, path, method === "GET" ? undefined : {});
    expect({ status, code: textAt(body, "error.code") }).toEqual({ status: 501, code: "NotImplemented" });
    expect(textAt(body, "error.message")).toContain(operation);
  });

  test("but what is built beside it is served", async () => {
    const { body: keys } = await azure.arm("POST", `${WORKSPACE}/listKeys`);
    const { body: storage } = await azure.arm("POST", `${WORKSPACE}/listStorageAccountKeys`);
    expect(textAt(storage, "userStorageKey")).toBe(textAt(keys, "userStorageKey"));
    expect((await azure.arm("POST", `${WORKSPACE}/diagnose`, {})).status).toBe(200);
  });
});
