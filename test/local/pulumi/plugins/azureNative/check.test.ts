import { DiffRequest } from "@pulumi/pulumi/proto/provider_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { afterEach, describe, expect, test, vi } from "vitest";
import { diff as answerDiff } from "../../../../../local/src/pulumi/plugins/providerServer";
import { ScriptedAzure } from "../../../../support/scriptedAzure";

const GROUP = "azure-native:resources:ResourceGroup";
const MODEL = "azure-native:machinelearningservices:ModelContainer";
const INSIGHTS = "azure-native:applicationinsights:Component";
const SEED = Uint8Array.from({ length: 32 }, (_, index) => index + 1);
const OWN = { azureApiVersion: "2024-03-01" };

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the inputs that are checked", () => {
  const check = (olds: object, news: object) =>
    new ScriptedAzure({}).provider.check({
      type: GROUP,
      name: "heart",
      olds: { ...olds },
      news: { ...news },
      seed: SEED,
    });

  test("have a made name with the mark that another one may stand beside it, and the version of the API", async () => {
    const { inputs } = await check({}, { location: "x", managedBy: null });
    expect(inputs).toEqual({ resourceGroupName: "heart01020304", location: "x", ...OWN, __createBeforeDelete: true });
    expect((await check(inputs, { location: "x" })).inputs).toEqual(inputs);
  });

  test("have no such mark when the program names it, or named it before", async () => {
    const named = { resourceGroupName: "heart", location: "x" };
    expect((await check({}, named)).inputs).toEqual({ ...named, ...OWN });
    expect((await check({ ...named, ...OWN }, { location: "x" })).inputs).toEqual({ ...named, ...OWN });
  });

  test("keep the location of before, and cannot do without one", async () => {
    expect((await check({ location: "y" }, {})).inputs).toMatchObject({ location: "y" });
    expect((await check({}, {})).failures).toEqual([
      {
        property: "",
        reason:
          "missing required property 'location'. Either set it explicitly or configure it with 'pulumi config set azure-native:location <value>'.",
      },
    ]);
  });
});

describe("a change", () => {
  const diff = (olds: object, news: object, outputs: object = {}) =>
    new ScriptedAzure({}).provider.diff({ type: GROUP, olds: { ...olds }, news: { ...news }, outputs: { ...outputs } });
  const named = { resourceGroupName: "heart", location: "West Europe", ...OWN };

  test("that replaces what has a made name makes the other one first, all else is deleted first", () => {
    const other = { ...named, location: "north" };
    expect(diff(named, other)).toMatchObject({ changes: [{ replaces: true }], deleteBeforeReplace: true });
    expect(diff({ ...named, __createBeforeDelete: true }, { ...other, __createBeforeDelete: true })).toMatchObject({
      changes: [{ path: "location", replaces: true }],
      deleteBeforeReplace: false,
    });
  });

  test("of the way a location is written is none", () => {
    expect(diff(named, { ...named, location: "westeurope" }).changes).toEqual([]);
  });

  test("to a version of the API that an older plugin did not put among the inputs is none", () => {
    const { azureApiVersion: _, ...older } = named;
    expect(diff(older, named, OWN).changes).toEqual([]);
    expect(diff(named, { ...named, azureApiVersion: "2025-04-01" }).changes).toEqual([
      { path: "azureApiVersion", kind: "UPDATE", replaces: false },
    ]);
  });

  test.each([
    [[], ["location", "tags.a"], ["location"]],
    [["tags"], ["location"], ["location"]],
    [["location"], ["tags.a"], []],
    [["*"], [], []],
  ])("is told without what ignoreChanges names: %j", (ignored, changed, replaces) => {
    const { provider } = new ScriptedAzure({});
    const struct = (tag: string, location: string) => Struct.fromJavaScript({ ...named, location, tags: { a: tag } });
    const request = new DiffRequest()
      .setUrn(`urn:pulumi:dev::heart::${GROUP}::g`)
      .setOldInputs(struct("1", "a"))
      .setNews(struct("2", "b"))
      .setIgnorechangesList(ignored);
    const response = answerDiff(provider, request);
    const details: string[] = [];
    for (const [path] of response.getDetaileddiffMap().entries()) details.push(path);
    expect(details.toSorted()).toEqual(changed);
    expect(response.getReplacesList()).toEqual(replaces);
    expect(response.getDeletebeforereplace()).toBe(replaces.length > 0);
  });

  test("of the content of a blob replaces it", () => {
    const { provider } = new ScriptedAzure({});
    const blob = (hash: string) => ({ blobName: "b", source: { hash } });
    const request = { type: "azure-native:storage:Blob", olds: blob("1"), news: blob("2"), outputs: {} };
    expect(provider.diff(request).changes).toEqual([{ path: "source", kind: "UPDATE", replaces: true }]);
  });
});

describe("a refresh", () => {
  test("takes what Azure counts for no input", async () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/models/m";
    const inputs = { resourceGroupName: "g", workspaceName: "w", name: "m", properties: { isArchived: false } };
    const at = (version: string) => ({ isArchived: false, latestVersion: version, nextVersion: `${version}1` });
    const azure = new ScriptedAzure({ [`GET ${id}`]: [[200, { id, properties: at("2") }]] });
    const read = await azure.provider.read({ type: MODEL, id, inputs, outputs: { id, properties: at("1") } });
    expect(read).toMatchObject({ inputs, outputs: { properties: at("2") } });
  });

  test("gives outputs their names of the package", async () => {
    const id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Insights/components/c";
    const properties = { Application_Type: "web", ConnectionString: "x", InstrumentationKey: "k", AppId: "a" };
    const azure = new ScriptedAzure({ [`GET ${id}`]: [[200, { id, kind: "web", properties }]] });
    const read = await azure.provider.read({ type: INSIGHTS, id, inputs: {}, outputs: {} });
    expect(read).toMatchObject({
      outputs: { applicationType: "web", connectionString: "x", instrumentationKey: "k", appId: "a" },
      inputs: { applicationType: "web", kind: "web", resourceGroupName: "g", resourceName: "c" },
    });
    expect(read?.inputs).not.toHaveProperty("connectionString");
  });
});
