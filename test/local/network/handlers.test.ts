import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkspace, armIdOf, LOCATION } from "../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../support/localAzure";
import { createServed, NETWORK, PRIVATE_ENDPOINT, SUBNET } from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await createServed(azure);
});
afterAll(() => azure.close());

const network = (subnets?: readonly object[]): object => ({
  location: LOCATION,
  properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] }, ...(subnets && { subnets }) },
});
const subnet = (name: string, octet: number): object => ({
  name,
  properties: { addressPrefix: `10.0.${octet}.0/24` },
});
const namesOf = (list: unknown): unknown[] => (list as readonly { readonly name: string }[]).map(({ name }) => name);
const IN_USE = { status: 400, body: { error: { code: "InUseSubnetCannotBeDeleted" } } };

test("a subnet that was written by itself is one of its network, and stays when the network names none", async () => {
  expect(await azure.arm("GET", NETWORK)).toMatchObject({ body: { properties: { subnets: [{ name: "endpoints" }] } } });
  const { body } = await azure.arm("PUT", NETWORK, network());
  expect(namesOf(valueAt(body, "properties.subnets"))).toEqual(["endpoints"]);
});

test("subnets that a network names are resources, and those that it no longer names are gone", async () => {
  await azure.arm("PUT", NETWORK, network([subnet("endpoints", 1), subnet("other", 2)]));
  expect(await azure.arm("GET", `${NETWORK}/subnets/other`)).toMatchObject({
    status: 200,
    body: { id: armIdOf(azure, `${NETWORK}/subnets/other`), properties: { addressPrefix: "10.0.2.0/24" } },
  });
  await azure.arm("PUT", NETWORK, network([subnet("endpoints", 1)]));
  expect((await azure.arm("GET", `${NETWORK}/subnets/other`)).status).toBe(404);
});

test("a subnet that something is in cannot leave, alone or with its network", async () => {
  expect(await azure.arm("DELETE", SUBNET)).toMatchObject(IN_USE);
  expect(await azure.arm("PUT", NETWORK, network([]))).toMatchObject(IN_USE);
  expect(await azure.arm("DELETE", NETWORK)).toMatchObject(IN_USE);
  await azure.arm("DELETE", PRIVATE_ENDPOINT);
  expect((await azure.arm("DELETE", NETWORK)).status).toBe(200);
  expect((await azure.arm("GET", SUBNET)).status).toBe(404);
});
