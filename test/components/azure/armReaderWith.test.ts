import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { armReaderWith } from "../../../components/azure/armReaderWith";
import * as https from "../../../components/azure/https";
import { TestAzure } from "../../support/localAzure";
import { trust } from "../../support/trust";

let azure: TestAzure;
let good: string;
beforeAll(async () => {
  azure = await TestAzure.start();
  good = await azure.token();
});
beforeEach(() => trust(azure.azure.ca));
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(() => azure.close());

const GROUPS = (): string => `/subscriptions/${azure.azure.subscriptionId}/resourcegroups?api-version=2021-04-01`;
/** One that Azure does not take, for the same address. */
const stale = (): string => `${good.split(".").slice(0, 2).join(".")}.c2lnbmF0dXJl`;

test("a token that Azure refuses is renewed once", async () => {
  const tokens = vi.fn<(renewed: boolean) => Promise<string>>((renewed) => Promise.resolve(renewed ? good : stale()));
  expect(await armReaderWith(tokens).list(GROUPS())).toEqual([]);
  expect(tokens.mock.calls).toEqual([[false], [true]]);
});

test("and no more often", async () => {
  const tokens = vi.fn<() => Promise<string>>(() => Promise.resolve(stale()));
  await expect(armReaderWith(tokens).list(GROUPS())).rejects.toThrow("Azure answers 401 InvalidAuthenticationToken");
  expect(tokens).toHaveBeenCalledTimes(2);
});

test("a page of a proxy is no answer", async () => {
  vi.spyOn(https, "sendHttps").mockResolvedValue({ status: 200, headers: {}, text: "<html>" });
  const reader = armReaderWith(() => Promise.resolve(good));
  await expect(reader.get(GROUPS())).rejects.toThrow(
    /^localhost:\d+ answers no JSON; a proxy may have taken its place$/,
  );
});

test("a page that leads elsewhere is not followed", async () => {
  const text = JSON.stringify({ value: [1], nextLink: "https://example.com/more" });
  const send = vi.spyOn(https, "sendHttps").mockResolvedValue({ status: 200, headers: {}, text });
  const reader = armReaderWith(() => Promise.resolve(good));
  await expect(reader.list(GROUPS())).rejects.toThrow("https://example.com is not Azure Resource Manager");
  expect(send).toHaveBeenCalledTimes(1);
});
