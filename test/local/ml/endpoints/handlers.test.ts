import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createWorkspace,
  endpointBody,
  ENDPOINT,
  armIdOf,
  LOCATION,
  WORKSPACE,
  workspaceBody,
} from "../../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});
afterAll(() => azure.close());

const path = (name: string): string => `${WORKSPACE}/onlineEndpoints/${name}`;
const refused = (status: number, error: object) => ({ status, body: { error } });
const detail = (target: string, message: string) =>
  refused(400, { code: "BadRequest", message: "The request is invalid.", details: [{ target, message }] });

describe("a new endpoint", () => {
  test("is being created with 201, and names its operation in a header and in its body", async () => {
    const put = await azure.arm("PUT", ENDPOINT, endpointBody());
    expect(put).toMatchObject({
      status: 201,
      headers: { "x-ms-async-operation-timeout": "PT30M" },
      body: {
        kind: "Managed",
        identity: { type: "SystemAssigned", principalId: expect.any(String) as string },
        properties: {
          provisioningState: "Creating",
          scoringUri: null,
          traffic: {},
          mirrorTraffic: {},
          publicNetworkAccess: "Enabled",
          properties: { "azureml.onlineendpointid": armIdOf(azure, ENDPOINT).toLowerCase() },
        },
      },
    });
    const operation = put.headers["azure-asyncoperation"];
    expect(operation).toMatch(new RegExp(`/locations/${LOCATION}/mfeOperationsStatus/oeidp:[^/]+\\?api-version=`));
    expect(textAt(put.body, "properties.properties.AzureAsyncOperationUri")).toBe(operation);
    expect(put.headers).not.toHaveProperty("retry-after");

    await azure.advance(89);
    expect(await azure.arm("GET", String(operation))).toMatchObject({
      status: 200,
      body: { status: "Updating", percentComplete: 0 },
    });
    await azure.advance(1);
    expect(await azure.arm("GET", String(operation))).toMatchObject({
      body: { status: "Succeeded", percentComplete: 100, endTime: expect.any(String) as string },
    });
    const { url } = azure.azure;
    expect(await azure.arm("GET", String(put.headers.location))).toMatchObject({
      status: 200,
      body: {
        properties: {
          provisioningState: "Succeeded",
          scoringUri: `${url}/endpoints/${LOCATION}/heart-classifier/score`,
          swaggerUri: `${url}/endpoints/${LOCATION}/heart-classifier/swagger.json`,
        },
      },
    });
  });

  test("never answers its keys but to listKeys", async () => {
    const keys = { primaryKey: "first-given-key", secondaryKey: "second-given-key" };
    const put = await azure.arm("PUT", path("with-keys"), endpointBody({ keys }));
    await azure.finish(put);
    const answers = JSON.stringify([put, await azure.arm("GET", path("with-keys"))]);
    expect(answers).not.toMatch(/given-key/);
    expect(await azure.arm("POST", `${path("with-keys")}/listKeys`)).toMatchObject({ status: 200, body: keys });
  });

  test("has keys of its own when none are given, which can be made again one by one", async () => {
    const listKeys = async () => (await azure.arm("POST", `${ENDPOINT}/listKeys`)).body;
    const before = await listKeys();
    const answer = await azure.arm("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Secondary" });
    expect(answer.status).toBe(202);
    expect(await listKeys()).toEqual(before);
    await azure.finish(answer);
    const after = await listKeys();
    expect(textAt(after, "primaryKey")).toBe(textAt(before, "primaryKey"));
    expect(textAt(after, "secondaryKey")).not.toBe(textAt(before, "secondaryKey"));
  });

  test.each(["Heart", "heart-1", "a2b"])("may be named %s", async (name) => {
    expect((await azure.operate("PUT", path(name), endpointBody())).body).toMatchObject({ status: "Succeeded" });
  });

  test.each(["ab", "1heart", "heart-", "he_art", "a".repeat(33)])("may not be named %s", async (name) => {
    expect(await azure.arm("PUT", path(name), endpointBody())).toMatchObject(
      detail(
        "endpoint",
        `'${name}' is not a valid endpoint name: 3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit.`,
      ),
    );
  });

  test("has a name that nobody else has in the region", async () => {
    const other = WORKSPACE.replace(/heart$/, "second");
    await azure.operate("PUT", other, workspaceBody(azure));
    const taken = await azure.arm("PUT", `${other}/onlineEndpoints/heart-classifier`, endpointBody());
    expect(taken.status).toBe(400);
    expect(JSON.parse(textAt(taken.body, "error.details.0.message"))).toMatchObject({
      errors: { "": [expect.stringMatching(/^There is already an endpoint with this name/)] },
    });
    const elsewhere = { ...endpointBody(), location: "northeurope" };
    expect((await azure.arm("PUT", `${other}/onlineEndpoints/heart-classifier`, elsewhere)).status).toBe(201);
  });

  test.each([
    ["without authMode", { location: LOCATION, properties: {} }, "ValidationError"],
    ["with an unknown authMode", endpointBody({ authMode: "Password" }), "ValidationError"],
    ["without a location", { properties: { authMode: "Key" } }, "LocationRequired"],
  ])("is refused %s", async (_, body, code) => {
    expect(await azure.arm("PUT", path("refused"), body)).toMatchObject(refused(400, { code }));
    expect((await azure.arm("GET", path("refused"))).status).toBe(404);
  });
});

describe("an endpoint that is there", () => {
  test.each([
    ["location", { location: "northeurope" }],
    ["kind", { kind: "K8S" }],
    ["identity", { identity: { type: "None" } }],
    ["compute", { properties: { authMode: "Key", compute: "/subscriptions/x" } }],
  ])("does not change its %s", async (property, change) => {
    expect(await azure.arm("PUT", ENDPOINT, { ...endpointBody(), ...change })).toMatchObject(
      detail(property, `Property '${property}' cannot be changed after the endpoint is created.`),
    );
  });

  test("is replaced as a whole by a PUT: what it leaves out is gone", async () => {
    const full = { ...endpointBody({ description: "first", publicNetworkAccess: "Disabled" }), tags: { a: "b" } };
    await azure.operate("PUT", path("replaced"), full);
    expect(await azure.arm("GET", path("replaced"))).toMatchObject({
      body: { tags: { a: "b" }, properties: { description: "first", publicNetworkAccess: "Disabled" } },
    });
    expect((await azure.arm("PUT", path("replaced"), endpointBody())).status).toBe(201);
    expect(await azure.arm("GET", path("replaced"))).toMatchObject({
      body: { tags: {}, properties: { description: null, publicNetworkAccess: "Enabled" } },
    });
  });

  test("takes tags by PATCH, at once", async () => {
    expect(await azure.arm("PATCH", ENDPOINT, { tags: { patched: "yes" } })).toMatchObject({
      status: 200,
      body: { tags: { patched: "yes" }, properties: { provisioningState: "Succeeded" } },
    });
  });

  test("does one thing at a time: while it is being changed everything else is refused", async () => {
    await azure.arm("PUT", ENDPOINT, endpointBody());
    const busy = refused(409, {
      code: "Conflict",
      message: "Endpoint heart-classifier is in Updating provisioning state; try again later.",
    });
    expect(await azure.arm("PUT", ENDPOINT, endpointBody())).toMatchObject(busy);
    expect(await azure.arm("PATCH", ENDPOINT, { tags: {} })).toMatchObject(busy);
    expect(await azure.arm("DELETE", ENDPOINT)).toMatchObject(busy);
    expect(await azure.arm("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Primary" })).toMatchObject(busy);
    await azure.advance(20);
    expect((await azure.arm("PATCH", ENDPOINT, { tags: {} })).status).toBe(200);
  });

  test("is deleted with 202 and a null body, and is then not there: 204", async () => {
    const name = path("short-lived");
    await azure.operate("PUT", name, endpointBody());
    const deleted = await azure.arm("DELETE", name);
    expect(deleted).toMatchObject({ status: 202, body: null });
    expect(deleted.headers.location).toContain("/mfeOperationResults/oeidp:");
    expect((await azure.arm("GET", String(deleted.headers.location))).status).toBe(202);
    expect(await azure.arm("GET", name)).toMatchObject({ body: { properties: { provisioningState: "Deleting" } } });
    expect(await azure.finish(deleted)).toMatchObject({ status: 200, body: { status: "Succeeded" } });
    expect(await azure.arm("GET", String(deleted.headers.location))).toMatchObject({ status: 200, body: null });
    expect((await azure.arm("GET", name)).status).toBe(404);
    expect((await azure.arm("DELETE", name)).status).toBe(204);
  });

  test("is listed in its workspace", async () => {
    const { body } = await azure.arm("GET", `${WORKSPACE}/onlineEndpoints`);
    const names = (valueAt(body, "value") as { name: string }[]).map(({ name }) => name);
    expect(names).toContain("heart-classifier");
    expect(names).not.toContain("short-lived");
  });
});
