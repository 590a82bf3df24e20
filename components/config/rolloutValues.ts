import type { DeploymentArgs, ModelVersionArgs } from "../args";
import type { RolloutPlanArgs } from "../args/rollout";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { isMap } from "../values/shape";
import { readCandidate, readWeight } from "./candidate";
import type { ConfigText } from "./configKeys";
import { readPlan } from "./rolloutPlan";
import { WeightsFrom } from "../args/rollout";

/** The part of the component's arguments that stack config decides. */
export interface RolloutValues {
  readonly versions?: { readonly [version: string]: ModelVersionArgs };
  readonly deployments: { readonly [name: string]: DeploymentArgs };
  readonly traffic?: { readonly [deployment: string]: number };
  readonly mirrorTraffic?: { readonly [deployment: string]: number };
  readonly rollout?: RolloutPlanArgs;
  readonly acceptLive?: { readonly [deployment: string]: number };
  readonly acceptLiveSettings?: { readonly [deployment: string]: string[] };
  readonly allowOutage?: string;
  readonly deletionProtection?: boolean;
  readonly takeOver?: string;
  readonly weightsFrom?: WeightsFrom;
  /** The namespace of config, when it is not the project's own. */
  readonly configNamespace?: string;
}

export interface ParsedRollout {
  readonly values: RolloutValues;
  readonly violations: readonly Violation[];
}

/** What each map looks like, for a message. */
const EXAMPLES = {
  deployments: '{"default": {"modelVersion": "1"}}',
  modelVersions: '{"1": "models/blue"}',
  traffic: '{"default": 90, "green": 10}',
  mirrorTraffic: '{"green": 10}',
  rollout: '{"steps": [10, 50, 100]}',
  acceptLive: '{"default": 90, "green": 10}',
  acceptLiveSettings: '{"default": ["requestSettings"]}',
};

/** Turns the text of stack config into arguments. Rules of the arguments themselves are left to the component. */
export function parseRollout(config: ConfigText): ParsedRollout {
  // A project can declare typed config only with a default, so that an empty text or map stands for "not set".
  const text: ConfigText = (key) => [config(key)].find((value) => value !== "" && value !== "{}");
  const violations: Violation[] = [];
  const map = (key: keyof typeof EXAMPLES) => readMap(key, text(key), violations);
  const deployments = text("deployments") === undefined ? {} : map("deployments");
  const versions = map("modelVersions");
  const candidate = readCandidate(text, deployments && Object.keys(deployments), violations);
  const traffic = map("traffic") ?? candidate;
  const mirrorTraffic = map("mirrorTraffic");
  const rollout = map("rollout");
  const acceptLive = map("acceptLive");
  const acceptLiveSettings = map("acceptLiveSettings");
  const allowOutage = text("allowOutage");
  const [deletionProtection, takeOver] = [text("deletionProtection"), text("takeOver")];
  const weightsFrom = whereWeightsAre(text);
  const values = {
    deployments: mapValues(deployments ?? {}, readDeployment),
    ...(versions && { versions: mapValues(versions, readVersion) }),
    ...(traffic && { traffic: mapValues(traffic, readWeight) }),
    ...(mirrorTraffic && { mirrorTraffic: mapValues(mirrorTraffic, readWeight) }),
    ...(rollout && { rollout: readPlan(rollout) }),
    ...(acceptLive && { acceptLive: mapValues(acceptLive, readWeight) }),
    ...(acceptLiveSettings && { acceptLiveSettings }),
    ...(allowOutage !== undefined && { allowOutage }),
    ...(deletionProtection !== undefined && { deletionProtection: readBoolean(deletionProtection) }),
    ...(takeOver !== undefined && { takeOver }),
    ...(weightsFrom && { weightsFrom }),
  };
  return { values: values as RolloutValues, violations };
}

function whereWeightsAre(text: ConfigText): WeightsFrom | undefined {
  if (text("traffic") !== undefined) return WeightsFrom.Traffic;
  return text("candidate") === undefined ? undefined : WeightsFrom.Candidate;
}

type Entries = Readonly<Record<string, unknown>>;

function readMap(key: keyof typeof EXAMPLES, text: string | undefined, violations: Violation[]): Entries | undefined {
  if (text === undefined) return undefined;
  const value = parseJson(text);
  if (isMap(value)) return value;
  violations.push({ path: key, reason: `must be a map such as ${EXAMPLES[key]}, got ${show(value)}` });
  return undefined;
}

/** Text that is no JSON stays as it is, for the message. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** `pulumi config set --path` stores numbers and booleans as such; versions, variables and tags are text. */
function readDeployment(value: unknown): unknown {
  if (!isMap(value)) return value;
  const texts = ["environmentVariables", "tags"].flatMap((key) => {
    const map = value[key];
    return isMap(map) ? [[key, mapValues(map, toText)] as const] : [];
  });
  return {
    ...value,
    ...(typeof value["modelVersion"] === "number" && { modelVersion: String(value["modelVersion"]) }),
    ...Object.fromEntries(texts),
  };
}

/** Any other text stays as it is, for the rules to name. */
function readBoolean(text: string): unknown {
  return text === "true" || text === "false" ? text === "true" : text;
}

/** Anything but a number and a boolean stays as it is, for the rules to name. */
function toText(value: unknown): unknown {
  return typeof value === "number" || typeof value === "boolean" ? String(value) : value;
}

/** A version may be written as the path of its folder alone. */
function readVersion(value: unknown): unknown {
  return typeof value === "string" ? { path: value } : value;
}

function mapValues(entries: Entries, change: (value: unknown) => unknown): Entries {
  return Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));
}
