import { afterAll, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { ENDPOINT, endpointBody } from "../../../../driver/heartWorkspace";
import { textAt } from "../../../support/localAzure";
import type { TestAzure } from "../../../support/localAzure";
import type { Scoring } from "../../../../driver/scoring";
import { startHeartEndpoint } from "../../../support/heartEndpoint";

const START = Date.now();
const MINUTE = 60_000;
let azure: TestAzure;
let endpoint: Scoring;
beforeAll(async () => {
  // Tokens end in real time, whatever the virtual clock does.
  vi.useFakeTimers({ toFake: ["Date"], now: START });
  ({ azure, endpoint } = await startHeartEndpoint());
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
