import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { NO_TRAFFIC } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import type { Step } from "./history";
import { movesOf } from "./moves";

/** An entry of `pulumi stack history --json`, as far as it is read. */
export interface UpdateRecord {
  readonly kind: string;
  readonly startTime: string;
  readonly endTime?: string;
  readonly message?: string;
  readonly result?: string;
  readonly config?: Readonly<Record<string, { readonly value?: string }>>;
}

/** What an update declares: its deployments, and their weights where config says them. */
interface Declared {
  readonly names: readonly string[];
  readonly state?: TrafficState;
}

const NOTHING: Declared = { names: [], state: NO_TRAFFIC };

/**
 * The updates that moved traffic, added or removed a deployment, or failed.
 *
 * @param records - newest first, as Pulumi prints them
 * @param namespace - before the keys of the rollout's config and a colon
 */
export function stepsOf(records: readonly UpdateRecord[], namespace: string): readonly Step[] {
  const steps: Step[] = [];
  let before = NOTHING;
  for (const record of records.toReversed()) {
    const after = declaredIn(record, namespace);
    const step = after && stepOf(record, before, after);
    if (step !== undefined) steps.push(step);
    // What a failed update has written of its weights is not known.
    if (after !== undefined && record.result !== "failed") before = after;
  }
  return steps;
}

function stepOf(record: UpdateRecord, before: Declared, after: Declared): Step | undefined {
  const [since, at] = [Date.parse(record.startTime), Date.parse(record.endTime ?? record.startTime)];
  const isFailed = record.result === "failed";
  const text = describe(record, isFailed, changesBetween(before, after).join(", "));
  if (text === "" || Number.isNaN(since) || Number.isNaN(at)) return undefined;
  const note = record.message?.trim().split("\n")[0] ?? "";
  const state = isFailed ? undefined : after.state;
  return { since, at, text, isFailed, ...(note !== "" && { note }), ...(state && { state }) };
}

function describe({ kind }: UpdateRecord, isFailed: boolean, changes: string): string {
  if (kind === "destroy") return isFailed ? "destroy failed" : "destroyed";
  if (!isFailed) return changes;
  return changes === "" ? "update failed" : `update failed: ${changes}`;
}

/** What moves, and the deployments that come or go without a weight. */
function changesBetween(before: Declared, after: Declared): readonly string[] {
  return [...new Set([...before.names, ...after.names])].flatMap((name) => {
    const moves = after.state === undefined ? [] : movesOf(name, before.state ?? NO_TRAFFIC, after.state);
    const [was, is] = [before, after].map(({ names }) => names.includes(name));
    if (moves.length > 0 || was === is) return moves;
    return [is === true ? `${name} added` : `${name} removed`];
  });
}

function declaredIn({ kind, config = {} }: UpdateRecord, namespace: string): Declared | undefined {
  if (kind === "destroy") return NOTHING;
  if (kind !== "update") return undefined;
  const { deployments, traffic, mirrorTraffic } = parseRollout((key) => config[`${namespace}:${key}`]?.value).values;
  const names = [...new Set(Object.keys({ ...deployments, ...traffic }))];
  const weights = traffic ?? allToTheOnly(deployments);
  if (weights === undefined) return { names };
  return { names, state: { traffic: numbersIn(weights), mirrorTraffic: numbersIn(mirrorTraffic ?? {}) } };
}

/** One deployment without weights takes everything. */
function allToTheOnly(deployments: RolloutValues["deployments"]): Weights | undefined {
  const [only, ...others] = Object.keys(deployments);
  return only === undefined || others.length > 0 ? undefined : { [only]: 100 };
}

/** Config is what somebody typed: what is no number is left out. */
function numbersIn(weights: Readonly<Record<string, unknown>>): Weights {
  const entries = Object.entries(weights);
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1])));
}
