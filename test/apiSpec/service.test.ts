import { afterEach, describe, expect, test, vi } from "vitest";
import type { ArmExchange } from "../../apiSpec/armExchange";
import { API_SPEC_SERVICE, checkExchanges } from "../../apiSpec/client";
import { Tally } from "../../apiSpec/report";
import { WITHOUT_SPECS, closeEnums, specsAreSaved } from "../../apiSpec/savedSpecs";
import { startApiSpecService } from "../../apiSpec/service";

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A delete of a group that tells where to follow it, or not. */
function deleteGroup(location?: string): ArmExchange {
  return {
    method: "DELETE",
    url: "/subscriptions/10ca1000-0000-4000-8000-000000000001/resourceGroups/rg?api-version=2024-03-01",
    requestHeaders: {},
    status: 202,
    replyHeaders: location === undefined ? {} : { location },
  };
}

describe("the specification service", () => {
  test.skipIf(!specsAreSaved)(
    `tells a test file what it broke, each once, and counts all${WITHOUT_SPECS}`,
    async () => {
      const service = await startApiSpecService();
      vi.stubEnv(API_SPEC_SERVICE, service.url);
      try {
        expect(await checkExchanges([deleteGroup("https://localhost:1/operation")])).toEqual([]);
        expect(await checkExchanges([deleteGroup(), deleteGroup()])).toEqual([
          "ResourceGroups_Delete 202: reply: has neither Azure-AsyncOperation nor Location (ASYNC_HEADERS), 2 times",
          "ResourceGroups_Delete 202: reply: lacks the header location (ASYNC_HEADERS), 2 times",
        ]);
        expect(service.tally.line()).toBe(
          "API specification: 3 exchanges validated, 0 through a mapped API version, 0 without a saved specification, 0 documented deviations, 4 violations",
        );
      } finally {
        service.close();
      }
    },
  );

  test("is missed by a file that runs without it", async () => {
    vi.stubEnv(API_SPEC_SERVICE, undefined);
    await expect(checkExchanges([deleteGroup()])).rejects.toThrow(
      "vitest runs without the global setup test/apiSpec/globalSetup.ts",
    );
  });
});

describe("the closing line", () => {
  test("is not there when nothing was exchanged", () => {
    expect(new Tally().line()).toBeUndefined();
  });

  test("says loudly that the specifications are missing", () => {
    const tally = new Tally();
    tally.skip(7);
    tally.skip(5);
    expect(tally.line()).toBe("API specification: SKIPPED, 12 exchanges not validated: ../shared/specs is missing");
  });
});

test("enums that a specification leaves open are closed", () => {
  const open = '\uFEFF{"enum":["a"],"x-ms-enum":{"name":"E","modelAsString":true}}';
  expect(closeEnums(open)).toBe('{"enum":["a"],"x-ms-enum":{"name":"E","modelAsString":false}}');
});
