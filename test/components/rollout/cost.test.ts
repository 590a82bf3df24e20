import { fc, test as property } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { dailyCost, describeCost } from "../../../components/rollout/cost";
import type { Prices } from "../../../components/rollout/cost";
import type { DeploymentSizes } from "../../../components/rollout/quota";

const size = (instances: number, instanceType = "Standard_DS3_v2", mostInstances = instances) => ({
  instanceType,
  instances,
  mostInstances,
});
const BOTH = { default: size(2), green: size(1) };
const EUR: Prices = { hourlyPrices: { standard_ds3_v2: 0.27 }, currency: "EUR" };

test.each<[string, DeploymentSizes, Prices, string]>([
  ["both colours", BOTH, EUR, "cost     default 12.96, green 6.48: 19.44 EUR a day"],
  ["no currency", BOTH, { hourlyPrices: EUR.hourlyPrices }, "cost     default 12.96, green 6.48: 19.44 a day"],
  [
    "autoscale",
    { default: size(2, "Standard_DS3_v2", 5), green: size(1) },
    EUR,
    "cost     default 12.96, green 6.48: 19.44 to 38.88 EUR a day",
  ],
  [
    "a size without a price",
    { ...BOTH, green: size(1, "Standard_F4s_v2") },
    EUR,
    "cost     default 12.96: 12.96 EUR a day; no price for Standard_F4s_v2",
  ],
  ["no price at all", BOTH, { hourlyPrices: {} }, "cost     no price for Standard_DS3_v2"],
])("the cost of %s is said in one line", (_, sizes, prices, line) => {
  expect(describeCost(dailyCost(sizes, prices))).toBe(line);
});

test("the cost is an object for machines", () => {
  expect(dailyCost({ ...BOTH, canary: size(1, "Standard_F4s_v2") }, EUR)).toEqual({
    currency: "EUR",
    deployments: { default: 12.96, green: 6.48 },
    total: 19.44,
    most: 19.44,
    unpriced: ["Standard_F4s_v2"],
  });
});

property.prop([fc.nat(50), fc.nat(50), fc.double({ min: 0, max: 100, noNaN: true })])(
  "the total is that of the deployments, but for rounding",
  (first, second, price) => {
    const cost = dailyCost({ a: size(first), b: size(second) }, { hourlyPrices: { Standard_DS3_v2: price } });
    const sum = Object.values(cost.deployments).reduce((all, each) => all + each, 0);
    expect(Math.abs(cost.total - sum)).toBeLessThanOrEqual(0.011);
    expect(Math.abs(cost.total - (first + second) * price * 24)).toBeLessThanOrEqual(0.0051);
  },
);
