import { expect, test } from "vitest";
import type { ArmExchange } from "../../apiSpec/armExchange";
import { WITHOUT_SPECS, specsAreSaved } from "../../apiSpec/savedSpecs";
import { checkApiSpec } from "../../conformance/apiSpecCheck";

/** A delete of a group that does not tell where it is followed. */
const EXCHANGE: ArmExchange = {
  method: "DELETE",
  url: "/subscriptions/10ca1000-0000-4000-8000-000000000001/resourceGroups/rg?api-version=2024-03-01",
  requestHeaders: {},
  status: 202,
  replyHeaders: {},
};

test.skipIf(!specsAreSaved)(`exchanges are counted, and each violation is told once${WITHOUT_SPECS}`, async () => {
  const { exchanges, violations } = await checkApiSpec([EXCHANGE, EXCHANGE]);
  expect(exchanges).toBe(2);
  expect(violations).toHaveLength(2);
  expect(violations[0]).toMatch(/^ResourceGroups_Delete 202: .*, 2 times$/);
});

test("without the specifications nothing is counted, and that is said", async () => {
  expect(await checkApiSpec([EXCHANGE], false)).toEqual({
    exchanges: 0,
    violations: [],
    skipped: "API specification: SKIPPED, 1 exchanges not validated: ../shared/specs is missing",
  });
});
