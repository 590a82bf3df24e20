import type { Column } from "./mlmodel";

/** A request that the scoring container answers with something other than 200. */
export class ScoringError extends Error {
  constructor(
    readonly status: number,
    message: string,
    /** What only the container's log says. */
    readonly log: string = message,
  ) {
    super(message);
  }
}

/** What the inference server says when the script fails; the reason is only in the container's log. */
export const SCRIPT_FAILED = "An unexpected error occurred in scoring script. Check the logs for more info.";

/** Rows in the order of the signature's columns. */
export type Rows = readonly (readonly unknown[])[];

/**
 * The rows of a request to a no-code MLflow deployment: `input_data` as a frame (`columns`, `data`, optionally `index`),
 * as a list of rows, or as named columns. Bodies of MLflow's own server are not accepted.
 *
 * Microsoft's documentation lists all three. Its published scoring script takes only a frame when the signature names
 * columns, and casts values as pandas does where MLflow refuses them; here they are refused.
 */
export function readRows(body: unknown, columns: readonly Column[]): Rows {
  const { names, rows } = frameOf(readInputData(body), columns);
  const positions = columns.map((column) => names.indexOf(column.name));
  const missing = columns.filter((column, index) => column.required && positions[index] === -1);
  if (missing.length > 0) throw failed(missingInputs(missing, names, columns));
  return rows.map((row) => columns.map((column, index) => convert(row[positions[index] ?? -1], column)));
}

/** What a request gives as `input_data`, whatever it is. */
export function readInputData(body: unknown): unknown {
  if (!isObject(body)) throw new ScoringError(400, "POST body should be a JSON dictionary.");
  if (!("input_data" in body)) throw new ScoringError(400, "A value is not provided for the 'input_data' parameter.");
  return body["input_data"];
}

/** Inference parameters; a model whose signature has none ignores them. */
export function readParams(body: unknown): unknown {
  return isObject(body) ? body["params"] : undefined;
}

interface Frame {
  readonly names: readonly string[];
  readonly rows: Rows;
}

const FRAME_KEYS: ReadonlySet<string> = new Set(["columns", "index", "data"]);

function frameOf(data: unknown, columns: readonly Column[]): Frame {
  if (Array.isArray(data)) return { names: columns.map(({ name }) => name), rows: rowsOf(data, columns.length) };
  if (!isObject(data)) throw failed("input_data must be a frame, a list of rows or named columns.");
  if (Array.isArray(data["columns"]) && Array.isArray(data["data"])) {
    const names = data["columns"].map(String);
    const { index } = data;
    const unexpected = Object.keys(data).filter((key) => !FRAME_KEYS.has(key));
    if (unexpected.length > 0) throw failed(`JSON data had unexpected key(s): ${unexpected.join(", ")}`);
    if (Array.isArray(index) && index.length !== data["data"].length)
      throw failed("Shape of index does not match the data.");
    return { names, rows: rowsOf(data["data"], names.length) };
  }
  return columnsOf(data);
}

function rowsOf(rows: readonly unknown[], width: number): Rows {
  return rows.map((row) => {
    if (Array.isArray(row) && row.length === width) return row;
    throw failed(`${width} columns passed, passed data had ${Array.isArray(row) ? row.length : 1} columns.`);
  });
}

function columnsOf(data: Record<string, unknown>): Frame {
  const names = Object.keys(data);
  const lists = names.map((name) => data[name]);
  if (!lists.every(Array.isArray)) throw failed("input_data has neither columns and data nor lists by column name.");
  const height = lists[0]?.length ?? 0;
  if (lists.some((list) => list.length !== height)) throw failed("All arrays must be of the same length.");
  return { names, rows: Array.from({ length: height }, (_, row) => lists.map((list): unknown => list[row])) };
}

function missingInputs(missing: readonly Column[], given: readonly string[], columns: readonly Column[]): string {
  const known = new Set(columns.map(({ name }) => name));
  const extra = given.filter((name) => !known.has(name));
  const list = (names: readonly string[]) => `[${names.map((name) => `'${name}'`).join(", ")}]`;
  const note = extra.length === 0 ? "" : ` Note that there were extra inputs: ${list(extra)}.`;
  return `Model is missing inputs ${list(missing.map(({ name }) => name))}.${note}`;
}

const isNumber = (value: unknown): boolean => typeof value === "number";
/** What a value of each type looks like in JSON; MLflow itself judges the other types. */
const IS_TYPE: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string",
  boolean: (value) => typeof value === "boolean",
  double: isNumber,
  float: isNumber,
  // A larger number has been rounded when the body was read.
  long: Number.isSafeInteger,
  integer: (value) => typeof value === "number" && (value | 0) === value,
};

/** MLflow's schema enforcement: numbers may widen, nothing may narrow, and whole-number columns have no gaps. */
function convert(value: unknown, { name, type, required }: Column): unknown {
  if (value === null || value === undefined) {
    if (!required && (type === "double" || type === "float")) return Number.NaN;
    throw failed(`Incompatible input types for column ${name}. Can not safely convert a missing value to ${type}.`);
  }
  if (IS_TYPE[type]?.(value) ?? true) return value;
  throw failed(`Incompatible input types for column ${name}. Can not safely convert ${typeof value} to ${type}.`);
}

function failed(log: string): ScoringError {
  return new ScoringError(500, SCRIPT_FAILED, log);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
