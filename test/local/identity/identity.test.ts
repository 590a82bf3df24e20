import { X509Certificate } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestAzure, textAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
});
afterAll(() => azure.close());

const SUBSCRIPTION = (): string => `/subscriptions/${azure.azure.subscriptionId}?api-version=2022-12-01`;
const subscription = (authorization: string | undefined) =>
  azure.send("GET", SUBSCRIPTION(), { headers: authorization === undefined ? {} : { authorization } });

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString("utf8")) as Record<string, unknown>;
}

describe("token service", () => {
  test("gives a bearer token for the asked resource, of this tenant and application, for an hour", async () => {
    const { status, headers, body } = await azure.requestToken({ scope: "https://ml.azure.com/.default" });
    const { tenantId, clientId, url } = azure.azure;
    expect(status).toBe(200);
    expect(headers["cache-control"]).toBe("no-store");
    expect(body).toMatchObject({ token_type: "Bearer", expires_in: 3600 });
    const claims = claimsOf(textAt(body, "access_token"));
    expect(claims).toMatchObject({
      aud: "https://ml.azure.com",
      tid: tenantId,
      appid: clientId,
      iss: `${url}/${tenantId}/v2.0`,
    });
    expect(Number(claims["exp"]) - Number(claims["iat"])).toBe(3600);
  });

  test("takes the credentials as basic authentication too, and refuses what is not encoded as it should be", async () => {
    const { tenantId, clientId, clientSecret } = azure.azure;
    const asked = async (credentials: string): Promise<number> => {
      const { status } = await azure.send("POST", `/${tenantId}/oauth2/v2.0/token`, {
        headers: { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
        body: "grant_type=client_credentials&scope=https://ml.azure.com/.default",
      });
      return status;
    };
    expect(await asked(`${clientId}:${encodeURIComponent(clientSecret)}`)).toBe(200);
    expect(await asked(`${clientId}:%zz`)).toBe(401);
    expect(await asked("nothing")).toBe(400);
  });

  test.each([
    [
      "a wrong secret",
      { client_secret: "wrong" },
      401,
      "invalid_client",
      "AADSTS7000215: invalid client secret provided",
    ],
    [
      "an unknown application",
      { client_id: "other" },
      400,
      "unauthorized_client",
      "AADSTS700016: application not found in the directory",
    ],
    [
      "another grant",
      { grant_type: "password" },
      400,
      "unsupported_grant_type",
      "AADSTS70003: only client_credentials is served here",
    ],
  ])("refuses %s", async (_, form, status, error, description) => {
    expect(await azure.requestToken(form)).toMatchObject({ status, body: { error, error_description: description } });
  });

  test("refuses a request without a scope", async () => {
    const { tenantId, clientId, clientSecret } = azure.azure;
    const body = new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    });
    expect(await azure.send("POST", `/${tenantId}/oauth2/v2.0/token`, { body: body.toString() })).toMatchObject({
      status: 400,
      body: { error: "invalid_request" },
    });
  });
});

describe("Azure Resource Manager", () => {
  test("answers a token of its own audience", async () => {
    expect(await subscription(`Bearer ${await azure.token()}`)).toMatchObject({
      status: 200,
      body: { subscriptionId: azure.azure.subscriptionId, state: "Enabled" },
    });
  });

  test("answers a token for the public cloud's audience, which unconfigured clients ask for", async () => {
    const token = await azure.token("https://management.azure.com/.default");
    expect(await subscription(`Bearer ${token}`)).toMatchObject({ status: 200 });
  });

  test("refuses a request without a token", async () => {
    const answer = await subscription(undefined);
    expect(answer).toMatchObject({
      status: 401,
      body: {
        error: {
          code: "AuthenticationFailed",
          message: "Authentication failed. The 'Authorization' header is missing.",
        },
      },
    });
    expect(answer.headers["www-authenticate"]).toBe("Bearer");
  });

  test("refuses a token for scoring: mixing the two audiences is the classic mistake", async () => {
    const token = await azure.token("https://ml.azure.com/.default");
    expect(await subscription(`Bearer ${token}`)).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAuthenticationTokenAudience" } },
    });
  });

  test.each([
    ["that is no token", () => "nonsense"],
    ["whose claims were changed", (token: string) => tampered(token)],
    ["without a signature", (token: string) => token.split(".").slice(0, 2).join(".")],
  ])("refuses a token %s", async (_, change) => {
    expect(await subscription(`Bearer ${change(await azure.token())}`)).toMatchObject({
      status: 401,
      body: { error: { code: "InvalidAuthenticationToken", message: "The access token is invalid or expired." } },
    });
  });
});

describe("discovery", () => {
  test("the metadata names this server for every service, without a token", async () => {
    const { url } = azure.azure;
    const { host, port } = new URL(url);
    expect(await azure.send("GET", "/metadata/endpoints?api-version=2022-09-01")).toMatchObject({
      status: 200,
      body: {
        name: "LocalAzureML",
        resourceManager: url,
        authentication: { loginEndpoint: url, audiences: [url, "https://management.azure.com/"] },
        suffixes: { storage: `core.local-azure.test:${port}`, keyVaultDns: host },
      },
    });
  });

  test("the OpenID configuration leads to the token service and its public key", async () => {
    const { tenantId } = azure.azure;
    const { body } = await azure.send("GET", `/${tenantId}/v2.0/.well-known/openid-configuration`);
    expect(new URL(textAt(body, "token_endpoint")).pathname).toBe(`/${tenantId}/oauth2/v2.0/token`);
    const keys = await azure.send("GET", textAt(body, "jwks_uri"));
    expect(keys).toMatchObject({ status: 200, body: { keys: [{ kty: "RSA", alg: "RS256" }] } });
    expect(JSON.stringify(keys.body)).not.toMatch(/"(d|p|q)":/);
  });

  test("is trusted only by clients that know its certificate, which is for loopback names and lasts 397 days", async () => {
    await expect(fetch(`${azure.azure.url}/_local/health`)).rejects.toMatchObject({
      cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
    });
    const { subjectAltName, validFrom, validTo } = new X509Certificate(readFileSync(azure.azure.ca));
    expect(subjectAltName).toBe("DNS:localhost, DNS:*.blob.core.local-azure.test, IP Address:127.0.0.1");
    expect((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000).toBeLessThanOrEqual(397);
  });
});

/** The token with a longer life, signed as before. */
function tampered(token: string): string {
  const [head = "", , signature = ""] = token.split(".");
  const claims = { ...claimsOf(token), exp: 9_999_999_999 };
  return `${head}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.${signature}`;
}
