import { afterEach, describe, expect, test, vi } from "vitest";
import { InitFailed } from "../../../../../local/src/pulumi/plugins/provider";
import { ScriptedAzure } from "../../../../support/scriptedAzure";
import type { Scripted } from "../../../../support/scriptedAzure";

const TYPE = "azure-native:machinelearningservices:OnlineEndpoint";
const INPUTS = {
  resourceGroupName: "g",
  workspaceName: "w",
  endpointName: "e",
  location: "westeurope",
  azureApiVersion: "2025-12-01",
  properties: { authMode: "Key" },
};
const ID =
  "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e";
const OPERATION = { "azure-asyncoperation": "https://localhost:1/operation" };
const NONE: Scripted = [404, { error: { code: "ResourceNotFound", message: "Not there." } }];
const THERE: Scripted = [200, { id: ID, properties: { authMode: "Key", description: null, tags: [null] } }];

afterEach(() => {
  vi.unstubAllGlobals();
});

function createWith(replies: Readonly<Record<string, readonly Scripted[]>>) {
  const azure = new ScriptedAzure({ [`GET ${ID}`]: [NONE, THERE], [`PUT ${ID}`]: [[201, {}, OPERATION]], ...replies });
  const created = azure.provider.create({ type: TYPE, inputs: INPUTS, preview: false });
  return { azure, created };
}

const operation = (...states: readonly Scripted[]) => ({ "GET /operation": states });
const running: Scripted = [200, { status: "InProgress" }];
const succeeded: Scripted = [200, { status: "Succeeded" }];

describe("a create", () => {
  test("looks whether it is there, waits for the end, reads it once for the end and once for its outputs", async () => {
    const { azure, created } = createWith(operation(running, succeeded));
    expect((await created).outputs).toEqual({
      id: ID,
      properties: { authMode: "Key", tags: [null] },
      azureApiVersion: "2025-12-01",
    });
    expect(azure.lines).toEqual([
      `GET ${ID}`,
      `PUT ${ID}`,
      "GET /operation",
      "GET /operation",
      `GET ${ID}`,
      `GET ${ID}`,
    ]);
    expect(azure.requests[1]?.body).toEqual({ location: "westeurope", properties: { authMode: "Key" } });
    expect(azure.waits).toEqual([10]);
  });

  test.each<[string, Readonly<Record<string, string>>, readonly number[]]>([
    ["waits as long as Azure asks for, before the first look too", { "retry-after": "3" }, [3, 3]],
    ["looks at once and then every 10 s otherwise", {}, [10]],
  ])("%s", async (_, headers, waits) => {
    const { azure, created } = createWith({
      [`PUT ${ID}`]: [[201, {}, { ...OPERATION, ...headers }]],
      "GET /operation": [[200, { status: "InProgress" }, headers], succeeded],
    });
    await created;
    expect(azure.waits).toEqual(waits);
  });

  test("keeps what the write answered when it cannot be read afterwards", async () => {
    const { created } = createWith({ ...operation(succeeded), [`GET ${ID}`]: [NONE, THERE, [403, {}]] });
    expect((await created).outputs).toMatchObject({ properties: { authMode: "Key" } });
  });

  const failed: Scripted = [
    200,
    { status: "Failed", error: { code: "OutOfCapacity", message: 'No "D3".', details: [{ code: "X", message: "y" }] } },
  ];
  const OUT = 'Status=200 Code="OutOfCapacity" Message="No "D3"."';

  test("that fails tells status, code and message without quoting them, no details, and keeps what is there", async () => {
    const error = await createWith(operation(failed)).created.catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(InitFailed);
    const { reasons, state } = error as InitFailed;
    expect(reasons).toEqual([OUT]);
    expect(state).toMatchObject({ id: ID, inputs: INPUTS, outputs: { properties: { authMode: "Key" } } });
  });

  test("that fails and left nothing keeps nothing, as newer versions do", async () => {
    const { created } = createWith({ ...operation(failed), [`GET ${ID}`]: [NONE] });
    const error = await created.catch((caught: unknown) => caught);
    expect(error).not.toBeInstanceOf(InitFailed);
    expect(error).toMatchObject({ message: OUT });
  });

  test("that fails and cannot be read is kept without outputs", async () => {
    const { created } = createWith({
      ...operation(failed),
      [`GET ${ID}`]: [NONE, [403, { error: { code: "No", message: "no" } }]],
    });
    expect(await created.catch((caught: unknown) => caught)).toMatchObject({
      reasons: [`resource created but read failed Status=403 Code="No" Message="no": ${OUT}`],
      state: { id: ID, outputs: {} },
    });
  });

  test("fails when what it created is not found at its end", async () => {
    const { created } = createWith({ ...operation(succeeded), [`GET ${ID}`]: [NONE] });
    await expect(created).rejects.toThrow('Status=404 Code="ResourceNotFound" Message="Not there."');
  });

  test.each<[string, Scripted, string]>([
    ["what is there", THERE, `cannot create already existing resource '${ID}'`],
    ["what cannot be looked for", [403, "no"], `cannot check existence of resource '${ID}': status code 403, no`],
  ])("refuses %s", async (_, first, message) => {
    await expect(createWith({ [`GET ${ID}`]: [first] }).created).rejects.toThrow(message);
  });

  test.each<[string, Scripted, string]>([
    ["no code", [400, { error: { message: "No." } }], 'Status=400 Message="No."'],
    ["no message", [400, { error: { code: "Bad" } }], 'Status=400 Code="Bad" Message="{"error":{"code":"Bad"}}"'],
    [
      "a code in a header",
      [400, { error: { message: "No." } }, { "x-ms-error-code": "Bad" }],
      'Status=400 Code="Bad" Message="No."',
    ],
    [
      "a page",
      [400, "<p>no</p>"],
      `PUT https://localhost:1${ID}\n${"-".repeat(80)}\nRESPONSE 400: 400 Bad Request\nERROR CODE UNAVAILABLE\n${"-".repeat(80)}\n<p>no</p>\n${"-".repeat(80)}\n`,
    ],
  ])("tells a refusal with %s", async (_, refusal, message) => {
    const error = await createWith({ [`PUT ${ID}`]: [refusal] }).created.catch((caught: unknown) => caught);
    expect((error as Error).message).toBe(message);
  });
});

describe("what did not get through is tried three times more", () => {
  test.each<[string, Scripted, readonly number[], string]>([
    [
      "a server error",
      [503, { error: { code: "Busy", message: "Busy." } }],
      [20, 60, 120],
      'Status=503 Code="Busy" Message="Busy."',
    ],
    [
      "as Azure asks for",
      [429, { error: { code: "Slow", message: "Slow." } }, { "retry-after": "7" }],
      [7, 7, 7],
      'Status=429 Code="Slow" Message="Slow."',
    ],
    [
      "unless that is too long",
      [429, { error: { code: "Slow", message: "Slow." } }, { "retry-after": "121" }],
      [],
      'Status=429 Code="Slow" Message="Slow."',
    ],
    [
      "a conflict that passes",
      [409, { error: { code: "AnotherOperationInProgress", message: "x" } }],
      [20, 60, 120],
      "AnotherOperationInProgress",
    ],
    [
      "and no other one",
      [409, { error: { code: "Conflict", message: "x" } }],
      [],
      'Status=409 Code="Conflict" Message="x"',
    ],
    ["a connection that breaks", "gone", [20, 60, 120], `Put "https://localhost:1${ID}?api-version=2025-12-01": EOF`],
  ])("%s", async (_, refusal, waits, message) => {
    const { azure, created } = createWith({ [`PUT ${ID}`]: [refusal] });
    await expect(created).rejects.toThrow(message);
    expect(azure.waits).toEqual(waits);
  });
});

test("a delete looks every 30 s how it goes", async () => {
  const azure = new ScriptedAzure({
    [`DELETE ${ID}`]: [[202, {}, { location: "https://localhost:1/result" }]],
    "GET /result": [[202, {}], [202, {}], [204]],
  });
  await azure.provider.delete({ type: TYPE, id: ID, inputs: INPUTS, outputs: {} });
  expect(azure.waits).toEqual([30, 30]);
});

test("a failed read by a function says what was asked", async () => {
  const azure = new ScriptedAzure({});
  await expect(azure.provider.invoke("azure-native:machinelearningservices:getOnlineEndpoint", INPUTS)).rejects.toThrow(
    `request failed ${ID}: Status=404 Code="ResourceNotFound" Message="Not there."`,
  );
});

test("a machine where no local Azure answers is told what to start", async () => {
  const refused = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
  const azure = new ScriptedAzure({});
  vi.stubGlobal("fetch", () => Promise.reject(new TypeError("fetch failed", { cause: refused })));
  await expect(azure.provider.create({ type: TYPE, inputs: INPUTS, preview: false })).rejects.toThrow(
    'no local Azure answers at https://localhost:1; start it with "npx mlflow-rollout local", and source the env.sh that it names',
  );
});

describe("lists of resources of their own", () => {
  const VAULT = "azure-native:keyvault:Vault";
  const VAULT_ID = "/subscriptions/s/resourceGroups/g/providers/Microsoft.KeyVault/vaults/v";
  const vault = { resourceGroupName: "g", vaultName: "v", location: "x", properties: { tenantId: "t" } };
  const policies = [{ objectId: "o" }];

  test("begin empty, and stay as they are when the program names none", async () => {
    const there: Scripted = [200, { properties: { tenantId: "t", accessPolicies: policies } }];
    const azure = new ScriptedAzure({ [`GET ${VAULT_ID}`]: [NONE, there], [`PUT ${VAULT_ID}`]: [[200, {}]] });
    await azure.provider.create({ type: VAULT, inputs: vault, preview: false });
    await azure.provider.update({ type: VAULT, id: VAULT_ID, inputs: vault, olds: {}, preview: false });
    const bodies = azure.requests.filter(({ line }) => line.startsWith("PUT")).map(({ body }) => body);
    expect(bodies).toEqual([
      { location: "x", properties: { tenantId: "t", accessPolicies: [] } },
      { location: "x", properties: { tenantId: "t", accessPolicies: policies } },
    ]);
  });

  test("are written as the program names them", async () => {
    const azure = new ScriptedAzure({ [`GET ${VAULT_ID}`]: [NONE], [`PUT ${VAULT_ID}`]: [[200, {}]] });
    const inputs = { ...vault, properties: { tenantId: "t", accessPolicies: policies } };
    await azure.provider.create({ type: VAULT, inputs, preview: false });
    expect(azure.requests[1]?.body).toMatchObject({ properties: { accessPolicies: policies } });
  });
});
