import { fc } from "@fast-check/vitest";
import { expect, test } from "vitest";
import { recordName } from "../../../components/rollout/recordName";

const LONGEST = { workspace: "w".repeat(33), endpoint: "e".repeat(32) };
const workspaceName = fc.stringMatching(/^[a-z0-9][-_a-z0-9]{2,32}$/);
const endpointName = fc.stringMatching(/^[a-z][-a-z0-9]{1,30}[a-z0-9]$/);

test("it names workspace and endpoint", () => {
  expect(recordName("mlw-heart", "heart")).toBe("mlw-heart.heart-traffic");
  expect(recordName("mlw-heart", "heart", "traffic-restored")).toBe("mlw-heart.heart-traffic-restored");
});

test("it ends with a hash of a workspace whose name does not fit, whatever its case", () => {
  const name = recordName(LONGEST.workspace, LONGEST.endpoint);
  expect(name).toMatch(/^e{32}-traffic\.[0-9a-f]{8}$/);
  expect(recordName(LONGEST.workspace.toUpperCase(), LONGEST.endpoint)).toBe(name);
});

test("it is one that Azure takes", () => {
  fc.assert(
    fc.property(
      workspaceName,
      endpointName,
      fc.constantFrom("traffic", "traffic-restored"),
      (workspace, endpoint, step) => {
        expect(recordName(workspace, endpoint, step)).toMatch(/^[-\w.()]{1,63}[-\w()]$/);
      },
    ),
  );
});

test("two endpoints have two names, though their names and those of their workspaces meet", () => {
  const part = fc.stringMatching(/^[ab]-?[ab]{2}$/);
  fc.assert(
    fc.property(part, part, part, part, (a, b, c, d) => {
      fc.pre(a !== c || b !== d);
      expect(recordName(a, b)).not.toBe(recordName(c, d));
    }),
  );
  expect(recordName("ml-a", "bcd")).not.toBe(recordName("ml", "a-bcd"));
});
