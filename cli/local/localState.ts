import type { RequestLogEntry } from "azure-mlflow-rollout-local";

/** Where a local Azure and Pulumi keep their state. */
export interface StatePlace {
  /** The folder given by `--data`; undefined keeps nothing. */
  readonly data: string | undefined;
  /** The backend set by the user, who also owns its state. */
  readonly backend: string | undefined;
}

/** The message at the start. */
export function describeState({ data, backend }: StatePlace): string {
  if (backend !== undefined)
    return `${data ?? "in memory, lost when it stops (--data <folder> keeps it)"}; Pulumi's is at ${backend}`;
  if (data !== undefined) return `${data}, Pulumi's too`;
  return "in memory, Pulumi's in a temporary folder: both are lost when it stops (--data <folder> keeps them)";
}

/** The message at the end. */
export function describeEnd({ data, backend }: StatePlace): string {
  if (data === undefined)
    return `stopped; its state ${backend === undefined ? "and Pulumi's are" : "is"} gone (--data <folder> keeps ${backend === undefined ? "them" : "it"})`;
  return `stopped; to continue: npx mlflow-rollout local --data ${data}`;
}

export type LogFormat = "json" | "text";

/** A request as one line of a log; with details, its headers and bodies without secrets. */
export function requestLines(entry: RequestLogEntry, format: LogFormat, withDetails: boolean): string {
  const { details, ...line } = entry;
  const shown = withDetails ? details() : undefined;
  if (format === "json") return JSON.stringify({ ...line, ...shown });
  const { time, method, path, status, milliseconds } = line;
  const messages = shown === undefined ? [] : [["  >", shown.request] as const, ["  <", shown.reply] as const];
  return [
    `${time} ${method} ${path} ${status} ${milliseconds} ms`,
    ...messages.flatMap(([mark, { headers, body }]) => [
      ...Object.entries(headers).map(([name, value]) => `${mark} ${name}: ${value}`),
      ...(body === undefined ? [] : [`${mark} ${typeof body === "string" ? body : JSON.stringify(body)}`]),
    ]),
  ].join("\n");
}
