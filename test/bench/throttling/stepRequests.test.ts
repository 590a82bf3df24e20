import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { requestName, stepRequestsTable } from "../../../bench/throttling/stepRequests";
import { DOCS } from "../../../driver/paths";

test("docs/performance.md has the table of the requests of a step", () => {
  expect(readFileSync(join(DOCS, "performance.md"), "utf8")).toContain(`\n${stepRequestsTable()}\n`);
});

test.each([
  ["GET", "/subscriptions/s/resourceGroups/g", false, "GET resourceGroups"],
  [
    "POST",
    "/subscriptions/s/resourceGroups/g/providers/P/workspaces/w/onlineEndpoints/e/listKeys",
    false,
    "POST listKeys",
  ],
  [
    "PUT",
    "/subscriptions/s/resourceGroups/g/providers/P/workspaces/w/onlineEndpoints/e",
    true,
    "PUT onlineEndpoints, inside",
  ],
])("%s %s is named by its last type", (method, path, isInside, name) => {
  expect(requestName(method, path, isInside)).toBe(name);
});
