/** A failure as a service reports it. */
export interface ServiceError {
  /** Such as `ResourceNotReady`; undefined when the service did not report the failure. */
  readonly code: string | undefined;
  /** Its message, or that of its details, on one line. */
  readonly message: string;
  /** The id that Microsoft's support asks for. */
  readonly correlationId: string | undefined;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const CORRELATION = new RegExp(`correlation(?:-request)?-?id["':= ]+(${UUID})`, "i");
/** How Azure ML gives it: `{"type": "Correlation", "info": {"value": {"operation": "...", "request": "..."}}}`. */
const CORRELATION_INFO = /"Correlation"[^{]*\{\s*"value"\s*:\s*\{[^}]*?"operation"\s*:\s*"([^"]+)"/;
/** How azure-native reports an Azure error, without details; when a read failed as well, the last one counts. */
const STATUS_LINE = /^(?:.*[\s:])?Status=\d+(?: Code="([^"]*)")? Message="(.*)"/s;
/** How its older client reports one: quoted as in Go, with details. */
const QUOTED_LINE = /\bCode="([^"]*)" Message=("(?:[^"\\]|\\.)*") Details=(\[.*\])/s;
/** How the Azure SDK reports one with its body. */
const RESPONSE = /ERROR CODE: (\S+)[^{]*(\{.*\})/s;
/** What azure-native and the engine wrap around an error. */
const WRAPPINGS = /^(?:\d+ errors? occurred:\s*\*\s*)?(?:error: )?/;

/** Parses the provider's error for a resource. */
export function readServiceError(text: string): ServiceError {
  const correlationId = CORRELATION.exec(text)?.[1] ?? CORRELATION_INFO.exec(text)?.[1];
  const [, outer, quoted, details] = QUOTED_LINE.exec(text) ?? [];
  if (quoted !== undefined) {
    const error = { message: parsed(quoted) ?? quoted, details: parsed(details) };
    return { ...readErrorDetail(error, outer), correlationId };
  }
  const [, code, message] = STATUS_LINE.exec(text) ?? [];
  if (message !== undefined) {
    // An error without a message is shown as the whole reply.
    const error = at(parsed(message), "error") ?? { message };
    return { ...readErrorDetail(error, code), correlationId };
  }
  const [, sdkCode, body] = RESPONSE.exec(text) ?? [];
  const error = at(parsed(body), "error") ?? parsed(body);
  if (sdkCode !== undefined && error !== undefined) return { ...readErrorDetail(error, sdkCode), correlationId };
  return { code: undefined, message: onOneLine(text.replace(WRAPPINGS, "")), correlationId };
}

/** An error without its wrapping. */
export type ReadError = Pick<ServiceError, "code" | "message">;

/**
 * An error as Azure has it: the innermost ones, since the outer ones only say that something failed inside.
 *
 * @param otherCode - of the one around it
 */
export function readErrorDetail(error: unknown, otherCode?: string): ReadError {
  const code = textAt(error, "code") ?? otherCode;
  const inner = at(error, "details");
  const details = (Array.isArray(inner) ? inner : []).map((detail) => readErrorDetail(detail, code));
  const messages = details.map(({ message }) => message).filter((message) => message !== "");
  if (messages.length > 0) return { code: details[0]?.code ?? code, message: [...new Set(messages)].join(" ") };
  return { code, message: plainMessage(textAt(error, "message") ?? "") };
}

/** The reasons inside an error that Azure ML passes on from its own services as JSON text. */
function plainMessage(message: string): string {
  const [, body] = /error detail: (\{.*\})\s*$/s.exec(message) ?? [];
  const errors = at(parsed(body), "errors");
  if (typeof errors !== "object" || errors === null) return onOneLine(message);
  return onOneLine(Object.values(errors).flat().map(String).join(" "));
}

function at(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}

function textAt(value: unknown, key: string): string | undefined {
  const text = at(value, key);
  return typeof text === "string" ? text : undefined;
}

function parsed(json: string | undefined): unknown {
  if (json === undefined) return undefined;
  try {
    return JSON.parse(json) as unknown;
  } catch {
    return undefined;
  }
}

function onOneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
