/** Values by the name of a config key or an argument. */
export type Values = Readonly<Record<string, unknown>>;

/** Where it is refused: reading the config, the component's constructor, a lookup in Azure, or a hook of a resource. */
type Refusal =
  | "stack config"
  | "arguments"
  | "lookup"
  | "registration of the model"
  | "component"
  | "traffic step"
  | `deployment ${string}`;

/** Config or arguments of the heart-classifier project that are refused at preview. */
export interface BadInput {
  readonly name: string;
  /** Changes to the serving stack's config; undefined removes a key. */
  readonly config?: Values;
  /** Changes to the component's arguments, for what stack config cannot express. */
  readonly args?: Values;
  /** Live weights that somebody else has set before the preview. */
  readonly live?: Readonly<Record<string, number>>;
  /** `MLFLOW_ROLLOUT_NOW` instead of ten minutes after the last step. */
  readonly now?: string;
  readonly refusedBy: Refusal;
  /** The whole message, one line per broken rule; `*` stands for random characters. */
  readonly lines: readonly string[];
  /** Pulumi's own error before the program runs, since `Pulumi.yaml` declares config types. */
  readonly byPulumi?: string;
  /** Only Azure or the engine can tell. */
  readonly needsEngine?: true;
}

/** When the serving stack was brought up, and when a preview is asked for. */
export const SERVING_SINCE = "2026-11-24T12:00:00Z";
export const PREVIEWED_AT = "2026-11-24T12:10:00Z";

/** The whole message, in a preview or in an update that skipped it. */
export function messageOf({ refusedBy, lines }: Pick<BadInput, "refusedBy" | "lines">, isPreview = true): string {
  return [`${headOf(refusedBy, isPreview)}:`, ...lines.map((line) => `  - ${line}`)].join("\n");
}

function headOf(refusedBy: Refusal, isPreview: boolean): string {
  if (refusedBy === "lookup") return "cannot look up what the arguments name, nothing was written";
  if (refusedBy === "arguments") return "invalid arguments, nothing was written";
  if (refusedBy === "stack config")
    return `invalid stack config, nothing ${isPreview ? "" : "of the rollout "}was written`;
  const what = refusedBy.startsWith("deployment ") ? refusedBy : `the ${refusedBy}`;
  return isPreview ? `${what} is refused, nothing was written` : `${what} is refused before its write`;
}

/** Pulumi's error for config that does not have the type declared in `Pulumi.yaml`. */
export function wrongTypeMessage(key: string, type: string): string {
  return `validating stack config: Stack 'dev' with configuration key '${key}' must be of type '${type}'`;
}

/** All errors of a preview with the engine. */
export function expectedErrors(bad: BadInput): readonly string[] {
  if (bad.byPulumi !== undefined) return [bad.byPulumi];
  const message = messageOf(bad);
  const hook = HOOKS.find(([who]) => bad.refusedBy.startsWith(who))?.[1];
  return hook === undefined
    ? [message]
    : [`Preview failed: before hook "${hook}" failed: ${message}`, "preview failed"];
}

/** The refusing hooks; the first is the component's own, which runs before it declares anything. */
const HOOKS: readonly (readonly [string, string])[] = [
  ["arguments", "heart:arguments"],
  ["lookup", "heart:arguments"],
  ["component", "heart:arguments"],
  ["registration of the model", "heart:model-version"],
  ["deployment ", "heart:before-deployment"],
  ["traffic step", "heart:before-traffic"],
];
