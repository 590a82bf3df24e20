import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspaceParts, armIdOf, VAULT } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import type { Answer } from "../../support/localAzure";
import { temporaryFolder } from "../../support/temporaryFolder";

const SECRET = `${VAULT}/secrets/token`;
const AUDIENCE = "https://vault.azure.net/.default";
const CONTENT = "do-not-tell";
let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
});
afterAll(() => azure.close());

/** Reads at the address of the vault, as Microsoft's client of secrets does. */
const read = async (path: string, from: TestAzure = azure): Promise<Answer> => {
  const uri = textAt((await from.arm("GET", VAULT)).body, "properties.vaultUri");
  const headers = { authorization: `Bearer ${await from.token(AUDIENCE)}` };
  return from.send("GET", `${uri}${path}?api-version=7.4`, { headers });
};
const write = (value: string, others: object = {}) => azure.arm("PUT", SECRET, { properties: { value, ...others } });
const error = (status: number, code: string) => ({ status, body: { error: { code } } });

describe("a secret", () => {
  test("is written through Azure Resource Manager, which never answers its value", async () => {
    const put = await write(CONTENT, { contentType: "text/plain" });
    const uri = `${azure.azure.url}/vault/heartvault/secrets/token`;
    expect(put).toMatchObject({
      status: 201,
      body: {
        id: armIdOf(azure, SECRET),
        properties: { contentType: "text/plain", attributes: { enabled: true }, secretUri: uri },
      },
    });
    const answers = [
      put,
      await azure.arm("GET", SECRET),
      await azure.arm("GET", `${VAULT}/secrets`),
      await azure.trace(),
    ];
    expect(JSON.stringify(answers)).not.toContain(CONTENT);
  });

  test("is read at the address of its vault, each version by its own address", async () => {
    const { body: first } = await read("secrets/token");
    expect(first).toMatchObject({ value: CONTENT, contentType: "text/plain", attributes: { enabled: true } });
    const { body } = await write("changed");
    expect(await read("secrets/token/")).toMatchObject({ status: 200, body: { value: "changed" } });
    const version = (address: unknown): string => String(address).split("/").at(-1) ?? "";
    expect(await read(`secrets/token/${version(valueAt(first, "id"))}`)).toMatchObject({ body: { value: CONTENT } });
    const newest = version(valueAt(body, "properties.secretUriWithVersion"));
    expect(await read(`secrets/token/${newest}`)).toMatchObject({ body: { value: "changed" } });
  });

  test("is listed without its value", async () => {
    const { body } = await read("secrets");
    expect(body).toMatchObject({ value: [{ id: `${azure.azure.url}/vault/heartvault/secrets/token` }] });
    expect(JSON.stringify(body)).not.toContain("changed");
  });

  test("that is disabled is not told", async () => {
    await write("off", { attributes: { enabled: false } });
    expect(await read("secrets/token")).toMatchObject(error(403, "Forbidden"));
  });

  test.each([
    [undefined, "properties.value must be text of at most 25600 bytes, it is missing."],
    [7, "properties.value must be text of at most 25600 bytes, got 7."],
    ["x".repeat(25 * 1024 + 1), "properties.value must be text of at most 25600 bytes."],
  ])("is refused without a value of its kind", async (value, message) => {
    expect(await azure.arm("PUT", SECRET, { properties: { value } })).toMatchObject({
      status: 400,
      body: { error: { message: `The request is invalid: ${message}` } },
    });
  });

  test("is deleted at the address of its vault, with all its versions", async () => {
    await write("last");
    const uri = textAt((await azure.arm("GET", VAULT)).body, "properties.vaultUri");
    const headers = { authorization: `Bearer ${await azure.token(AUDIENCE)}` };
    const remove = (path: string) => azure.send("DELETE", `${uri}secrets/${path}?api-version=7.4`, { headers });
    expect(await remove("token/1")).toMatchObject(error(405, "MethodNotAllowed"));
    const gone = await remove("token");
    expect(gone).toMatchObject({ status: 200, body: { attributes: { enabled: true } } });
    expect(JSON.stringify(gone)).not.toContain("last");
    expect(await read("secrets/token")).toMatchObject(error(404, "SecretNotFound"));
    expect(await remove("token")).toMatchObject(error(404, "SecretNotFound"));
    expect((await azure.arm("GET", SECRET)).status).toBe(404);
  });

  test("goes with its vault", async () => {
    const { body: vault } = await azure.arm("GET", VAULT);
    await azure.arm("DELETE", VAULT);
    const { location, properties } = vault as { location: string; properties: { tenantId: string; sku: object } };
    const { tenantId, sku } = properties;
    await azure.arm("PUT", VAULT, { location, properties: { tenantId, sku, accessPolicies: [] } });
    expect(await read("secrets/token")).toMatchObject(error(404, "SecretNotFound"));
  });
});

describe("the address of a vault", () => {
  const at = (path: string, headers: Record<string, string> = {}, method = "GET") =>
    azure.send(method, `/vault/heartvault/${path}`, { headers });

  test("tells clients without a token what it must be for", async () => {
    const answer = await at("secrets/token?api-version=7.4");
    expect(answer).toMatchObject(error(401, "Unauthorized"));
    expect(answer.headers["www-authenticate"]).toBe(
      `Bearer authorization="${azure.azure.url}/${azure.azure.tenantId}", resource="https://vault.azure.net"`,
    );
    const forArm = { authorization: `Bearer ${await azure.token()}` };
    expect(await at("secrets/token?api-version=7.4", forArm)).toMatchObject(error(401, "Unauthorized"));
  });

  test.each([
    ["a vault that is not there", "../other/secrets?api-version=7.4", "GET", 404, "VaultNotFound"],
    ["keys", "keys?api-version=7.4", "GET", 404, "NotFound"],
    ["no version of the API", "secrets/token", "GET", 400, "BadParameter"],
    ["a write", "secrets/token?api-version=7.4", "PUT", 405, "MethodNotAllowed"],
  ])("refuses %s", async (_, path, method, status, code) => {
    const headers = { authorization: `Bearer ${await azure.token(AUDIENCE)}` };
    expect(await at(path, headers, method)).toMatchObject(error(status, code));
  });
});

test("a secret survives a restart of the server", async () => {
  const folder = temporaryFolder({});
  const before = await TestAzure.start({ dataDirectory: folder });
  await createWorkspaceParts(before);
  await before.arm("PUT", SECRET, { properties: { value: CONTENT } });
  await before.close();
  const after = await TestAzure.start({ dataDirectory: folder });
  expect(await read("secrets/token", after)).toMatchObject({ status: 200, body: { value: CONTENT } });
  await after.close();
});
