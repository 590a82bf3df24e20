import { GATE_KINDS } from "../settings/gates";
import type { GateKind } from "../settings/gates";
import { checkHttpAddress } from "../settings/httpAddress";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkText, isDeferred } from "./literals";
import { checkBoolean, checkEntries, checkGiven, checkNumber, checkSettings, checkWhole } from "./scalars";

type Settings = Readonly<Record<string, unknown>>;

/** The settings of one kind of gate, and their rules. */
interface KindRules {
  readonly keys: readonly string[];
  readonly rules: (path: string, settings: Settings) => Violation[];
}

const MAX_COUNT = 1_000_000;
/** Azure Monitor answers two days of minutes at once; a day is asked for. */
const MAX_WINDOW = 1440;
/** What Azure Monitor knows of the latency. Source: supported metrics of online endpoints. */
const MEASURED_PERCENTILES = [50, 90, 95, 99];

const RULES: Readonly<Record<GateKind, KindRules>> = {
  request: {
    keys: ["data", "predictions", "keys", "at", "value", "tolerance", "maxMilliseconds"],
    rules: (path, { data, predictions, keys, at, value, tolerance, maxMilliseconds }) => [
      ...checkText(`${path}.data`, data, notEmpty),
      ...checkWhole(`${path}.predictions`, predictions, 1, MAX_COUNT),
      ...checkTextList(`${path}.keys`, keys, '["label", "score"]'),
      ...checkText(`${path}.at`, at, notEmpty),
      ...checkNumber(`${path}.value`, value, -Number.MAX_VALUE, Number.MAX_VALUE),
      ...checkNumber(`${path}.tolerance`, tolerance, 0),
      ...checkNeeded(path, { at, tolerance }, { value }),
      ...checkNumber(`${path}.maxMilliseconds`, maxMilliseconds, 1, MAX_COUNT),
    ],
  },
  errors: {
    keys: ["maxPercent", "maxAboveStable", "minSamples", "windowMinutes"],
    rules: (path, { maxPercent, maxAboveStable, minSamples, windowMinutes }) => [
      ...checkOneOf(path, { maxPercent, maxAboveStable }, "such as maxPercent: 1"),
      ...checkNumber(`${path}.maxPercent`, maxPercent, 0, 100),
      ...checkNumber(`${path}.maxAboveStable`, maxAboveStable, 0, 100),
      ...checkWhole(`${path}.minSamples`, minSamples, 1, MAX_COUNT),
      ...checkWhole(`${path}.windowMinutes`, windowMinutes, 1, MAX_WINDOW),
    ],
  },
  latency: {
    keys: ["percentile", "maxMilliseconds", "maxTimesStable", "probes", "data", "minSamples", "windowMinutes"],
    rules: (path, { percentile, maxMilliseconds, maxTimesStable, probes, data, minSamples, windowMinutes }) => [
      ...checkOneOf(path, { maxMilliseconds, maxTimesStable }, "such as maxMilliseconds: 200"),
      ...checkPercentile(`${path}.percentile`, percentile, probes !== undefined),
      ...checkNumber(`${path}.maxMilliseconds`, maxMilliseconds, 1, MAX_COUNT),
      ...checkNumber(`${path}.maxTimesStable`, maxTimesStable, 1, 100),
      ...checkWhole(`${path}.probes`, probes, 10, 10_000),
      ...checkText(`${path}.data`, data, notEmpty),
      ...checkNeeded(path, { data }, { probes }),
      ...checkWhole(`${path}.minSamples`, minSamples, 1, typeof probes === "number" ? probes : MAX_COUNT),
      ...checkWhole(`${path}.windowMinutes`, windowMinutes, 1, MAX_WINDOW),
    ],
  },
  http: {
    keys: ["url", "status", "at", "equals", "timeoutSeconds"],
    rules: (path, { url, status, at, equals, timeoutSeconds }) => [
      ...checkGiven(`${path}.url`, url, "give the address that is asked"),
      ...checkText(`${path}.url`, url, checkHttpAddress),
      ...checkWhole(`${path}.status`, status, 100, 599),
      ...checkText(`${path}.at`, at, notEmpty),
      ...checkText(`${path}.equals`, equals, () => undefined),
      ...checkNeeded(path, { at }, { equals }),
      ...checkWhole(`${path}.timeoutSeconds`, timeoutSeconds, 1, 300),
    ],
  },
  command: {
    keys: ["run", "timeoutSeconds"],
    rules: (path, { run, timeoutSeconds }) => [
      ...checkGiven(`${path}.run`, run, 'give the command, such as ["python", "check.py"]'),
      ...checkTextList(`${path}.run`, run, '["python", "check.py"]'),
      ...checkWhole(`${path}.timeoutSeconds`, timeoutSeconds, 1, 3600),
    ],
  },
  compare: {
    keys: ["data", "maxPercent", "tolerance", "slice", "maxSlicePercent", "minSamples", "saveWorst"],
    rules: (path, { data, maxPercent, tolerance, slice, maxSlicePercent, minSamples, saveWorst }) => [
      ...checkGiven(`${path}.data`, data, "name the file with a request on each line"),
      ...checkText(`${path}.data`, data, notEmpty),
      ...checkNumber(`${path}.maxPercent`, maxPercent, 0, 100),
      ...checkNumber(`${path}.tolerance`, tolerance, 0),
      ...checkText(`${path}.slice`, slice, notEmpty),
      ...checkNumber(`${path}.maxSlicePercent`, maxSlicePercent, 0, 100),
      ...checkNeeded(path, { maxSlicePercent }, { slice }),
      ...checkWhole(`${path}.minSamples`, minSamples, 1, MAX_COUNT),
      ...checkText(`${path}.saveWorst`, saveWorst, notEmpty),
    ],
  },
};

/** The gates of a rollout, by name. A file that a gate reads is not looked for: the way back needs none. */
export function checkGates(path: string, gates: unknown): Violation[] {
  return checkEntries(path, gates, [...GATE_KINDS, "dryRun"], (at, gate) => [
    ...checkKind(at, gate),
    ...GATE_KINDS.flatMap((kind) =>
      checkSettings(`${at}.${kind}`, gate[kind], RULES[kind].keys, (settings) =>
        RULES[kind].rules(`${at}.${kind}`, settings),
      ),
    ),
    ...checkBoolean(`${at}.dryRun`, gate["dryRun"]),
  ]);
}

function checkKind(path: string, gate: Settings): Violation[] {
  const given = GATE_KINDS.filter((kind) => gate[kind] !== undefined);
  if (given.length === 1) return [];
  const got = given.length === 0 ? "none" : given.join(" and ");
  return [{ path, reason: `needs exactly one of ${GATE_KINDS.join(", ")}, got ${got}` }];
}

/** Limits of which one or all are given. */
function checkOneOf(path: string, limits: Settings, example: string): Violation[] {
  if (Object.values(limits).some((limit) => limit !== undefined)) return [];
  return [{ path, reason: `has no limit; give ${Object.keys(limits).join(" or ")}, ${example}` }];
}

/** Settings that say something only beside another one. */
function checkNeeded(path: string, settings: Settings, needed: Settings): Violation[] {
  if (Object.values(needed).every((value) => value !== undefined)) return [];
  const [other] = Object.keys(needed);
  return Object.entries(settings).flatMap(([key, given]) =>
    given === undefined
      ? []
      : [{ path: `${path}.${key}`, reason: `is for ${other}, which is not set; set it, or remove this one` }],
  );
}

function checkPercentile(path: string, percentile: unknown, isProbed: boolean): Violation[] {
  if (isProbed) return checkNumber(path, percentile, 1, 99);
  if (percentile === undefined || MEASURED_PERCENTILES.some((known) => known === percentile)) return [];
  const allowed = MEASURED_PERCENTILES.join(", ");
  return [
    {
      path,
      reason: `must be one of ${allowed}, which Azure Monitor knows, got ${show(percentile)}; others need probes`,
    },
  ];
}

function checkTextList(path: string, list: unknown, example: string): Violation[] {
  if (list === undefined || isDeferred(list)) return [];
  if (!Array.isArray(list) || list.length === 0) {
    return [{ path, reason: `must be a list of texts such as ${example}, got ${show(list)}` }];
  }
  return (list as readonly unknown[]).flatMap((text, index) =>
    typeof text === "string" && text !== ""
      ? []
      : [{ path: `${path}.${index}`, reason: `must be text, got ${show(text)}` }],
  );
}

function notEmpty(text: string): string | undefined {
  return text.trim() === "" ? "must not be empty; give a value or leave it out" : undefined;
}
