import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { createHeartEndpoint, ENDPOINT, endpointBody } from "../../../../driver/heartWorkspace";
import { TestAzure, textAt } from "../../../support/localAzure";
import { Scoring } from "../../../../driver/scoring";

const START = Date.now();
const MINUTE = 60_000;
let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  // Tokens end in real time, whatever the virtual clock does.
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  azure = await TestAzure.start();
  await createHeartEndpoint(azure);
  endpoint = await Scoring.of(azure);
});
beforeEach(() => vi.setSystemTime(START));
afterAll(async () => {
  await azure.close();
  vi.useRealTimers();
});

const scoreWith = async (token: string): Promise<number> =>
  (await endpoint.score({ headers: { authorization: `Bearer ${token}` } })).status;

test.each([
  ["AADToken", 60, () => azure.token("https://ml.azure.com/.default")],
  ["AMLToken", 24 * 60, async () => textAt((await azure.arm("POST", `${ENDPOINT}/token`)).body, "accessToken")],
])("authMode %s refuses a token after %i minutes", async (authMode, minutes, ask) => {
  await azure.operate("PUT", ENDPOINT, endpointBody({ authMode, traffic: { blue: 100 } }));
  const token = await ask();
  vi.setSystemTime(START + (minutes - 1) * MINUTE);
  expect(await scoreWith(token)).toBe(200);
  vi.setSystemTime(START + (minutes + 1) * MINUTE);
  expect(await scoreWith(token)).toBe(401);
});
