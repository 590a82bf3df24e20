import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENDPOINT, endpointBody, GROUP, armIdOf, LOCATION, WORKSPACE } from "../../../../driver/heartWorkspace";
import type { TestAzure } from "../../../support/localAzure";
import type { Scoring } from "../../../../driver/scoring";
import { NETWORK, PRIVATE_ENDPOINT, SUBNET } from "../../../support/served";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint({ enforceRoles: true }));
});
afterAll(() => azure.close());

const set = (properties: object) =>
  azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 }, ...properties }));

describe("with roles enforced, an Entra token scores", () => {
  const SCIENTIST = "f6c7c914-8db3-469d-8ca1-694a8f32e121";
  const READER = "acdd72a7-3385-48ef-bd42-f606fba81ae7";
  const scoreWithToken = async (): Promise<number> => {
    const token = await azure.token("https://ml.azure.com/.default");
    return (await endpoint.score({ headers: { authorization: `Bearer ${token}` } })).status;
  };
  const principal = async (): Promise<string> => {
    const [, payload = ""] = (await azure.token()).split(".");
    return (JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as { oid: string }).oid;
  };
  const assign = async (scope: string, role: string, principalId: string): Promise<string> => {
    const path = `${scope}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000001`;
    const roleDefinitionId = armIdOf(azure, `providers/Microsoft.Authorization/roleDefinitions/${role}`);
    expect((await azure.arm("PUT", path, { properties: { roleDefinitionId, principalId } })).status).toBe(201);
    return path;
  };
  beforeAll(() => set({ authMode: "AADToken" }));

  test.each([
    ["at the endpoint", () => ENDPOINT, SCIENTIST, 200],
    ["above it, in the group", () => GROUP, SCIENTIST, 200],
    ["at the endpoint, one that only reads", () => ENDPOINT, READER, 401],
    ["at another resource", () => `${GROUP}/providers/Microsoft.KeyVault/vaults/heartvault`, SCIENTIST, 401],
  ])("by a role %s", async (_, scope, role, status) => {
    expect(await scoreWithToken()).toBe(401);
    const path = await assign(scope(), role, await principal());
    expect(await scoreWithToken()).toBe(status);
    await azure.arm("DELETE", path);
  });

  test("by no role of somebody else", async () => {
    const path = await assign(ENDPOINT, SCIENTIST, "00000000-0000-4000-8000-000000000009");
    expect(await scoreWithToken()).toBe(401);
    await azure.arm("DELETE", path);
  });
});

describe("an endpoint without public network access", () => {
  const from = async (network?: string): Promise<number> => {
    const headers: Record<string, string> = network === undefined ? {} : { "x-local-network": network };
    return (await endpoint.score({ headers })).status;
  };
  const privateEndpoint = (list: string): object => ({
    location: LOCATION,
    properties: {
      subnet: { id: armIdOf(azure, SUBNET) },
      [list]: [
        { name: "ml", properties: { privateLinkServiceId: armIdOf(azure, WORKSPACE), groupIds: ["amlworkspace"] } },
      ],
    },
  });
  beforeAll(async () => {
    await set({ publicNetworkAccess: "Disabled" });
    await azure.arm("PUT", NETWORK, {
      location: LOCATION,
      properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } },
    });
    await azure.arm("PUT", SUBNET, { properties: { addressPrefix: "10.0.1.0/24" } });
  });

  test("answers a virtual network with an approved private endpoint of the workspace, and nobody else", async () => {
    const network = armIdOf(azure, NETWORK);
    expect(await from()).toBe(403);
    expect(await from(network)).toBe(403);
    await azure.arm("PUT", PRIVATE_ENDPOINT, privateEndpoint("manualPrivateLinkServiceConnections"));
    expect(await from(network)).toBe(403);
    await azure.arm("PUT", PRIVATE_ENDPOINT, privateEndpoint("privateLinkServiceConnections"));
    expect([await from(network), await from(`${network}x`), await from()]).toEqual([200, 403, 403]);
    await set({ publicNetworkAccess: "Enabled" });
    expect(await from()).toBe(200);
  });
});
