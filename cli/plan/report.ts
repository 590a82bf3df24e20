import { isMap } from "../../components/values/shape";
import type { Violation } from "../../components/values/violation";
import { nameOf } from "../stack/exportedStack";
import type { PlannedChange, PlannedUpdate } from "../verbs/plannedUpdate";
import { COMPONENT_TYPE } from "../stack/openRollout";
import type { RemainingStage } from "./stages";

/** What `mlflow-rollout plan --json` prints. */
export interface PlanReport {
  readonly schemaVersion: 1;
  /** `organization/project/stack`. */
  readonly stack: string;
  /** `refused` by a rule; `failed` when the program or the engine ended in another way. */
  readonly verdict: "ok" | "refused" | "failed";
  /** What each component says of its step, a line each. */
  readonly says: readonly ComponentSays[];
  readonly refusals: readonly Violation[];
  /** What a program or the engine says that could not go on. */
  readonly failures: readonly string[];
  readonly warnings: readonly string[];
  /** Resources by what happens to them, such as `create`. */
  readonly changes: Readonly<Record<string, number>>;
  /** Resources that are deleted or replaced. */
  readonly removals: readonly PlannedChange[];
  /** Where the rollout is after the update: `step 2 of 4`; left out while no candidate is declared. */
  readonly position?: string;
  /** Why the rollout is paused. */
  readonly paused?: string;
  /** What comes after the update, in order; none when it is refused. */
  readonly stages: readonly RemainingStage[];
}

/** What one component says in a preview. */
export interface ComponentSays {
  readonly component: string;
  readonly lines: readonly string[];
}

/** The messages of each component in what `pulumi preview --json` prints, in order. */
export function componentsSay(text: string): readonly ComponentSays[] {
  const said = new Map<string, string[]>();
  for (const { urn, message } of infosIn(text)) {
    if (!urn.includes(`${COMPONENT_TYPE}::`)) continue;
    const component = nameOf({ urn });
    said.set(component, [...(said.get(component) ?? []), ...message.trimEnd().split("\n")]);
  }
  return [...said].map(([component, lines]) => ({ component, lines }));
}

function infosIn(text: string): readonly { readonly urn: string; readonly message: string }[] {
  const document: unknown = JSON.parse(text);
  const diagnostics: unknown = isMap(document) ? document["diagnostics"] : undefined;
  return (Array.isArray(diagnostics) ? diagnostics : []).filter(isMap).flatMap(({ urn, message, severity }) => {
    const isInfo = severity === "info" || severity === "info#err";
    return isInfo && typeof urn === "string" && typeof message === "string" ? [{ urn, message }] : [];
  });
}

const REFUSAL = /^ *- ([^\s:][^:]*): (.*)$/;
/** What the engine and the hooks put before the reason. */
const BEFORE = /^error: (Preview failed: )?(before hook "[^"]*" failed: )?/;

/** The refusals in errors, each once, and the errors that are none. */
export function sortErrors(errors: readonly string[]): {
  readonly refusals: readonly Violation[];
  readonly failures: readonly string[];
} {
  const told = errors.map((error) => error.trim().replace(BEFORE, "")).filter((error) => error !== "preview failed");
  const refusals = told.flatMap(refusalsIn);
  const distinct = new Map(refusals.map((refusal) => [`${refusal.path} ${refusal.reason}`, refusal]));
  return {
    refusals: [...distinct.values()],
    failures: [...new Set(told.filter((error) => refusalsIn(error).length === 0))],
  };
}

/** The lines of a refusal: a path and a reason. */
function refusalsIn(error: string): readonly Violation[] {
  return error.split("\n").flatMap((line) => {
    const [, path, reason] = REFUSAL.exec(line) ?? [];
    return path === undefined || reason === undefined ? [] : [{ path, reason }];
  });
}

/** Changes that take something away. */
const REMOVING = new Set(["delete", "replace", "create-replacement", "delete-replaced"]);
const COMPONENT = COMPONENT_TYPE.split(":").at(-1);

/** How many resources change in which way, and those that go; a replaced resource has several steps. */
export function changesIn({ changes }: Pick<PlannedUpdate, "changes">): Pick<PlanReport, "changes" | "removals"> {
  const ops = new Map<string, PlannedChange>();
  for (const change of changes) {
    if (change.type === COMPONENT) continue;
    const op = REMOVING.has(change.op) && change.op !== "delete" ? "replace" : change.op;
    ops.set(`${change.type} ${change.name} ${op}`, { ...change, op });
  }
  const all = [...ops.values()];
  const counts: Record<string, number> = {};
  for (const { op } of all) counts[op] = (counts[op] ?? 0) + 1;
  return { changes: counts, removals: all.filter(({ op }) => REMOVING.has(op)) };
}
