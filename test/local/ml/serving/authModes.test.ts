import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENDPOINT, endpointBody } from "../../../../driver/heartWorkspace";
import { textAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import type { Scoring } from "../../../../driver/scoring";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  ({ azure, endpoint } = await startHeartEndpoint());
});
afterAll(() => azure.close());

const scoreWith = async (authorization: string): Promise<number> =>
  (await endpoint.score({ headers: { authorization } })).status;
const setAuthMode = (authMode: string) =>
  azure.operate("PUT", ENDPOINT, endpointBody({ authMode, traffic: { blue: 100 } }));
const endpointToken = async (path = ENDPOINT): Promise<string> =>
  textAt((await azure.arm("POST", `${path}/token`)).body, "accessToken");

describe("authMode Key", () => {
  test("takes both keys and nothing else", async () => {
    const { body } = await azure.arm("POST", `${ENDPOINT}/listKeys`);
    expect(await scoreWith(`Bearer ${textAt(body, "primaryKey")}`)).toBe(200);
    expect(await scoreWith(`Bearer ${textAt(body, "secondaryKey")}`)).toBe(200);
    for (const other of ["", "Bearer wrong", textAt(body, "primaryKey"), `Bearer ${await azure.token()}`]) {
      expect(await scoreWith(other)).toBe(401);
    }
  });

  test("refuses swagger.json without a key too", async () => {
    expect((await azure.send("GET", endpoint.uri.replace(/score$/, "swagger.json"))).status).toBe(401);
  });

  test("forgets a key that was made again", async () => {
    await azure.operate("POST", `${ENDPOINT}/regenerateKeys`, { keyType: "Primary", keyValue: "the-new-key" });
    expect(await scoreWith(`Bearer ${endpoint.key}`)).toBe(401);
    expect(await scoreWith("Bearer the-new-key")).toBe(200);
  });
});

describe("authMode AMLToken", () => {
  beforeAll(() => setAuthMode("AMLToken"));

  test("takes the endpoint's own token and nothing else", async () => {
    const other = ENDPOINT.replace("heart-classifier", "other");
    await azure.operate("PUT", other, endpointBody({ authMode: "AMLToken" }));
    expect(await scoreWith(`Bearer ${await endpointToken()}`)).toBe(200);
    const refused = ["the-new-key", await endpointToken(other), await azure.token("https://ml.azure.com/.default")];
    for (const token of refused) expect(await scoreWith(`Bearer ${token}`)).toBe(401);
  });

  test("ends a token after 24 hours, as the token itself says, and tells to ask for the next one after 12", async () => {
    await azure.advance(7200);
    const { body } = await azure.arm("POST", `${ENDPOINT}/token`);
    const claims = JSON.parse(
      Buffer.from(textAt(body, "accessToken").split(".")[1] ?? "", "base64url").toString("utf8"),
    ) as { exp: number; iat: number };
    expect(claims.exp - claims.iat).toBe(24 * 3600);
    expect(body).toMatchObject({
      tokenType: "Bearer",
      expiryTimeUtc: claims.exp,
      refreshAfterTimeUtc: (claims.exp + claims.iat) / 2,
    });
  });
});

describe("authMode AADToken", () => {
  beforeAll(() => setAuthMode("AADToken"));

  test("takes an Entra token for scoring; one for the resource manager is the classic mistake", async () => {
    expect(await scoreWith(`Bearer ${await azure.token("https://ml.azure.com/.default")}`)).toBe(200);
    for (const token of [await azure.token(), await endpointToken(), "the-new-key"]) {
      expect(await scoreWith(`Bearer ${token}`)).toBe(401);
    }
  });
});
