import { expect, test } from "vitest";
import { differencesIn } from "../../acceptance/report";
import type { ObservedEndpoint } from "../../acceptance/observedEndpoint";
import { DESTROY, shownCommand, walkSteps } from "../../acceptance/steps";
import { SEMANTICS } from "../../conformance/semantics/all";

const SETTING = {
  resourceGroup: "rg-a",
  location: "westeurope",
  instanceType: "Standard_F2s_v2",
  models: ["models/blue", "models/green", "/tmp/broken"],
} as const;
const STEPS = [...walkSteps(SETTING), DESTROY];

/** An endpoint on which nothing is as it should be. */
const WRONG = {
  requests: { sent: 10, lost: 3 },
  weights: () => Promise.resolve({ nobody: 1 }),
  traffic: () => Promise.resolve({ nobody: 1 }),
  state: () => Promise.resolve("Creating"),
  endpointStatus: () => Promise.resolve(200),
  setWeights: () => Promise.resolve(),
  measure: (requests: number) => Promise.resolve({ nobody: requests }),
  addressed: () => Promise.resolve(0),
} as unknown as ObservedEndpoint;

test("each id in the report is that of a semantic, or of the walk", async () => {
  const known = new Set(SEMANTICS.map(({ id }) => id));
  const observed = await Promise.all(
    STEPS.map(async ({ before, after }) => [...((await before?.(WRONG)) ?? []), ...(await after(WRONG, "what?"))]),
  );
  const differences = differencesIn(observed.flat());
  expect(differences.map(({ id }) => id).filter((id) => !known.has(id) && !id.startsWith("walk-"))).toEqual([]);
  expect(differences).toHaveLength(observed.flat().length);
  expect(differences.length).toBeGreaterThan(10);
});

test("a difference has the claim of its semantic, and what was seen", () => {
  const seen = { id: "delete-at-zero", expected: "404", seen: "200" };
  expect(differencesIn([{ id: "route-all", expected: "all" }, seen])).toEqual([
    {
      id: "delete-at-zero",
      claim: "A deployment without traffic is deleted, and requests are served meanwhile.",
      seen: "200",
      found: "walk",
    },
  ]);
});

test("commands can be typed as they are shown", () => {
  const [first, , second] = STEPS.map(({ commands }) => commands.map(shownCommand));
  expect(first).toContain("pulumi config set --path 'modelVersions[\"1\"]' models/blue");
  expect(second?.at(-1)).toBe("pulumi up");
});
