import { isObject } from "../common/json";
import {
  anything,
  checkThat,
  exactlyOne,
  headers,
  integer,
  objectWith,
  oneOf,
  onlyTrue,
  optional,
  positiveNumber,
  text,
  valueText,
} from "./checks";
import type { Check } from "./checks";
import { KNOWN_FAULTS } from "./knownFaults";
import type { Effect, FaultRule, KnownFault, Stage } from "./rule";

export type RuleDraft = Omit<FaultRule, "id">;

const DAY = 86_400;
const MOST = 1_000_000;
const PATTERN_LENGTH = 500;

const REQUEST_EFFECTS: Readonly<Record<string, Check>> = {
  http: objectWith({ status: integer(200, 599), headers: optional(headers), body: optional(anything) }),
  lro: objectWith({ code: text, message: text, details: optional(anything) }),
  neverEnds: onlyTrue,
  delaySeconds: positiveNumber(DAY),
  drop: oneOf("request", "reply"),
  notApplied: onlyTrue,
  staleFor: exactlyOne({ reads: integer(1, MOST), seconds: positiveNumber(DAY) }),
};

const SCORING_EFFECTS: Readonly<Record<string, Check>> = {
  modelError: objectWith({ status: integer(201, 599), message: text }),
  latencySeconds: positiveNumber(DAY),
  saturated: onlyTrue,
  wrongAnswer: onlyTrue,
};

const RULE_MEMBERS: Readonly<Record<string, Check>> = {
  match: pattern,
  deployment: optional(text),
  after: optional(integer(0, MOST)),
  times: optional(integer(1, MOST)),
  rate: optional(positiveNumber(1)),
  seed: optional(integer(0, 2 ** 32 - 1)),
};

const OWN_RULE = objectWith({ ...RULE_MEMBERS, effect: exactlyOne({ ...REQUEST_EFFECTS, ...SCORING_EFFECTS }) });
const NAMED_RULE = objectWith({
  ...RULE_MEMBERS,
  match: optional(pattern),
  fault: checkThat((value) => knownFault(value) !== undefined, `one of ${Object.keys(KNOWN_FAULTS).join(", ")}`),
});

/** Parses one rule or a list of rules, or returns all problems. */
export function readRules(given: unknown): {
  readonly rules: readonly RuleDraft[];
  readonly problems: readonly string[];
} {
  const list: readonly unknown[] = Array.isArray(given) ? given : [given];
  const problems = list.flatMap((rule, index) => checkRule(rule, Array.isArray(given) ? `[${index}]` : ""));
  if (list.length === 0) return { rules: [], problems: ["the list of rules is empty; give at least one"] };
  return { rules: problems.length > 0 ? [] : list.flatMap((rule) => (isObject(rule) ? [toRule(rule)] : [])), problems };
}

function checkRule(rule: unknown, path: string): readonly string[] {
  if (!isObject(rule))
    return [
      `${path === "" ? "the rule" : path} must be an object such as {"fault": "throttled"}; got ${valueText(rule)}`,
    ];
  const problems = ("fault" in rule ? NAMED_RULE : OWN_RULE)(rule, path);
  if (problems.length > 0 || rule["deployment"] === undefined || stageOf(rule) === "scoring") return problems;
  return [
    `${path === "" ? "" : `${path}.`}deployment is for faults of scoring (${Object.keys(SCORING_EFFECTS).join(", ")}); leave it out and name the deployment in match`,
  ];
}

function toRule(given: Readonly<Record<string, unknown>>): RuleDraft {
  const known = knownFault(given["fault"]);
  const { match = known?.match, deployment, after = 0, times = Infinity, rate = 1, seed = 1, effect } = given;
  return {
    given,
    stage: stageOf(given),
    pattern: new RegExp(String(match), "i"),
    deployment: typeof deployment === "string" ? deployment : undefined,
    after: Number(after),
    times: Number(times),
    rate: Number(rate),
    seed: Number(seed),
    effect: known === undefined ? () => effect as Effect : (target) => known.effect(target),
  };
}

function stageOf({ fault, effect }: Readonly<Record<string, unknown>>): Stage {
  const [key = ""] = Object.keys(isObject(effect) ? effect : {});
  return knownFault(fault)?.stage ?? (Object.hasOwn(SCORING_EFFECTS, key) ? "scoring" : "request");
}

function knownFault(name: unknown): KnownFault | undefined {
  return typeof name === "string" && Object.hasOwn(KNOWN_FAULTS, name) ? KNOWN_FAULTS[name] : undefined;
}

/** A regular expression of limited length. */
function pattern(value: unknown, path: string): readonly string[] {
  if (typeof value !== "string" || value === "" || value.length > PATTERN_LENGTH) {
    return [
      `${path} must be a regular expression of at most ${PATTERN_LENGTH} characters for "METHOD /path", such as "PUT .*/deployments/green$"; got ${valueText(value)}`,
    ];
  }
  const reason = whyNoPattern(value);
  return reason === undefined ? [] : [`${path} is not a regular expression: ${reason}`];
}

function whyNoPattern(source: string): string | undefined {
  try {
    void new RegExp(source, "i");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
