import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart, bodiesAt } from "../../support/adoptedHeart";
import { ENDPOINT, LOCATION, STORAGE, WORKSPACE, armIdOf, storageBody } from "../../../driver/heartWorkspace";
import { writesOf } from "../../support/rehearsal";
import { Scoring } from "../../../driver/scoring";

const HUB = "resourceGroups/hub";
const NETWORK = `${HUB}/providers/Microsoft.Network/virtualNetworks/hub`;
const SUBNET = `${NETWORK}/subnets/endpoints`;
const ZONE = `${HUB}/providers/Microsoft.Network/privateDnsZones/privatelink.api.azureml.ms`;
const BLUE = "examples/heart-classifier/models/blue";
const DEPLOYMENTS = { blue: { modelVersion: "1" }, green: { modelVersion: "2" } };

let heart: AdoptedHeart;
const id = (path: string) => armIdOf(heart.rehearsal.azure, path);
const registered = (version: string) => ({ id: id(`${WORKSPACE}/models/heart-classifier/versions/${version}`) });
beforeAll(async () => {
  heart = await AdoptedHeart.start();
  const { azure } = heart.rehearsal;
  for (const group of [HUB, "resourceGroups/own"]) await azure.arm("PUT", group, { location: LOCATION });
  const space = { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } };
  await azure.arm("PUT", NETWORK, { location: LOCATION, properties: space });
  await azure.arm("PUT", SUBNET, { properties: { addressPrefix: "10.0.1.0/24" } });
  await azure.arm("PUT", ZONE, { location: "global" });
});
afterAll(() => heart.close());

const declare = (blue: number, changes: object = {}) => {
  heart.declare({
    resourceGroupName: "own",
    workspace: {
      existingResourceId: id(WORKSPACE),
      privateEndpoints: { hub: { subnetResourceId: id(SUBNET), privateDnsZoneResourceIds: [id(ZONE)] } },
    },
    hardened: true,
    authMode: undefined,
    publicNetworkAccess: undefined,
    model: { name: "heart-classifier", versions: { "1": registered("1"), "2": registered("2") } },
    tags: { team: "cardio" },
    deployments: DEPLOYMENTS,
    traffic: { blue, green: 100 - blue },
    ...changes,
  });
};

test("a contradiction is refused at preview, without a write", async () => {
  declare(100, { authMode: "Key" });
  const trace = await heart.rehearsal.armTrace(async () => {
    await expect(heart.rehearsal.stack.preview()).rejects.toThrow(
      'authMode: "Key" contradicts hardened, which sets AADToken; remove one of them',
    );
  });
  expect(writesOf(trace)).toEqual([]);
});

test("in a workspace of another group the endpoint is closed, and the private endpoint leads to it", async () => {
  declare(100);
  const trace = await heart.up();
  const properties = { authMode: "AADToken", publicNetworkAccess: "Disabled" };
  const [created, step] = bodiesAt(
    trace,
    "/resourceGroups/heart/providers/Microsoft.MachineLearningServices/workspaces/heart/onlineEndpoints/heart-classifier",
  );
  expect(created).toMatchObject({ properties });
  expect(step).toMatchObject({ properties: { ...properties, traffic: { blue: 100, green: 0 } } });
  const endpoint = "/resourceGroups/own/providers/Microsoft.Network/privateEndpoints/pe-heart-hub";
  expect(bodiesAt(trace, endpoint)).toEqual([
    {
      location: LOCATION,
      tags: { team: "cardio" },
      properties: {
        subnet: {
          id: id(SUBNET),
          // The SDK fills these in; Azure takes no change of a subnet from here.
          properties: { privateEndpointNetworkPolicies: "Disabled", privateLinkServiceNetworkPolicies: "Enabled" },
        },
        privateLinkServiceConnections: [
          { name: "hub", properties: { privateLinkServiceId: id(WORKSPACE), groupIds: ["amlworkspace"] } },
        ],
      },
    },
  ]);
  expect(bodiesAt(trace, `${endpoint}/privateDnsZoneGroups/default`)).toEqual([
    {
      properties: {
        privateDnsZoneConfigs: [{ name: "privatelink-api-azureml-ms", properties: { privateDnsZoneId: id(ZONE) } }],
      },
    },
  ]);
  expect(writesOf(trace)).not.toContain("PUT workspaces");
});

test("callers reach it from the network only, with an Entra token", async () => {
  const { azure } = heart.rehearsal;
  const endpoint = await Scoring.of(azure, ENDPOINT);
  const token = await azure.token("https://ml.azure.com/.default");
  const authorization = `Bearer ${token}`;
  const network = { "x-local-network": id(NETWORK) };
  expect(await endpoint.score({ headers: { ...network, authorization } })).toMatchObject({ status: 200 });
  expect(await endpoint.score({ headers: { authorization } })).toMatchObject({ status: 403 });
  expect(await endpoint.score({ headers: network })).toMatchObject({ status: 401 });
});

test("a step keeps it closed", async () => {
  declare(90);
  const trace = await heart.up();
  expect(writesOf(trace)).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  expect(bodiesAt(trace, "/onlineEndpoints/heart-classifier")).toMatchObject([
    { properties: { authMode: "AADToken", publicNetworkAccess: "Disabled", traffic: { blue: 90, green: 10 } } },
  ]);
});

test("a model folder is uploaded with a token when the storage account takes no keys", async () => {
  const { azure } = heart.rehearsal;
  await azure.arm("PUT", STORAGE, { ...storageBody(), properties: { allowSharedKeyAccess: false } });
  const own = { "1": registered("1"), "2": registered("2"), "3": { path: BLUE } };
  declare(90, { model: { name: "heart-classifier", versions: own } });
  const before = await azure.trace("kind=blob");
  expect(writesOf(await heart.up())).toEqual(["PUT models/versions"]);
  const sent = await azure.trace(`kind=blob&since=${before.at(-1)?.seq ?? 0}`);
  expect(sent.filter(({ method, status }) => method === "PUT" && status === 201)).not.toEqual([]);
  declare(90);
  expect(writesOf(await heart.up())).toEqual([]);
});

test("a destroy is refused with nothing deleted or forgotten, and runs without deletion protection", async () => {
  const trace = await heart.rehearsal.armTrace(async () => {
    await expect(heart.rehearsal.stack.destroy()).rejects.toThrow(
      /heart-deletion-protection" cannot be deleted\s+because it is protected/,
    );
  });
  expect(writesOf(trace)).toEqual([]);
  declare(90);
  expect(Object.keys((await heart.rehearsal.stack.preview()).changes)).toEqual(["same"]);
  await heart.destroy();
  expect(await heart.rehearsal.resources("/onlineEndpoints")).toEqual([]);
  expect(await heart.rehearsal.resources("/workspaces")).toMatchObject([{ name: "heart" }]);
});
