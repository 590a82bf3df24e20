import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { checkQuota, needsQuota, reservedInstances } from "../../../components/rollout/quota";
import type { DeploymentSizes, QuotaFacts } from "../../../components/rollout/quota";

const DSV2 = "Standard DSv2 Family Cluster Dedicated vCPUs";
const FSV2 = "Standard FSv2 Family Cluster Dedicated vCPUs";
const NCSV3 = "Standard NCSv3 Family Cluster Dedicated vCPUs";
const VM_SIZES = [
  { name: "Standard_DS2_v2", family: "standardDSv2Family", cores: 2, gpus: 0 },
  { name: "Standard_DS3_v2", family: "standardDSv2Family", cores: 4, gpus: 0 },
  { name: "Standard_F4s_v2", family: "standardFSv2Family", cores: 4, gpus: 0 },
  { name: "Standard_NC6s_v3", family: "standardNCSv3Family", cores: 6, gpus: 1 },
];

const size = (instances: number, instanceType = "Standard_DS3_v2") => ({
  instanceType,
  instances,
  mostInstances: instances,
});
const facts = (sizes: DeploymentSizes, more: Partial<QuotaFacts> = {}): QuotaFacts => ({
  location: "westeurope",
  sizes,
  live: {},
  vmSizes: VM_SIZES,
  quotas: [{ family: DSV2, used: 0, limit: 16 }],
  ...more,
});
const used = (family: string, cores: number, limit: number) => [{ family, used: cores, limit }];

test.each([
  [0, 0],
  [1, 2],
  [4, 5],
  [5, 6],
  [6, 8],
  [50, 60],
])("for %i machines %i are reserved", (instances, reserved) => {
  expect(reservedInstances(instances)).toBe(reserved);
});

property.prop([fc.integer({ min: 1, max: 1000 })])("a fifth is reserved, and less than a machine more", (instances) => {
  expect(reservedInstances(instances) * 5).toBeGreaterThanOrEqual(instances * 6);
  expect((reservedInstances(instances) - 1) * 5).toBeLessThan(instances * 6);
});

describe("it fits", () => {
  test.each<[string, QuotaFacts]>([
    ["when both colours fill the quota", facts({ default: size(1), green: size(1) })],
    [
      "when what exists is in use already",
      facts({ default: size(1), green: size(1) }, { live: { default: 1 }, quotas: used(DSV2, 8, 16) }),
    ],
    [
      "when nothing is added, however full it is",
      facts({ default: size(1) }, { live: { default: 1 }, quotas: used(DSV2, 20, 16) }),
    ],
    [
      "when one gives back what the other takes",
      facts({ default: size(1), green: size(1) }, { live: { default: 2 }, quotas: used(DSV2, 12, 16) }),
    ],
    ["in another family", facts({ default: size(9, "Standard_F4s_v2") })],
    ["in a size that is not listed", facts({ default: size(9, "Standard_HB120") })],
    ["without a limit", facts({ default: size(9) }, { quotas: used(DSV2, 0, -1) })],
    ["on a GPU without a reserve", facts({ default: size(4, "Standard_NC6s_v3") }, { quotas: used(NCSV3, 0, 24) })],
  ])("%s", (_, given) => {
    expect(checkQuota(given)).toEqual([]);
  });
});

const TODO = "declare fewer instances or an instanceType of another family, or ask Azure for more quota";

test.each<[string, QuotaFacts, string]>([
  [
    "both colours",
    facts({ default: size(1), green: size(2) }),
    `default goes from 0 to 1 of Standard_DS3_v2, green goes from 0 to 2 of Standard_DS3_v2: 20 cores more, upgrades reserved, and of the 16 of ${DSV2} in westeurope 0 are in use`,
  ],
  [
    "a scale-out",
    facts({ default: size(4, "standard_ds2_v2") }, { live: { default: 1 }, quotas: used(DSV2, 13, 16) }),
    `default goes from 1 to 4 of Standard_DS2_v2: 6 cores more, upgrades reserved, and of the 16 of ${DSV2} in westeurope 13 are in use`,
  ],
  [
    "a deployment beside one that leaves",
    facts({ green: size(1) }, { live: {}, quotas: used(DSV2, 9, 16) }),
    `green goes from 0 to 1 of Standard_DS3_v2: 8 cores more, upgrades reserved, and of the 16 of ${DSV2} in westeurope 9 are in use`,
  ],
  [
    "machines with GPUs",
    facts({ default: size(5, "Standard_NC6s_v3") }, { quotas: used(NCSV3, 0, 24) }),
    `default goes from 0 to 5 of Standard_NC6s_v3: 30 cores more, upgrades reserved, and of the 24 of ${NCSV3} in westeurope 0 are in use`,
  ],
])("%s that do not fit are refused with the numbers", (_, given, reason) => {
  expect(checkQuota(given)).toEqual([{ path: "deployments", reason: `${reason}; ${TODO}` }]);
});

test("each family that is too small is named", () => {
  const quotas = [...used(DSV2, 16, 16), ...used(FSV2, 0, 4)];
  const broken = checkQuota(facts({ default: size(1), green: size(1, "Standard_F4s_v2") }, { quotas }));
  expect(broken.map(({ reason }) => /of the \d+ of (.*) in west/.exec(reason)?.[1])).toEqual([DSV2, FSV2]);
});

property.prop([fc.nat(20), fc.nat(20), fc.nat(20), fc.nat(100), fc.nat(200)])(
  "it is refused exactly when what is in use and what is added exceed the limit",
  (declared, other, live, inUse, limit) => {
    const sizes = { default: size(declared), green: size(other) };
    const more = (reservedInstances(declared) + reservedInstances(other) - reservedInstances(live)) * 4;
    const broken = checkQuota(facts(sizes, { live: { default: live }, quotas: used(DSV2, inUse, limit) }));
    expect(broken).toHaveLength(more > 0 && inUse + more > limit ? 1 : 0);
  },
);

test("quota is needed for what is new or grows only", () => {
  const sizes = { default: size(2), green: size(1) };
  expect(needsQuota(sizes, { default: 2, green: 1 })).toBe(false);
  expect(needsQuota(sizes, { default: 3, green: 1 })).toBe(false);
  expect(needsQuota(sizes, { default: 1, green: 1 })).toBe(true);
  expect(needsQuota(sizes, { default: 2 })).toBe(true);
});
