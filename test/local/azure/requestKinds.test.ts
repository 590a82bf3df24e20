import { startLocalAzure } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AzureClient, textAt, valueAt } from "../../../driver/azureClient";
import { createHeartEndpoint, defaultContainer, GROUP } from "../../../driver/heartWorkspace";
import { hangUp, rawRequest } from "../../support/rawRequest";
import { Scoring } from "../../../driver/scoring";

// Not observed: what is wrong on purpose breaks the specification on purpose.
let azure: AzureClient;
beforeAll(async () => {
  azure = new AzureClient(await startLocalAzure());
  await azure.clock({ freeze: true });
  await createHeartEndpoint(azure);
});
afterAll(() => azure.close());

const MB = 1024 * 1024;
const GENERIC = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/large`;
const textOf = (bytes: number) =>
  JSON.stringify({ location: "westeurope", tags: {}, properties: { note: "x".repeat(bytes) } });

describe("a body that is too large", () => {
  test("is refused by Azure Resource Manager above 4 MB, also when it is much larger", async () => {
    for (const megabytes of [4, 40]) {
      expect(await azure.arm("PUT", GENERIC, textOf(megabytes * MB))).toMatchObject({
        status: 413,
        body: {
          error: {
            code: "RequestContentTooLarge",
            message: "The request content size exceeds the maximum size of 4 MB.",
          },
        },
      });
    }
  });

  test("is refused by the data plane above 100 MB, in its own words", async () => {
    const endpoint = await Scoring.of(azure);
    const { status, body } = await endpoint.score({ body: " ".repeat(100 * MB + 1) });
    expect({ status, body }).toEqual({ status: 413, body: { message: "request entity too large" } });
  });

  test.each([
    ["the token service", "/common/oauth2/token"],
    ["the control interface", "/_local/faults"],
  ])("is refused by %s above 1 MB", async (_, path) => {
    const { status, body } = await azure.send("POST", path, { body: "x".repeat(MB + 1) });
    expect({ status, code: valueAt(body, "error.code") }).toEqual({ status: 413, code: "RequestContentTooLarge" });
  });

  test("is fine for a blob", async () => {
    const blob = (await defaultContainer(azure)).getBlockBlobClient("large");
    const content = Buffer.alloc(20 * MB, 1);
    await blob.upload(content, content.length);
    expect((await blob.getProperties()).contentLength).toBe(content.length);
    await blob.delete();
  });
});

test.each([
  ["objects", '{"a":', "}"],
  ["lists", "[", "]"],
])("a body of %s nested 100 000 deep is refused", async (_, open, close) => {
  const nested = `{"location":"westeurope","properties":${open.repeat(100_000)}1${close.repeat(100_000)}}`;
  expect(await azure.arm("PUT", GENERIC, nested)).toMatchObject({
    status: 400,
    body: { error: { code: "InvalidRequestContent" } },
  });
  const last = (await azure.trace("kind=arm")).at(-1);
  expect(last).toMatchObject({ method: "PUT", status: 400 });
  expect(last).not.toHaveProperty("body");
  expect((await azure.send("POST", "/_local/faults", { body: nested })).status).toBe(400);
});

test("brackets inside a text are no nesting", async () => {
  const body = { location: "westeurope", properties: { note: `${"[".repeat(1000)}"\\` } };
  expect((await azure.arm("PUT", GENERIC, body)).status).toBe(201);
});

describe("what is no HTTP request", () => {
  test.each([
    ["no request line", "hello\r\n\r\n", "400 Bad Request", "BadRequest"],
    ["a method that is none", "FROB / HTTP/1.1\r\nhost: localhost\r\n\r\n", "400 Bad Request", "BadRequest"],
    ["a header without a name", "GET / HTTP/1.1\r\nhost: localhost\r\n: x\r\n\r\n", "400 Bad Request", "BadRequest"],
    [
      "two lengths",
      "POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nx",
      "400 Bad Request",
      "BadRequest",
    ],
    [
      "headers of 100 kB",
      `GET / HTTP/1.1\r\nhost: localhost\r\nx-large: ${"x".repeat(100_000)}\r\n\r\n`,
      "431 Request Header Fields Too Large",
      "RequestHeaderFieldsTooLarge",
    ],
    [
      "a path of 100 kB",
      `GET /${"x".repeat(100_000)} HTTP/1.1\r\nhost: localhost\r\n\r\n`,
      "431 Request Header Fields Too Large",
      "RequestHeaderFieldsTooLarge",
    ],
  ])("is refused in the form of ARM: %s", async (_, bytes, status, code) => {
    const reply = await rawRequest(azure.azure, bytes);
    expect(reply.status).toBe(`HTTP/1.1 ${status}`);
    expect(textAt(JSON.parse(reply.body), "error.code")).toBe(code);
    expect(textAt(JSON.parse(reply.body), "error.message")).toMatch(/^The request could not be read: /);
  });

  test.each([
    ["bytes that are no TLS", false, "GET / HTTP/1.1\r\n\r\n"],
    ["half a request", true, "PUT / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000\r\n\r\n{"],
  ])("from a client that hangs up is no harm: %s", async (_, secure, bytes) => {
    await hangUp(azure.azure, secure, bytes);
    expect((await azure.send("GET", "/_local/health")).status).toBe(200);
  });
});
