import * as pulumi from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

const PRICE = "must be the price of one machine for an hour, 0 or more, got";

test.each<[Readonly<Record<string, unknown>>, readonly string[]]>([
  [{ checkQuota: false, hourlyPrices: { Standard_DS3_v2: 0.27, Standard_F4s_v2: 0 }, currency: "EUR" }, []],
  [{ checkQuota: "no" }, ['checkQuota: must be true or false, got "no"']],
  [{ hourlyPrices: 0.27 }, ["hourlyPrices: must be a map such as { Standard_DS3_v2: 0.27 }, got 0.27"]],
  [
    { hourlyPrices: { a: -1, b: "0.27", c: Number.NaN, d: Infinity } },
    [
      `hourlyPrices.a: ${PRICE} -1`,
      `hourlyPrices.b: ${PRICE} "0.27"`,
      `hourlyPrices.c: ${PRICE} NaN`,
      `hourlyPrices.d: ${PRICE} Infinity`,
    ],
  ],
  [{ currency: "EUR" }, ["currency: needs hourlyPrices; give them, or leave it out"]],
  [{ currency: " ", hourlyPrices: {} }, ["currency: must name the currency of hourlyPrices, such as EUR, got nothing"]],
  [
    { hourlyPrices: { Standard_DS3_v2: pulumi.output(0.27) } },
    [
      "hourlyPrices.Standard_DS3_v2: must be a plain value, got an output; take it from stack config or write it in the program",
    ],
  ],
])("%o", (args, lines) => {
  expect(problemsWith(args)).toEqual(lines);
});

test("the machines of a cluster have no price here", () => {
  const compute =
    "/subscriptions/s/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/mlw/computes/aks";
  expect(problemsWith({ compute, hourlyPrices: { small: 1 } })).toEqual([
    "hourlyPrices: is for Azure's own machines; on Kubernetes the cluster is paid for",
  ]);
});
