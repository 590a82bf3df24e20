import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { seededRandom, chooseRule } from "../../../local/src/faults/matching";
import type { CountedRule, RuleQuery } from "../../../local/src/faults/matching";
import { readRules } from "../../../local/src/faults/readRules";

const GREEN = "PUT /subscriptions/s/onlineEndpoints/heart/deployments/green";
const request = (line: string): RuleQuery => ({ stage: "request", line });

function rulesOf(...given: readonly object[]): readonly CountedRule[] {
  const { rules, problems } = readRules(given);
  expect(problems).toEqual([]);
  return rules.map((rule, index) => ({ rule: { ...rule, id: String(index + 1) }, matched: 0, applied: 0 }));
}

/** The id of the rule that is applied to each of some requests, in order. */
function play(rules: readonly CountedRule[], questions: readonly RuleQuery[]): readonly (string | undefined)[] {
  let counted = rules;
  return questions.map((question) => {
    const decision = chooseRule(counted, question);
    counted = decision.rules;
    return decision.applied?.id;
  });
}

const times = (count: number, line = GREEN): readonly RuleQuery[] => Array.from({ length: count }, () => request(line));

describe("a rule", () => {
  const throttle = { match: "PUT .*/deployments/green$", effect: { http: { status: 429 } } };

  test.each([
    ["every matching request", {}, [1, 1, 1, 1]],
    ["the first ones", { times: 2 }, [1, 1, 0, 0]],
    ["those after the first ones", { after: 1 }, [0, 1, 1, 1]],
    ["one in the middle", { after: 2, times: 1 }, [0, 0, 1, 0]],
  ])("is applied to %s", (_, counts, expected) => {
    const rules = rulesOf({ ...throttle, ...counts });
    expect(play(rules, times(4)).map((id) => (id === undefined ? 0 : 1))).toEqual(expected);
  });

  test.each([
    [GREEN, true],
    [GREEN.toUpperCase(), true],
    [`${GREEN}/getLogs`, false],
    [GREEN.replace("PUT", "GET"), false],
    [GREEN.replace("green", "blue"), false],
  ])("matches the method and the path, without case: %s", (line, matches) => {
    expect(play(rulesOf(throttle), [request(line)])).toEqual([matches ? "1" : undefined]);
  });

  test("of scoring concerns the deployment it names, in any case, and no request as it arrives", () => {
    const rules = rulesOf({ match: "/score$", deployment: "Green", effect: { saturated: true } });
    const line = "POST /endpoints/westeurope/heart/score";
    const scored = (deployment: string): RuleQuery => ({ stage: "scoring", line, deployment });
    expect(play(rules, [scored("green"), scored("blue"), request(line)])).toEqual(["1", undefined, undefined]);
  });
});

describe("several rules", () => {
  test("are a queue: one behind the rule that is applied does not count the request", () => {
    const rules = rulesOf(
      { match: "green$", times: 2, effect: { http: { status: 429 } } },
      { match: "green$", times: 1, effect: { http: { status: 500 } } },
    );
    expect(play(rules, times(4))).toEqual(["1", "1", "2", undefined]);
  });

  test("count side by side as long as none is applied", () => {
    const rules = rulesOf(
      { match: "green$", after: 2, times: 1, effect: { http: { status: 429 } } },
      { match: "green$", after: 2, times: 1, effect: { http: { status: 500 } } },
    );
    expect(play(rules, times(5))).toEqual([undefined, undefined, "1", "2", undefined]);
  });
});

const LINES = ["GET /a", "PUT /a", "PUT /b"];
const anyRule = fc.record(
  {
    match: fc.constantFrom("/a$", "^PUT", "."),
    after: fc.nat(5),
    times: fc.integer({ min: 1, max: 5 }),
    rate: fc.constantFrom(0.1, 0.5, 1),
    seed: fc.nat(1000),
    effect: fc.constant({ http: { status: 500 } }),
  },
  { requiredKeys: ["match", "effect"] },
);
const anyLines = fc.array(fc.constantFrom(...LINES), { maxLength: 30 });

describe("laws", () => {
  test.prop([fc.nat(20), fc.integer({ min: 1, max: 20 }), fc.nat(60)])(
    "without a rate, what is let through and what is done to are two unbroken runs",
    (after, limit, asked) => {
      const applied = play(rulesOf({ match: ".", after, times: limit, effect: { neverEnds: true } }), times(asked));
      const first = applied.indexOf("1");
      expect(applied.filter((id) => id === "1")).toHaveLength(Math.min(limit, Math.max(0, asked - after)));
      expect(first).toBe(asked > after ? after : -1);
      if (first >= 0) expect(applied.lastIndexOf("1")).toBe(first + Math.min(limit, asked - after) - 1);
    },
  );

  test.prop([fc.array(anyRule, { minLength: 1, maxLength: 4 }), anyLines])(
    "the same rules do the same to the same requests, and none is applied more often than it may be",
    (given, lines) => {
      const questions = lines.map(request);
      const applied = play(rulesOf(...given), questions);
      expect(play(rulesOf(...given), questions)).toEqual(applied);
      given.forEach(({ times: most = Infinity }, index) => {
        expect(applied.filter((id) => id === String(index + 1)).length).toBeLessThanOrEqual(most);
      });
    },
  );

  test.prop([fc.array(anyRule, { minLength: 1, maxLength: 3 }), anyLines])(
    "a rule that matches nothing changes nothing",
    (given, lines) => {
      const idle = { match: "^DELETE", effect: { neverEnds: true } };
      const with0 = play(rulesOf(...given, idle), lines.map(request));
      expect(with0).toEqual(play(rulesOf(...given), lines.map(request)));
    },
  );

  test.prop([fc.nat(2 ** 32 - 1), fc.constantFrom(0.03, 0.2, 0.5, 0.9)])(
    "a rate is kept, for every seed",
    (seed, rate) => {
      const asked = 4000;
      const applied = play(rulesOf({ match: ".", rate, seed, effect: { neverEnds: true } }), times(asked));
      const deviation = Math.sqrt(asked * rate * (1 - rate));
      expect(Math.abs(applied.filter((id) => id === "1").length - asked * rate)).toBeLessThan(6 * deviation);
    },
  );

  test.prop([fc.nat(2 ** 32 - 1), fc.nat(1_000_000)])("a chance is from 0 to below 1", (seed, index) => {
    expect(seededRandom(seed, index)).toBeGreaterThanOrEqual(0);
    expect(seededRandom(seed, index)).toBeLessThan(1);
  });
});
