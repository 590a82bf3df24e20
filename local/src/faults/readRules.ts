import { isObject } from "../common/json";
import {
  above0,
  allow,
  anything,
  headers,
  members,
  oneMember,
  onlyTrue,
  oneOf,
  optional,
  shown,
  text,
  whole,
} from "./checks";
import type { Check } from "./checks";
import { KNOWN_FAULTS } from "./knownFaults";
import type { KnownFault } from "./knownFault";
import type { Effect, FaultRule, Stage } from "./rule";

export type RuleDraft = Omit<FaultRule, "id">;

const DAY = 86_400;
const MOST = 1_000_000;
const PATTERN_LENGTH = 500;

const REQUEST_EFFECTS: Readonly<Record<string, Check>> = {
  http: members({ status: whole(200, 599), headers: optional(headers), body: optional(anything) }),
  lro: members({ code: text, message: text, details: optional(anything) }),
  neverEnds: onlyTrue,
  delaySeconds: above0(DAY),
  drop: oneOf("request", "reply"),
  notApplied: onlyTrue,
  staleFor: oneMember({ reads: whole(1, MOST), seconds: above0(DAY) }),
};

const SCORING_EFFECTS: Readonly<Record<string, Check>> = {
  modelError: members({ status: whole(201, 599), message: text }),
  latencySeconds: above0(DAY),
  saturated: onlyTrue,
  wrongAnswer: onlyTrue,
};

const RULE: Readonly<Record<string, Check>> = {
  match: pattern,
  deployment: optional(text),
  after: optional(whole(0, MOST)),
  times: optional(whole(1, MOST)),
  rate: optional(above0(1)),
  seed: optional(whole(0, 2 ** 32 - 1)),
};

const OWN_RULE = members({ ...RULE, effect: oneMember({ ...REQUEST_EFFECTS, ...SCORING_EFFECTS }) });
const NAMED_RULE = members({
  ...RULE,
  match: optional(pattern),
  fault: allow((value) => knownFault(value) !== undefined, `one of ${Object.keys(KNOWN_FAULTS).join(", ")}`),
});

/** The rules of a request, one or a list, or everything that is wrong with them. */
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
    return [`${path === "" ? "the rule" : path} must be an object such as {"fault": "throttled"}; got ${shown(rule)}`];
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

/** A regular expression, not so long that it is no pattern any more. */
function pattern(value: unknown, path: string): readonly string[] {
  if (typeof value !== "string" || value === "" || value.length > PATTERN_LENGTH) {
    return [
      `${path} must be a regular expression of at most ${PATTERN_LENGTH} characters for "METHOD /path", such as "PUT .*/deployments/green$"; got ${shown(value)}`,
    ];
  }
  const reason = whyNoPattern(value);
  return reason === undefined ? [] : [`${path} is no regular expression: ${reason}`];
}

function whyNoPattern(source: string): string | undefined {
  try {
    void new RegExp(source, "i");
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
