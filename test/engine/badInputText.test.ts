import { expect, test } from "vitest";
import { messageOf } from "../../prove/inputs/badInput";
import { BAD_INPUTS } from "../../prove/inputs/catalogue";
import { refusalOf } from "../support/badInputs";

const KNOWN_WITHOUT_ENGINE = BAD_INPUTS.filter(({ needsEngine }) => needsEngine === undefined);

test.each(KNOWN_WITHOUT_ENGINE.map((bad) => [bad.name, bad] as const))(
  "%s: refused with its message, in an update too",
  async (_, bad) => {
    expect(await refusalOf(bad)).toBe(messageOf(bad, false));
  },
);

test("each bad input has a name of its own and says something", () => {
  expect(new Set(BAD_INPUTS.map(({ name }) => name)).size).toBe(BAD_INPUTS.length);
  expect(BAD_INPUTS.filter(({ lines }) => lines.length === 0)).toEqual([]);
});
