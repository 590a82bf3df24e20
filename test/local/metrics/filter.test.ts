import { describe, expect, test } from "vitest";
import { FilterError } from "../../../local/src/metrics/refusals";
import { matchesConditions, parseFilter } from "../../../local/src/metrics/query";

describe("a filter", () => {
  test.each([
    ["deployment eq 'blue'", [{ dimension: "deployment", operator: "eq", values: ["blue"] }]],
    ["deployment EQ '*'", [{ dimension: "deployment", operator: "eq", values: ["*"] }]],
    ["(deployment eq 'it''s')", [{ dimension: "deployment", operator: "eq", values: ["it's"] }]],
    [
      "deployment eq 'blue' and statusCode eq '200' or statusCode eq '424'",
      [
        { dimension: "deployment", operator: "eq", values: ["blue"] },
        { dimension: "statusCode", operator: "eq", values: ["200", "424"] },
      ],
    ],
    [
      "deployment eq 'a and b' and statusCodeClass ne '2xx'",
      [
        { dimension: "deployment", operator: "eq", values: ["a and b"] },
        { dimension: "statusCodeClass", operator: "ne", values: ["2xx"] },
      ],
    ],
  ])("%s is read", (text, conditions) => {
    expect(parseFilter(text)).toEqual(conditions);
  });

  test.each([
    ["deployment", "'deployment' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'"],
    [
      "deployment = 'blue'",
      "'deployment = 'blue'' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'",
    ],
    [
      "deployment eq blue",
      "'deployment eq blue' is not of the form <dimension> eq '<value>' or <dimension> ne '<value>'",
    ],
    [
      "deployment eq 'blue' or statusCode eq '200'",
      "'or' can only join conditions on one dimension with one operator, got 'deployment eq 'blue' or statusCode eq '200''",
    ],
  ])("%s is refused", (text, message) => {
    expect(() => parseFilter(text)).toThrow(new FilterError(message));
  });

  test.each([
    ["deployment eq 'BLUE'", true],
    ["deployment eq 'green'", false],
    ["deployment eq 'green' or deployment eq 'blue'", true],
    ["deployment eq '*'", true],
    ["deployment ne 'green'", true],
    ["deployment ne 'blue'", false],
    ["deployment eq 'blue' and statusCode eq '424'", false],
  ])("%s keeps a slice of blue with status 200: %s", (text, kept) => {
    const slice = new Map([
      ["deployment", "blue"],
      ["statuscode", "200"],
    ]);
    expect(matchesConditions(parseFilter(text), slice)).toBe(kept);
  });
});
