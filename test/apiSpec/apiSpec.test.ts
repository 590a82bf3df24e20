import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ArmExchange } from "../../apiSpec/armExchange";
import { ApiSpec } from "../../apiSpec/apiSpec";
import { WITHOUT_SPECS, specsAreSaved } from "../../apiSpec/savedSpecs";
import { toText } from "../../apiSpec/verdict";

const JSON_HEADERS = { "content-type": "application/json; charset=utf-8" };
const GROUP = "/subscriptions/10ca1000-0000-4000-8000-000000000001/resourceGroups/rg";
const WORKSPACE = `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/mlw`;
const ENDPOINT = `${WORKSPACE}/onlineEndpoints/heart`;
const OPERATION = "https://localhost:1/subscriptions/s/providers/p/locations/l/mfeOperationsStatus/o";
const EXACT = "?api-version=2024-04-01";

type Properties = Readonly<Record<string, unknown>>;

/** A PUT of an endpoint that keeps to the specification, with properties that may break it. */
function putEndpoint(
  request: Properties = {},
  reply: Properties = {},
  changes: Partial<ArmExchange> = {},
): ArmExchange {
  const body = { location: "westeurope", properties: { authMode: "Key", traffic: { blue: 100 } } };
  return {
    method: "PUT",
    url: `${ENDPOINT}${EXACT}`,
    requestHeaders: JSON_HEADERS,
    requestBody: { ...body, properties: { ...body.properties, ...request } },
    status: 201,
    replyHeaders: { ...JSON_HEADERS, "azure-asyncoperation": OPERATION, "x-ms-async-operation-timeout": "PT30M" },
    replyBody: {
      ...{ ...body, id: ENDPOINT, name: "heart" },
      properties: { ...body.properties, provisioningState: "Updating", ...reply },
    },
    ...changes,
  };
}

function answered(method: string, url: string, status: number, replyBody?: unknown): ArmExchange {
  const body = replyBody === undefined ? {} : { replyHeaders: JSON_HEADERS, replyBody };
  return { method, url, requestHeaders: {}, status, replyHeaders: {}, ...body };
}

let apiSpec: ApiSpec;
const folder = mkdtempSync(join(tmpdir(), "api-spec-test-"));
beforeAll(async () => {
  if (specsAreSaved) apiSpec = await ApiSpec.load(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.skipIf(!specsAreSaved)(`the specification${WITHOUT_SPECS}`, () => {
  test("passes an exchange that keeps it", async () => {
    expect(await apiSpec.check(putEndpoint())).toEqual({ basis: "exact", violations: [], deviations: 0 });
  });

  const unknown = { code: "UserError" };
  test.each([
    [
      "an unknown property in a reply",
      putEndpoint({}, { weights: 1 }),
      "reply /properties/weights: Additional properties not allowed: weights",
    ],
    [
      "an unknown property in a request",
      putEndpoint({ weights: 1 }),
      "request /properties/weights: Additional properties not allowed: weights",
    ],
    [
      "a value of the wrong type",
      putEndpoint({}, { traffic: { blue: "100" } }),
      "reply /properties/traffic/blue: Expected type integer but found type string",
    ],
    [
      "a read-only property in a request",
      putEndpoint({ scoringUri: "https://x" }),
      "request /properties/scoringUri: ReadOnly property",
    ],
    [
      "a value outside an enum",
      putEndpoint({}, { authMode: "Password" }),
      "reply /properties/authMode: No enum match for: Password",
    ],
    [
      "an enum value in another case",
      putEndpoint({ authMode: "key" }),
      "request /properties/authMode: Enum does not match case for: key",
    ],
    [
      "an operation that cannot be followed",
      putEndpoint({}, {}, { replyHeaders: JSON_HEADERS }),
      "reply: has neither Azure-AsyncOperation nor Location",
    ],
    [
      "a reply without what is required",
      answered("POST", `${ENDPOINT}/token${EXACT}`, 200),
      "reply /body: Body is required in response but not provided",
    ],
    [
      "a status that is not declared",
      answered("PUT", `${WORKSPACE}${EXACT}`, 201, {}),
      "reply: The swagger file does not define '201' response code",
    ],
    [
      "an error in another form",
      answered("GET", `${ENDPOINT}${EXACT}`, 404, { ...unknown }),
      "reply /code: Additional properties not allowed: code",
    ],
    [
      "an error in another form where none is declared",
      answered("GET", `${GROUP}/providers/Microsoft.Storage/storageAccounts/st?api-version=2023-05-01`, 404, unknown),
      "reply: has no error.code and error.message",
    ],
    [
      "an operation that the specification does not have",
      answered("POST", `${ENDPOINT}/promote${EXACT}`, 200, {}),
      "was served, and the specification has no such operation",
    ],
  ])("finds %s", async (_, exchange, expected) => {
    const { violations } = await apiSpec.check(exchange);
    expect(violations.map(toText).join("\n")).toContain(expected);
  });

  test("lets a client send what it wants as long as it is refused", async () => {
    const error = { error: { code: "BadRequest", message: "authMode must be one of Key, AMLToken, AADToken." } };
    const refused = { status: 400, replyHeaders: JSON_HEADERS, replyBody: error };
    expect(await apiSpec.check(putEndpoint({ authMode: "Password" }, {}, refused))).toMatchObject({ violations: [] });
  });

  test.each([
    ["2022-10-01", "an older version than the saved ones"],
    ["2025-12-01", "a version derived from another one"],
    ["2099-01-01", "a newer version than the saved ones"],
  ])("judges %s, %s, by another version and says so", async (version) => {
    const url = `${ENDPOINT}?api-version=${version}`;
    expect(await apiSpec.check(putEndpoint({}, {}, { url }))).toMatchObject({ basis: "mapped", violations: [] });
    const broken = await apiSpec.check(putEndpoint({}, { weights: 1 }, { url }));
    expect(broken.violations.map(({ rule }) => rule)).toEqual(["OBJECT_ADDITIONAL_PROPERTIES"]);
  });

  test("knows what 2025-12-01 adds to 2024-04-01", async () => {
    const reply = (version: string) => ({
      ...answered("GET", `${ENDPOINT}/deployments/blue?api-version=${version}`, 200, {
        id: `${ENDPOINT}/deployments/blue`,
        location: "westeurope",
        properties: { endpointComputeType: "Managed", startupProbe: { period: "PT10S" } },
      }),
    });
    expect(await apiSpec.check(reply("2025-12-01"))).toMatchObject({ violations: [] });
    const [violation] = (await apiSpec.check(reply("2024-04-01"))).violations;
    expect(violation?.message).toBe("Additional properties not allowed: startupProbe");
  });

  test.each([
    ["a provider without a saved specification", `${GROUP}/providers/Microsoft.Network/virtualNetworks/v${EXACT}`],
    [
      "the address of an operation",
      `${new URL(OPERATION).pathname.replace("/p/", "/Microsoft.MachineLearningServices/")}${EXACT}`,
    ],
    ["a request without a version", ENDPOINT],
  ])("cannot judge %s", async (_, url) => {
    expect(await apiSpec.check(answered("GET", url, 200, {}))).toEqual({
      basis: "none",
      violations: [],
      deviations: 0,
    });
  });

  test("counts what the real service was recorded to do otherwise", async () => {
    const replyHeaders = {
      "azure-asyncoperation": OPERATION,
      location: OPERATION,
      "x-ms-async-operation-timeout": "PT30M",
    };
    const exchange = { ...answered("DELETE", `${ENDPOINT}${EXACT}`, 202), replyHeaders };
    expect(await apiSpec.check(exchange)).toEqual({ basis: "exact", violations: [], deviations: 1 });
  });
});
