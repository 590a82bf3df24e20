import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { keptOperations, renderOperations } from "../../conformance/operationsPage";
import { PARITY_COMMAND, PARITY_FILE, renderParity } from "../../conformance/parity";
import { TOPICS } from "../../conformance/semantics/all";

test("docs/parity.md is up to date", () => {
  const text = existsSync(PARITY_FILE) ? readFileSync(PARITY_FILE, "utf8") : "";
  // A boolean, for the difference of two long tables tells nobody anything.
  expect(text === renderParity(TOPICS), `docs/parity.md is not up to date; run: ${PARITY_COMMAND}`).toBe(true);
});

test("docs/operations.md is up to date", async () => {
  const isUpToDate = keptOperations() === (await renderOperations(PARITY_COMMAND));
  expect(isUpToDate, `docs/operations.md is not up to date; run: ${PARITY_COMMAND}`).toBe(true);
});
