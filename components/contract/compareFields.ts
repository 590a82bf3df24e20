import { breaking, warning } from "./difference";
import type { Difference } from "./difference";
import { fitOf } from "./fit";
import type { Field } from "./modelContract";

export type Side = "input" | "output";

/** Compares the inputs or the outputs of two models: by name, or by position where neither has names. */
export function compareFields(side: Side, stable: readonly Field[], candidate: readonly Field[]): Difference[] {
  const [before, after] = [describeKind(stable), describeKind(candidate)];
  if (before !== after) return [breaking(`${side}s are ${before} -> ${after}`, `keep ${before}`)];
  const [old, fresh] = [byName(stable), byName(candidate)];
  const names = [...new Set([...old.keys(), ...fresh.keys()])];
  return names.flatMap((name) => {
    const [was, is] = [old.get(name), fresh.get(name)];
    const what = name === "" ? side : `${side} ${name}`;
    if (was === undefined) return is === undefined ? [] : added(side, what, is);
    return is === undefined ? removed(side, what, was) : changed(side, what, was, is);
  });
}

function describeKind(fields: readonly Field[]): string {
  const kind = fields.some(({ shape }) => shape !== undefined) ? "tensors" : "columns";
  return `${kind} ${fields.some(({ name }) => name !== undefined) ? "with" : "without"} names`;
}

/** A single field without a name needs no number to be told from others. */
function byName(fields: readonly Field[]): ReadonlyMap<string, Field> {
  return new Map(fields.map((field, index) => [field.name ?? (index === 0 ? "" : String(index)), field]));
}

function added(side: Side, what: string, { type, required }: Field): Difference[] {
  if (side === "output") return [warning(`${what} (${type}) is new`)];
  if (!required) return [];
  return [
    breaking(`${what} (${type}, required) is new and callers do not send it`, "make it optional in the signature"),
  ];
}

function removed(side: Side, what: string, { type }: Field): Difference[] {
  return side === "input"
    ? [warning(`${what} (${type}) is gone; MLflow ignores what callers still send`)]
    : [breaking(`${what} (${type}) is gone and callers may read it`, "keep it")];
}

/** Inputs flow from callers to the candidate, outputs the other way. */
function changed(side: Side, what: string, was: Field, is: Field): Difference[] {
  const [from, to] = side === "input" ? [was, is] : [is, was];
  return [
    ...compareRequired(side, what, from, to),
    ...compareTypes(what, { was: was.type, is: is.type }, fitOf(from.type, to.type)),
    ...(takesShape(from.shape, to.shape)
      ? []
      : [breaking(`${what} has shape ${show(was.shape)} -> ${show(is.shape)}`, `keep ${show(was.shape)}`)]),
  ];
}

function compareRequired(side: Side, what: string, from: Field, to: Field): Difference[] {
  if (from.required || !to.required) return [];
  return side === "input"
    ? [breaking(`${what} is optional -> required and callers may leave it out`, "keep it optional")]
    : [breaking(`${what} is required -> optional and callers may rely on it`, "keep it required")];
}

function compareTypes(
  what: string,
  { was, is }: { was: string; is: string },
  fit: ReturnType<typeof fitOf>,
): Difference[] {
  if (fit === "kept") return [];
  const change = `${what} is ${was} -> ${is}`;
  return [fit === "rounded" ? warning(`${change}; numbers may be rounded`) : breaking(change, `keep ${was}`)];
}

/** Whether every tensor of one shape has the other one. */
function takesShape(from: readonly number[] | undefined, to: readonly number[] | undefined): boolean {
  if (from === undefined || to === undefined) return from === to;
  return from.length === to.length && to.every((size, index) => size === -1 || size === from[index]);
}

function show(shape: readonly number[] | undefined): string {
  return `[${shape?.join(", ") ?? ""}]`;
}
