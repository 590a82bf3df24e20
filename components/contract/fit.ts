/** Whether a value of one type is valid where another type is declared. */
export type Fit = "kept" | "rounded" | "refused";

interface NumberType {
  readonly kind: "int" | "uint" | "float";
  readonly bits: number;
}

/** MLflow's numeric column types; tensors use numpy's names, such as `uint8`. */
const COLUMN_NUMBERS: Readonly<Record<string, NumberType>> = {
  integer: { kind: "int", bits: 32 },
  long: { kind: "int", bits: 64 },
  float: { kind: "float", bits: 32 },
  double: { kind: "float", bits: 64 },
};
/** Integers of up to this many bits are exact in a float of that many bits. */
const EXACT_BITS: Readonly<Record<number, number>> = { 16: 11, 32: 24, 64: 53 };

/**
 * Whether MLflow accepts every JSON value of type `from` as type `to`: numbers may widen. Where only precision is lost,
 * MLflow's servers round. Truncation, overflow and numbers that become text are refused here, though some servers
 * accept them.
 *
 * Source: MLflow 3.17, `_enforce_mlflow_datatype` and `cast_df_types_according_to_schema`.
 */
export function fitOf(from: string, to: string): Fit {
  if (from === to || to === "any") return "kept";
  const [source, target] = [numberType(from), numberType(to)];
  if (source === undefined || target === undefined) return "refused";
  if (target.kind === "float") {
    const exact = source.kind === "float" ? target.bits : (EXACT_BITS[target.bits] ?? 0);
    return source.bits <= exact ? "kept" : "rounded";
  }
  if (source.kind === target.kind) return source.bits <= target.bits ? "kept" : "refused";
  return source.kind === "uint" && source.bits < target.bits ? "kept" : "refused";
}

function numberType(name: string): NumberType | undefined {
  const [, kind, bits] = /^(int|uint|float)(8|16|32|64)$/.exec(name) ?? [];
  if (kind === "int" || kind === "uint" || kind === "float") return { kind, bits: Number(bits) };
  return COLUMN_NUMBERS[name];
}
