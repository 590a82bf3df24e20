import type { ModelContract, Signature, Field, Param } from "./modelContract";
import { fitOf } from "./fit";

/**
 * What callers of the stable deployment's model may notice when a candidate's model answers them; empty when they
 * cannot. Requests are assumed to name their columns, as the documented frames do.
 */
export function compareContracts(stable: ModelContract, candidate: ModelContract): Difference[] {
  return [
    ...compareSignatures(stable.signature, candidate.signature),
    ...compareFlavours(stable.flavours, candidate.flavours),
    ...comparePython(stable.pythonVersion, candidate.pythonVersion),
  ];
}

function compareSignatures(stable: Signature | undefined, candidate: Signature | undefined): Difference[] {
  return [
    ...compareSide("input", stable, candidate),
    ...compareSide("output", stable, candidate),
    ...compareParams(stable?.params ?? [], candidate?.params ?? []),
  ];
}

function compareSide(side: Side, stable: Signature | undefined, candidate: Signature | undefined): Difference[] {
  const [before, after] =
    side === "input" ? [stable?.inputs, candidate?.inputs] : [stable?.outputs, candidate?.outputs];
  if (before !== undefined && after !== undefined) return compareFields(side, before, after);
  if (before === after) return [];
  const change = before === undefined ? "declared only by the candidate" : "no longer declared";
  return [warning(`${side}s are ${change}, so that they cannot be compared`)];
}

function compareFlavours(stable: readonly string[], candidate: readonly string[]): Difference[] {
  const [before, after] = [stable, candidate].map((names) => names.join(" and ") || "python_function alone");
  return before === after ? [] : [warning(`flavour is ${before} -> ${after}`)];
}

function comparePython(stable: string | undefined, candidate: string | undefined): Difference[] {
  const [before, after] = [stable, candidate].map((version) => /^\d+\.\d+/.exec(version ?? "")?.[0]);
  if (before === undefined || after === undefined || before === after) return [];
  return [warning(`Python is ${before} -> ${after}`)];
}

type Side = "input" | "output";

/** Compares the inputs or the outputs of two models: by name, or by position where neither has names. */
function compareFields(side: Side, stable: readonly Field[], candidate: readonly Field[]): Difference[] {
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

/** A single unnamed field needs no number. */
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

/** Whether every tensor of one shape fits the other. */
function takesShape(from: readonly number[] | undefined, to: readonly number[] | undefined): boolean {
  if (from === undefined || to === undefined) return from === to;
  return from.length === to.length && to.every((size, index) => size === -1 || size === from[index]);
}

function show(shape: readonly number[] | undefined): string {
  return `[${shape?.join(", ") ?? ""}]`;
}

/** Compares inference parameters. A new one has a default, so callers notice nothing. */
function compareParams(stable: readonly Param[], candidate: readonly Param[]): Difference[] {
  return stable.flatMap((was) => {
    const is = candidate.find(({ name }) => name === was.name);
    const what = `param ${was.name}`;
    if (is === undefined) return [warning(`${what} is gone; MLflow ignores what callers still send`)];
    const [before, after] = [describe(was), describe(is)];
    const fit = was.isList === is.isList ? fitOf(was.type, is.type) : "refused";
    if (fit === "refused") return [breaking(`${what} is ${before} -> ${after}`, `keep ${before}`)];
    return [
      ...(fit === "rounded" ? [warning(`${what} is ${before} -> ${after}; numbers may be rounded`)] : []),
      ...(was.default === is.default ? [] : [warning(`${what} has default ${was.default} -> ${is.default}`)]),
    ];
  });
}

function describe({ type, isList }: Param): string {
  return isList ? `list of ${type}` : type;
}

/** What a difference between two models means for callers of the first. */
export type Verdict = "compatible" | "warning" | "breaking";

/** A difference in a candidate's model that callers of the stable one may notice. */
export interface Difference {
  readonly verdict: Exclude<Verdict, "compatible">;
  /** What differs and what happens to a request, such as `input age is long -> string, ...`. */
  readonly what: string;
  /** What to change in the model; empty for a warning that needs no change. */
  readonly cure: string;
}

/** The worst verdict. */
export function verdictOf(differences: readonly Difference[]): Verdict {
  if (differences.some(({ verdict }) => verdict === "breaking")) return "breaking";
  return differences.length > 0 ? "warning" : "compatible";
}

function breaking(what: string, cure: string): Difference {
  return { verdict: "breaking", what, cure };
}

function warning(what: string): Difference {
  return { verdict: "warning", what, cure: "" };
}
