import { afterAll, beforeAll, expect, test } from "vitest";
import { AdoptedHeart } from "../../support/adoptedHeart";
import { injectFaults } from "../../../driver/faults";
import { writesOf } from "../../support/rehearsal";

const FAMILY = "Standard DSv2 Family Cluster Dedicated vCPUs";
const TODO = "declare fewer instances or an instanceType of another family, or ask Azure for more quota";
const BLUE = { blue: { modelVersion: "1" } };
const BOTH = { ...BLUE, green: { modelVersion: "2", instanceCount: 2 } };
const CHECKED = /\/locations\/westeurope\/(usages|vmSizes)$/;

let heart: AdoptedHeart;
beforeAll(async () => {
  heart = await AdoptedHeart.start({ coreLimits: { [FAMILY]: 16 } });
});
afterAll(() => heart.close());

/** Previews what is refused, and gives the writes of it. */
const refused = async (message: string) =>
  writesOf(await heart.rehearsal.armTrace(() => expect(heart.rehearsal.stack.preview()).rejects.toThrow(message)));
const reads = async (work: () => Promise<unknown>) =>
  (await heart.rehearsal.armTrace(work)).filter(({ path }) => CHECKED.test(path)).length;

test("deployments that do not fit are refused before the endpoint exists, with nothing written", async () => {
  heart.declare({ deployments: BOTH, traffic: { blue: 100 } });
  const message = `deployments: blue goes from 0 to 1 of Standard_DS3_v2, green goes from 0 to 2 of Standard_DS3_v2: 20 cores more, upgrades reserved, and of the 16 of ${FAMILY} in westeurope 0 are in use; ${TODO}`;
  expect(await refused(message)).toEqual([]);
});

test("those that fit are made, and the preview says what they cost", async () => {
  heart.declare({ deployments: BLUE, hourlyPrices: { Standard_DS3_v2: 0.27 }, currency: "EUR" });
  const { text } = await heart.rehearsal.stack.preview();
  expect(text).toContain("cost     blue 6.48: 6.48 EUR a day\n");
  expect(text).not.toContain("is not checked");
  expect(await reads(() => heart.up())).toBe(2);
});

test("a deployment beside those that run counts them once", async () => {
  heart.declare({ deployments: BOTH });
  const message = `deployments: green goes from 0 to 2 of Standard_DS3_v2: 12 cores more, upgrades reserved, and of the 16 of ${FAMILY} in westeurope 8 are in use; ${TODO}`;
  expect(await refused(message)).toEqual([]);
  heart.declare({ deployments: { ...BLUE, green: { modelVersion: "2" } } });
  expect(writesOf(await heart.up())).toContain("PUT onlineEndpoints/deployments");
});

test("a scale-out that does not fit is refused, a change without one reads no quota", async () => {
  heart.declare({ deployments: { blue: { modelVersion: "1", instanceCount: 2 }, green: { modelVersion: "2" } } });
  expect(await refused("deployments: blue goes from 1 to 2 of Standard_DS3_v2: 4 cores more")).toEqual([]);
  heart.declare({
    deployments: { blue: { modelVersion: "1", tags: { colour: "blue" } }, green: { modelVersion: "2" } },
  });
  expect(await reads(() => heart.up())).toBe(0);
});

test("a quota that nobody may read is said and refuses nothing", async () => {
  const third = { modelVersion: "2", instanceType: "Standard_F4s_v2" };
  heart.declare({ deployments: { ...BLUE, green: { modelVersion: "2" }, third } });
  const denied = { status: 403, body: { error: { code: "AuthorizationFailed", message: "no" } } };
  await injectFaults(heart.rehearsal.azure, { match: "^GET .*/usages$", effect: { http: denied } });
  const { text } = await heart.rehearsal.stack.preview();
  expect(text).toContain("the quota of westeurope is not checked: Azure answers 403 AuthorizationFailed");
});

test("nothing is read when it is not asked for", async () => {
  heart.declare({ checkQuota: false });
  expect(await reads(() => heart.rehearsal.stack.preview())).toBe(0);
});
