import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart, bodiesAt, lastTypesOf } from "../../support/adoptedHeart";
import { ENDPOINT, GROUP, LOCATION, SAMPLE_REQUEST, STORAGE, VAULT, armIdOf } from "../../../driver/heartWorkspace";
import { textAt } from "../../support/localAzure";
import { writesOf } from "../../support/rehearsal";

const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;
const REGISTRY = `${GROUP}/providers/Microsoft.ContainerRegistry/registries/heartimages`;
const DEPLOYMENTS = { blue: { modelVersion: "1" }, green: { modelVersion: "2" } };

let heart: AdoptedHeart;
let identityId: string;
let scorerId: string;
let callerId: string;
beforeAll(async () => {
  heart = await AdoptedHeart.start({ enforceRoles: true });
  const { azure } = heart.rehearsal;
  await azure.operate("PUT", REGISTRY, { location: LOCATION, sku: { name: "Premium" }, properties: {} });
  identityId = armIdOf(azure, IDENTITY);
  scorerId = textAt((await azure.arm("PUT", IDENTITY, { location: LOCATION })).body, "properties.principalId");
  const [, payload = ""] = (await azure.token()).split(".");
  callerId = textAt(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")), "oid");
});
afterAll(() => heart.close());

/** What the endpoint answers to a credential. */
async function statusWith(credential: string): Promise<number> {
  const { azure } = heart.rehearsal;
  const uri = textAt((await azure.arm("GET", ENDPOINT)).body, "properties.scoringUri");
  const headers = { authorization: `Bearer ${credential}`, "content-type": "application/json" };
  return (await azure.send("POST", uri, { headers, body: SAMPLE_REQUEST })).status;
}

async function liveKey(which: "primaryKey" | "secondaryKey"): Promise<string> {
  return textAt((await heart.rehearsal.azure.arm("POST", `${ENDPOINT}/listKeys`)).body, which);
}

/** What an application reads from the vault, at the address that is an output of the program. */
async function keyInVault(): Promise<string> {
  const { azure, stack } = heart.rehearsal;
  const uri = String((await stack.outputs())["keySecretUri"]);
  const headers = { authorization: `Bearer ${await azure.token("https://vault.azure.net/.default")}` };
  return textAt((await azure.send("GET", `${uri}?api-version=7.4`, { headers })).body, "value");
}

const roleBody = (role: string, principalId: string, more: object = {}) => ({
  properties: {
    principalId,
    roleDefinitionId: armIdOf(heart.rehearsal.azure, `providers/Microsoft.Authorization/roleDefinitions/${role}`),
    ...more,
  },
});

test("a user-assigned identity has its roles before the first deployment, and a caller its own", async () => {
  heart.declare({
    deployments: DEPLOYMENTS,
    traffic: { blue: 100 },
    managedIdentities: { systemAssigned: false, userAssignedResourceIds: [identityId] },
    identityRoles: {
      principalId: scorerId,
      containerRegistryResourceId: armIdOf(heart.rehearsal.azure, REGISTRY),
    },
    roleAssignments: { caller: { principalId: callerId, principalType: "ServicePrincipal", description: "Scores" } },
  });
  const trace = await heart.up();
  const identity = { type: "UserAssigned", userAssignedIdentities: { [identityId]: {} } };
  expect(bodiesAt(trace, "/onlineEndpoints/heart-classifier")).toMatchObject([
    { identity, properties: { authMode: "AADToken" } },
    { identity, properties: { authMode: "AADToken", traffic: { blue: 100, green: 0 } } },
  ]);

  const ofRoles = trace.filter(({ path }) => path.includes("/roleAssignments/"));
  const bodyAt = (scope: string) =>
    ofRoles
      .filter(({ path }) => path.startsWith(`${armIdOf(heart.rehearsal.azure, scope)}/providers/`))
      .map(({ body }) => body);
  const isApplication = { principalType: "ServicePrincipal" };
  expect(bodyAt(STORAGE)).toEqual([roleBody("2a2b9908-6ea1-4ae2-8e65-a410df84e7d1", scorerId, isApplication)]);
  expect(bodyAt(REGISTRY)).toEqual([roleBody("7f951dda-4ed3-4680-a7ca-43fe172d538d", scorerId, isApplication)]);
  expect(bodyAt(ENDPOINT)).toEqual([
    roleBody("f6c7c914-8db3-469d-8ca1-694a8f32e121", callerId, { ...isApplication, description: "Scores" }),
  ]);
  const firstDeployment = trace.findIndex(({ path }) => path.includes("/deployments/"));
  const ofIdentity = trace.findLastIndex(
    ({ path }) => path.includes("/roleAssignments/") && !path.includes("/onlineEndpoints/"),
  );
  expect(ofIdentity).toBeLessThan(firstDeployment);
});

test("a caller with the role scores with an Entra token, and not with a key", async () => {
  expect(await statusWith(await heart.rehearsal.azure.token("https://ml.azure.com/.default"))).toBe(200);
  expect(await statusWith(await liveKey("primaryKey"))).toBe(401);
});

test("a weight step writes the endpoint and nothing of access", async () => {
  heart.declare({ traffic: { blue: 90, green: 10 } });
  const trace = await heart.up();
  expect(writesOf(trace)).toEqual(["PUT deployments", "PUT onlineEndpoints via"]);
  expect(bodiesAt(trace, "/onlineEndpoints/heart-classifier")).toMatchObject([
    { identity: { type: "UserAssigned", userAssignedIdentities: { [identityId]: {} } } },
  ]);
});

test("another identity is refused before anything is written", async () => {
  heart.declare({ managedIdentities: undefined, identityRoles: undefined });
  const trace = await heart.rehearsal.armTrace(async () => {
    await expect(heart.rehearsal.stack.preview()).rejects.toThrow(
      `managedIdentities: UserAssigned ${identityId.toLowerCase()} -> SystemAssigned: an endpoint cannot change it`,
    );
  });
  expect(writesOf(trace)).toEqual([]);
  heart.declare({
    managedIdentities: { systemAssigned: false, userAssignedResourceIds: [identityId] },
    identityRoles: { principalId: scorerId },
  });
});

test("another role replaces the assignment, since Azure changes none, and one that is left out goes", async () => {
  heart.declare({ roleAssignments: { caller: { principalId: callerId, roleDefinitionIdOrName: "Reader" } } });
  const trace = await heart.up();
  expect(lastTypesOf(trace).toSorted()).toEqual([
    "DELETE roleAssignments",
    "DELETE roleAssignments",
    "PUT roleAssignments",
  ]);
  expect(await statusWith(await heart.rehearsal.azure.token("https://ml.azure.com/.default"))).toBe(401);
});

test("keys switched on are in the vault with the same update, and the key is nowhere in clear", async () => {
  heart.declare({
    authMode: "Key",
    roleAssignments: undefined,
    keySecret: { keyVaultResourceId: armIdOf(heart.rehearsal.azure, VAULT) },
  });
  const preview = await heart.rehearsal.stack.preview();
  const { text } = await heart.rehearsal.stack.up();
  const key = await liveKey("primaryKey");
  expect(await keyInVault()).toBe(key);
  expect(await statusWith(key)).toBe(200);

  const resources = await heart.rehearsal.stack.resources();
  const state = JSON.stringify(resources, (_, value: object | null) => (isSecret(value) ? "[secret]" : value));
  expect(state).toContain("heart-key-secret");
  expect(`${preview.text}${text}${state}`).not.toContain(key);
});

test("a rotated key is in the vault after the next update, which writes no endpoint", async () => {
  expect(await heart.up()).toEqual([]);
  const old = await liveKey("primaryKey");
  await heart.rehearsal.azure.operate("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Primary" });
  expect(await statusWith(old)).toBe(401);
  expect(writesOf(await heart.up())).toEqual(["PUT vaults/secrets"]);
  const key = await keyInVault();
  expect(key).not.toBe(old);
  expect(await statusWith(key)).toBe(200);
});

test("a rotation over the other key has no moment without a valid key in the vault", async () => {
  const before = await keyInVault();
  await heart.rehearsal.azure.operate("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Secondary" });
  expect(await statusWith(before)).toBe(200);
  heart.declare({ keySecret: { keyVaultResourceId: armIdOf(heart.rehearsal.azure, VAULT), keyType: "Secondary" } });
  expect(writesOf(await heart.up())).toEqual(["PUT vaults/secrets"]);
  expect(await keyInVault()).toBe(await liveKey("secondaryKey"));
  expect([await statusWith(before), await statusWith(await keyInVault())]).toEqual([200, 200]);
});

test("a destroy leaves no role and no secret", async () => {
  await heart.destroy();
  expect(await heart.rehearsal.resources("/roleAssignments")).toEqual([]);
  expect(await heart.rehearsal.resources("/secrets")).toEqual([]);
});

/** A value that the engine encrypts; the Automation API exports it with its plain text beside this signature. */
function isSecret(value: unknown): boolean {
  return typeof value === "object" && value !== null && "4dabf18193072939515e22adb298388d" in value;
}
