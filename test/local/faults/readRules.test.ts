import { describe, expect, test } from "vitest";
import { KNOWN_FAULTS } from "../../../local/src/faults/knownFaults";
import { readRules } from "../../../local/src/faults/readRules";

const MATCH = "PUT .*/deployments/green$";
const NEVER = { neverEnds: true };
const problems = (given: unknown): readonly string[] => readRules(given).problems;

describe("a rule is read", () => {
  test.each([
    { http: { status: 503 } },
    { http: { status: 429, headers: { "retry-after": "1" }, body: { error: { code: "TooManyRequests" } } } },
    { lro: { code: "OutOfQuota", message: "no cores" } },
    NEVER,
    { delaySeconds: 3 },
    { drop: "request" },
    { drop: "reply" },
    { notApplied: true },
    { staleFor: { reads: 3 } },
    { staleFor: { seconds: 30 } },
    { modelError: { status: 500, message: "broken" } },
    { latencySeconds: 6 },
    { saturated: true },
    { wrongAnswer: true },
  ])("with the effect %j", (effect) => {
    expect(problems({ match: MATCH, effect })).toEqual([]);
  });

  test("with every member", () => {
    const counts = { after: 0, times: 1, rate: 0.5, seed: 7 };
    expect(problems({ match: "/score$", deployment: "green", ...counts, effect: { saturated: true } })).toEqual([]);
  });

  test("by the name of a known fault, which brings its own match", () => {
    const { rules } = readRules([{ fault: "out-of-quota" }, { fault: "throttled", match: "^GET", times: 2 }]);
    expect(rules.map(({ pattern, times }) => [pattern.source, times])).toEqual([
      [new RegExp(KNOWN_FAULTS["out-of-quota"]?.match ?? "").source, Infinity],
      ["^GET", 2],
    ]);
  });
});

describe("a bad rule is refused", () => {
  const effects =
    "http, lro, neverEnds, delaySeconds, drop, notApplied, staleFor, modelError, latencySeconds, saturated, wrongAnswer";
  const pattern = 'must be a regular expression of at most 500 characters for "METHOD /path", such as';

  test.each<[string, unknown, string]>([
    ["no object", "throttled", 'the rule must be an object such as {"fault": "throttled"}; got "throttled"'],
    ["nothing in the list", [], "the list of rules is empty; give at least one"],
    ["no match", { effect: NEVER }, `match ${pattern} "PUT .*/deployments/green$"; got nothing`],
    [
      "a match that is no pattern",
      { match: "(", effect: NEVER },
      "match is not a regular expression: Invalid regular expression: /(/i: Unterminated group",
    ],
    [
      "a count below 1",
      { match: MATCH, times: 0, effect: NEVER },
      "times must be a whole number from 1 to 1000000; got 0",
    ],
    [
      "half a request",
      { match: MATCH, after: 1.5, effect: NEVER },
      "after must be a whole number from 0 to 1000000; got 1.5",
    ],
    [
      "a rate in percent",
      { match: MATCH, rate: 20, effect: NEVER },
      "rate must be a number above 0, at most 1; got 20",
    ],
    [
      "a member that is not known",
      { match: MATCH, time: 1, effect: NEVER },
      "time is not known; use match, deployment, after, times, rate, seed, effect",
    ],
    ["no effect", { match: MATCH }, `effect must be an object with one of ${effects}; got nothing`],
    [
      "two effects",
      { match: MATCH, effect: { ...NEVER, delaySeconds: 1 } },
      `effect must be an object with one of ${effects}; got {"neverEnds":true,"delaySeconds":1}`,
    ],
    [
      "an effect that is not known",
      { match: MATCH, effect: { slow: 1 } },
      `effect.slow is not known; use one of ${effects}`,
    ],
    [
      "a name of every object",
      { match: MATCH, effect: { constructor: 1 } },
      `effect.constructor is not known; use one of ${effects}`,
    ],
    [
      "a status that is none",
      { match: MATCH, effect: { http: { status: 42 } } },
      "effect.http.status must be a whole number from 200 to 599; got 42",
    ],
    [
      "a header that would end the reply",
      { match: MATCH, effect: { http: { status: 429, headers: { "retry-after": "1\r\n" } } } },
      'effect.http.headers must be an object of header names and texts, such as {"retry-after": "1"}; got {"retry-after":"1\\r\\n"}',
    ],
    [
      "a drop of nothing",
      { match: MATCH, effect: { drop: true } },
      'effect.drop must be "request" or "reply"; got true',
    ],
    [
      "a staleness in two measures",
      { match: MATCH, effect: { staleFor: { reads: 1, seconds: 1 } } },
      'effect.staleFor must be an object with one of reads, seconds; got {"reads":1,"seconds":1}',
    ],
    [
      "a deployment where no deployment scores",
      { match: MATCH, deployment: "green", effect: NEVER },
      "deployment is for faults of scoring (modelError, latencySeconds, saturated, wrongAnswer); leave it out and name the deployment in match",
    ],
    [
      "a fault that is not known",
      { fault: "flood" },
      `fault must be one of ${Object.keys(KNOWN_FAULTS).join(", ")}; got "flood"`,
    ],
    [
      "a known fault with an effect of its own",
      { fault: "throttled", effect: NEVER },
      "effect is not known; use match, deployment, after, times, rate, seed, fault",
    ],
  ])("with %s", (_, given, message) => {
    expect(problems(given)).toEqual([message]);
  });

  test("with all that is wrong at once, by its place in the list, and none of the list is taken", () => {
    const bad = { match: MATCH, times: 0, rate: 2, effect: { http: { status: 42, headers: 1 } } };
    const { rules, problems: all } = readRules([{ fault: "throttled" }, bad, { fault: "flood" }]);
    expect(rules).toEqual([]);
    expect(all.map((line) => line.split(" ")[0])).toEqual([
      "[1].times",
      "[1].rate",
      "[1].effect.http.status",
      "[1].effect.http.headers",
      "[2].fault",
    ]);
  });
});
