import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { positiveWeights } from "../../components/rollout/weights";
import type { Weights } from "../../components/rollout/weights";
import { isMap } from "../../components/values/shape";
import { textIn } from "../stack/exportedStack";
import { readMessage } from "./message";
import type { UpdateMessage } from "./message";

/** One update of a stack, as Pulumi remembers it. */
export interface HistoryEntry extends UpdateMessage {
  /** Pulumi's own version; where the backend counts none, the place in the history, 1 the oldest. */
  readonly number: number;
  /** When it began, RFC 3339. */
  readonly at: string;
  /** When it ended, RFC 3339; left out while it is under way. */
  readonly endedAt?: string;
  /** Such as `update`, `destroy` or `refresh`. */
  readonly kind: string;
  /** `succeeded`, `failed` or `in-progress`. */
  readonly result: string;
  /** As it was written, all lines. */
  readonly message: string;
  /** Text of the keys of the rollout's namespace, without it; secrets are left out. */
  readonly config: Readonly<Record<string, string>>;
  readonly deployments: RolloutValues["deployments"];
  readonly versions: NonNullable<RolloutValues["versions"]>;
  /** As config declares them after the update; none after a destroy, or where config could not be read. */
  readonly weights: Weights;
  readonly mirror: Weights;
}

/**
 * The history of a stack, newest first.
 *
 * @param updates - what `pulumi stack history --json` prints of all updates
 * @param namespace - before the keys of the rollout's config and a colon
 */
export function numberedHistory(updates: unknown, namespace: string): readonly HistoryEntry[] {
  const all = Array.isArray(updates) ? updates.filter(isMap) : [];
  return all.map((update, index) => {
    const { version } = update;
    const isCounted = typeof version === "number" && version > 0;
    return entryOf(update, isCounted ? version : all.length - index, namespace);
  });
}

function entryOf(update: Readonly<Record<string, unknown>>, number: number, namespace: string): HistoryEntry {
  const [kind, message] = [textIn(update, "kind") ?? "", textIn(update, "message") ?? ""];
  const endedAt = textIn(update, "endTime");
  const config = configOf(update["config"], namespace);
  const { values } = parseRollout((key) => config[key]);
  const isGone = kind === "destroy" && update["result"] === "succeeded";
  return {
    number,
    at: textIn(update, "startTime") ?? "",
    ...(endedAt !== undefined && { endedAt }),
    kind,
    result: textIn(update, "result") ?? "",
    message,
    ...readMessage(message),
    config,
    deployments: values.deployments,
    versions: values.versions ?? {},
    weights: isGone ? {} : weightsOf(values),
    mirror: isGone ? {} : positiveWeights(numbersIn(values.mirrorTraffic ?? {})),
  };
}

/** Pulumi marks what is secret, and gives no value for it. */
function configOf(config: unknown, namespace: string): Readonly<Record<string, string>> {
  const entries = Object.entries(isMap(config) ? config : {}).flatMap(([key, setting]): [string, string][] => {
    if (!key.startsWith(`${namespace}:`) || !isMap(setting) || setting["secret"] === true) return [];
    const text = textIn(setting, "value");
    return text === undefined ? [] : [[key.slice(namespace.length + 1), text]];
  });
  return Object.fromEntries(entries);
}

/** Of every declared deployment; an update that was refused may have had anything for a weight. */
function weightsOf({ deployments, traffic }: RolloutValues): Weights {
  const names = Object.keys(deployments);
  if (traffic === undefined && names.length !== 1) return {};
  return numbersIn(traffic ?? { [names[0] ?? ""]: 100 });
}

function numbersIn(weights: Readonly<Record<string, unknown>>): Weights {
  return Object.fromEntries(
    Object.entries(weights).filter((entry): entry is [string, number] => typeof entry[1] === "number"),
  );
}
