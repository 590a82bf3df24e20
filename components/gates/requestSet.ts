import { isMap } from "../values/shape";

/** A recorded request. */
export interface RecordedRequest {
  /** Its line in the file, from 1 on. */
  readonly line: number;
  /** JSON. */
  readonly body: string;
}

/** A file of requests that cannot be used, in words for its user. */
export class RequestSetError extends Error {}

/**
 * The requests of a file, one on each line; empty lines are left out.
 *
 * @throws RequestSetError with the lines that are not JSON, or when there is no request
 */
export function readRequestSet(text: string): readonly RecordedRequest[] {
  const parts = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const requests = parts.map((body, index) => ({ line: index + 1, body })).filter(({ body }) => body.trim() !== "");
  const broken = requests.filter(({ body }) => parsed(body) === undefined).map(({ line }) => line);
  if (broken.length > 0) {
    const shown = broken.slice(0, 5).join(", ");
    const more = broken.length > 5 ? ` and ${broken.length - 5} more` : "";
    const lines = broken.length === 1 ? `line ${shown} is` : `lines ${shown}${more} are`;
    throw new RequestSetError(`${lines} not JSON; write one request on each line`);
  }
  if (requests.length === 0) throw new RequestSetError("has no request; write one on each line");
  return requests;
}

/**
 * The values of a column in each row of a request, in the shapes that MLflow's server takes: `input_data` or
 * `dataframe_split` with columns and data, a list of records, or `inputs` with a list for each column.
 *
 * @returns empty when the request has no such column
 */
export function columnOf(body: string, column: string): readonly unknown[] {
  const request = parsed(body);
  const data = isMap(request)
    ? (request["input_data"] ??
      request["dataframe_split"] ??
      request["dataframe_records"] ??
      request["inputs"] ??
      request)
    : request;
  if (Array.isArray(data)) return valuesOf(data, column);
  if (!isMap(data)) return [];
  const { columns, data: rows } = data;
  if (Array.isArray(columns) && Array.isArray(rows)) {
    const index = columns.indexOf(column);
    return index < 0 ? [] : rows.map((row: unknown) => (Array.isArray(row) ? (row as unknown[])[index] : undefined));
  }
  const own = Object.hasOwn(data, column) ? data[column] : undefined;
  return Array.isArray(own) ? own : own === undefined ? [] : [own];
}

function valuesOf(records: readonly unknown[], column: string): readonly unknown[] {
  const values = records.map((record) => (isMap(record) ? record[column] : undefined));
  return values.every((value) => value === undefined) ? [] : values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
