import type { RequestLogEntry } from "azure-mlflow-rollout-local";

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
