import { parse } from "yaml";
import { isMap } from "../../components/values/shape";
import { columnValue, tensorValue } from "./sampleValues";

/** A scoring request, as a deployment without a scoring script takes it. */
export interface SampleRequest {
  readonly body: Readonly<Record<string, unknown>>;
  readonly from: "input example" | "signature";
}

type Entries = Readonly<Record<string, unknown>>;

/** Rows of an input example that are kept. */
const MOST_ROWS = 5;

/**
 * A request from what MLflow has saved with a model: its input example, else placeholder values for its signature.
 *
 * @param mlModel - text of `MLmodel`
 * @param read - text of a file of the model, undefined when there is none
 * @returns undefined when the model has neither, or unknown types
 */
export function sampleRequest(mlModel: string, read: (path: string) => string | undefined): SampleRequest | undefined {
  const { saved_input_example_info: info, signature } = mapOf(
    parse(mlModel, { schema: "failsafe", logLevel: "error" }),
  );
  const path = mapOf(info)["serving_input_path"];
  const example = typeof path === "string" ? fromExample(parseJson(read(path))) : undefined;
  if (example !== undefined) return { body: example, from: "input example" };
  const body = isMap(signature) ? fromSignature(signature) : undefined;
  return body && { body, from: "signature" };
}

/** MLflow's own server takes other bodies: `dataframe_split`, `dataframe_records`, `inputs` and `instances`. */
function fromExample(example: unknown): Entries | undefined {
  if (!isMap(example)) return undefined;
  const { dataframe_split: split, dataframe_records: records, inputs, instances, params } = example;
  const data = isMap(split) ? frame(split["columns"], split["data"]) : (recordsFrame(records) ?? inputs ?? instances);
  return data === undefined ? undefined : { input_data: data, ...(isMap(params) && { params }) };
}

function recordsFrame(records: unknown): unknown {
  if (!Array.isArray(records) || !records.every(isMap)) return undefined;
  const columns = [...new Set(records.flatMap((record) => Object.keys(record)))];
  return frame(
    columns,
    records.map((record) => columns.map((column) => record[column] ?? null)),
  );
}

function frame(columns: unknown, rows: unknown): unknown {
  if (!Array.isArray(columns) || !Array.isArray(rows)) return undefined;
  const data: readonly unknown[] = rows.slice(0, MOST_ROWS);
  return { columns, index: data.map((_, index) => index), data };
}

function fromSignature({ inputs, params }: Entries): Entries | undefined {
  const data = inputData(parseList(inputs));
  if (data === undefined) return undefined;
  const defaults = parseList(params).map(({ name, default: value }) => [String(name), value ?? null] as const);
  return { input_data: data, ...(defaults.length > 0 && { params: Object.fromEntries(defaults) }) };
}

function inputData(inputs: readonly Entries[]): unknown {
  const [first] = inputs;
  if (first === undefined) return undefined;
  if (isMap(first["tensor-spec"])) {
    const tensors = inputs.map((input) => [String(input["name"]), tensorValue(mapOf(input["tensor-spec"]))] as const);
    if (tensors.some(([, tensor]) => tensor === undefined)) return undefined;
    return first["name"] === undefined ? tensors[0]?.[1] : Object.fromEntries(tensors);
  }
  const row = inputs.map(columnValue);
  if (row.includes(undefined)) return undefined;
  if (inputs.some(({ name }) => name === undefined)) return [row];
  return frame(
    inputs.map(({ name }) => name),
    [row],
  );
}

function parseList(text: unknown): readonly Entries[] {
  const list = typeof text === "string" ? parseJson(text) : undefined;
  return Array.isArray(list) ? list.filter(isMap) : [];
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}

function mapOf(value: unknown): Entries {
  return isMap(value) ? value : {};
}
