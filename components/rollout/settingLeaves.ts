import { AZURE_DEFAULTS, AZURE_DEFAULTS_WITHIN } from "../settings/deployments";
import { isMap } from "../values/shape";

/** One value of a deployment's settings. */
export interface Leaf {
  /** Such as `requestSettings`, `requestTimeout`. */
  readonly path: readonly string[];
  /** As written or returned. */
  readonly value: unknown;
  /** Normalised: values that mean the same to Azure are equal. */
  readonly plain: string;
  /** Whether it was set; else it is Azure's default. */
  readonly given: boolean;
}

/** By the path, joined with dots. */
export type Leaves = ReadonlyMap<string, Leaf>;

/** Settings that are case-sensitive. */
const CASE_MATTERS = /^(?:environmentVariables\.|modelMountPath$|codeConfiguration\.scoringScript$)/;

/**
 * The effective settings of a deployment: null and empty values are unset, and unset ones have Azure's default if there
 * is one.
 */
export function settingLeaves(properties: Readonly<Record<string, unknown>>): Leaves {
  const { dataCollector, ...others } = properties;
  const given = leavesOf({ ...others, dataCollector: collecting(dataCollector) }, true);
  const settings = new Set(given.map(({ path }) => path[0] ?? ""));
  const within = Object.entries(AZURE_DEFAULTS_WITHIN).filter(([setting]) => settings.has(setting));
  const defaults = leavesOf({ ...AZURE_DEFAULTS, ...Object.fromEntries(within) }, false);
  return new Map([...defaults, ...given].map((leaf) => [leaf.path.join("."), leaf]));
}

function leavesOf(value: unknown, given: boolean, path: readonly string[] = []): Leaf[] {
  if (isMap(value)) return Object.entries(value).flatMap(([key, inner]) => leavesOf(inner, given, [...path, key]));
  if (value === undefined || value === null || value === "") return [];
  return [{ path, value, given, plain: plainOf(value, CASE_MATTERS.test(path.join("."))) }];
}

/** Without disabled collections, and with Azure's default sampling rate where none is given. */
function collecting(dataCollector: unknown): unknown {
  if (!isMap(dataCollector) || !isMap(dataCollector["collections"])) return undefined;
  const collections = Object.entries(dataCollector["collections"]).filter(
    ([, collection]) => isMap(collection) && String(collection["dataCollectionMode"]).toLowerCase() === "enabled",
  );
  if (collections.length === 0) return undefined;
  const shared = collections.map(([name, collection]) => [name, { samplingRate: 1, ...withoutNull(collection) }]);
  return { ...dataCollector, collections: Object.fromEntries(shared) as unknown };
}

function withoutNull(value: unknown): object {
  return Object.fromEntries(Object.entries(Object(value) as object).filter(([, inner]) => inner !== null));
}

function plainOf(value: unknown, caseMatters: boolean): string {
  if (Array.isArray(value)) return JSON.stringify(value.map((inner) => plainOf(inner, caseMatters)).toSorted());
  // Azure stores shares as single floats.
  if (typeof value === "number") return String(Math.fround(value));
  const text = String(value);
  if (caseMatters) return text;
  const seconds = secondsOf(text);
  return seconds === undefined ? text.toLowerCase().replace(/\/+$/, "") : `${seconds} s`;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/i;

/** Of a duration such as `PT1M30.5S`. */
function secondsOf(text: string): number | undefined {
  const found = DURATION.exec(text);
  if (found === null || text.length < 3) return undefined;
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = found.slice(1).map((part) => Number(part ?? 0));
  return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
