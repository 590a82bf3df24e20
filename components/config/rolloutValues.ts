import type { DeploymentArgs, ModelVersionArgs } from "../args";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";

/** The part of the component's arguments that stack config decides. */
export interface RolloutValues {
  readonly versions?: { readonly [version: string]: ModelVersionArgs };
  readonly deployments: { readonly [name: string]: DeploymentArgs };
  readonly traffic?: { readonly [deployment: string]: number };
  readonly mirrorTraffic?: { readonly [deployment: string]: number };
  readonly acceptLive?: { readonly [deployment: string]: number };
}

/** Text of a config key, as Pulumi stores it; objects are JSON. */
export type ConfigText = (key: string) => string | undefined;

export interface ParsedRollout {
  readonly values: RolloutValues;
  readonly violations: readonly Violation[];
}

/** Turns the text of stack config into arguments. Rules of the arguments themselves are left to the component. */
export function parseRollout(text: ConfigText): ParsedRollout {
  const violations: Violation[] = [];
  const map = (key: string) => readMap(key, text(key), violations);
  const deployments = mapValues(map("deployments") ?? {}, readDeployment);
  const versions = map("modelVersions");
  const weights = map("traffic");
  const traffic = weights ?? readCandidate(text, Object.keys(deployments), violations);
  const mirrorTraffic = map("mirrorTraffic");
  const acceptLive = map("acceptLive");
  if (weights !== undefined && isSet(text("candidate"))) {
    violations.push({ path: "traffic", reason: "both traffic and candidate are set; remove one of them" });
  }
  const values = {
    deployments,
    ...(versions && { versions: mapValues(versions, readVersion) }),
    ...(traffic && { traffic: mapValues(traffic, readWeight) }),
    ...(mirrorTraffic && { mirrorTraffic: mapValues(mirrorTraffic, readWeight) }),
    ...(acceptLive && { acceptLive: mapValues(acceptLive, readWeight) }),
  };
  return { values: values as RolloutValues, violations };
}

type Entries = Readonly<Record<string, unknown>>;

/** With two deployments one number says it all: the candidate's weight; the other one has the rest. */
function readCandidate(text: ConfigText, names: readonly string[], violations: Violation[]): Entries | undefined {
  const [candidate, weightText] = [text("candidate"), text("candidateTraffic")];
  const report = (path: string, reason: string): undefined => void violations.push({ path, reason });
  if (!isSet(candidate)) {
    if (!isSet(weightText) || weightText === "0") return undefined;
    return report("candidate", "is missing; name the deployment that candidateTraffic is for");
  }
  const weight = readWeight(weightText ?? "0");
  // What is left of a finished rollout when the old deployment leaves.
  if (names.length === 1 && names[0] === candidate && weight === 100) return { [candidate]: 100 };
  if (names.length !== 2) {
    const got = `there are ${names.length} deployments`;
    return report("candidate", `${got}; candidate and candidateTraffic are for two, use the traffic map instead`);
  }
  if (!names.includes(candidate)) {
    return report("candidate", `${show(candidate)} is not a deployment; use ${names.join(" or ")}`);
  }
  if (typeof weight !== "number" || !Number.isInteger(weight) || weight < 0 || weight > 100) {
    return report("candidateTraffic", `must be a whole number from 0 to 100, got ${show(weight)}`);
  }
  return Object.fromEntries(names.map((name) => [name, name === candidate ? weight : 100 - weight]));
}

/** A project can declare typed config only with a default, so that an empty text or map stands for "not set". */
function isSet(text: string | undefined): text is string {
  return text !== undefined && text !== "";
}

function readMap(key: string, text: string | undefined, violations: Violation[]): Entries | undefined {
  if (text === undefined) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return Object.keys(value).length === 0 ? undefined : (value as Entries);
    }
  } catch {
    // Reported below, like any other value that is no map.
  }
  violations.push({ path: key, reason: `must be a map, got ${show(text)}` });
  return undefined;
}

/** `pulumi config set --path` stores whole numbers as numbers; a version is text. */
function readDeployment(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("modelVersion" in value)) return value;
  const { modelVersion } = value;
  return { ...value, modelVersion: typeof modelVersion === "number" ? String(modelVersion) : modelVersion };
}

/** A version may be written as the path of its folder alone. */
function readVersion(value: unknown): unknown {
  return typeof value === "string" ? { path: value } : value;
}

/** Numbers that were stored as text are numbers; anything else stays as it is, for the rules to name. */
function readWeight(value: unknown): unknown {
  return typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value;
}

function mapValues(entries: Entries, change: (value: unknown) => unknown): Entries {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));
}
