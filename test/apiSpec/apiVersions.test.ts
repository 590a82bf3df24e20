import { describe, expect, test } from "vitest";
import { ApiVersions, addressOf } from "../../apiSpec/apiVersions";

const ML = "Microsoft.MachineLearningServices";
const versions = new ApiVersions(
  [
    `/specs/ml/${ML}/stable/2024-04-01/mfe.json`,
    `/specs/ml/${ML}/stable/2024-04-01/workspaces.json`,
    `/specs/ml/${ML}/stable/2025-12-01/mfe.json`,
  ],
  new Set([`${ML.toLowerCase()}/2025-12-01`]),
);

describe("the address of a request", () => {
  test.each([
    ["a resource", `/subscriptions/s/resourceGroups/g/providers/${ML}/workspaces/w`, ML.toLowerCase()],
    ["an extension of a resource", `/subscriptions/s/providers/${ML}/workspaces/w/providers/X.Y/z/1`, "x.y"],
    ["a resource group", "/subscriptions/s/resourceGroups/g", "microsoft.resources"],
  ])("names the provider of %s", (_, path, provider) => {
    expect(addressOf(`${path}?API-Version=2024-04-01`).provider).toBe(provider);
  });

  test("is without a version when the request names none", () => {
    expect(addressOf("/subscriptions/s?version=1")).toEqual({ provider: "microsoft.resources", version: undefined });
  });
});

describe("the version that judges", () => {
  test.each([
    ["2024-04-01", { version: "2024-04-01", exact: true }],
    ["2025-12-01", { version: "2025-12-01", exact: false }],
    ["2022-10-01", { version: "2024-04-01", exact: false }],
    ["2024-10-01", { version: "2024-04-01", exact: false }],
    ["2026-05-01", { version: "2025-12-01", exact: false }],
  ])("of a request that names %s", (version, chosen) => {
    expect(versions.choose({ provider: ML.toLowerCase(), version })).toEqual(chosen);
  });

  test("is none for a provider that nothing is saved of", () => {
    expect(versions.choose({ provider: "microsoft.network", version: "2024-04-01" })).toBeUndefined();
  });
});
