/** What a service says of a failure. */
export interface ServiceError {
  /** Such as `ResourceNotReady`; undefined when the failure is none of the service. */
  readonly code: string | undefined;
  /** Its text, or that of its details, on one line. */
  readonly message: string;
  /** What Microsoft's support asks for. */
  readonly correlationId: string | undefined;
}

const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const CORRELATION = new RegExp(`correlation(?:-request)?-?id["':= ]+(${UUID})`, "i");
/** How Azure ML gives it: `{"type": "Correlation", "info": {"value": {"operation": "...", "request": "..."}}}`. */
const CORRELATION_INFO = /"Correlation"[^{]*\{\s*"value"\s*:\s*\{[^}]*?"operation"\s*:\s*"([^"]+)"/;
/** How azure-native words an error of Azure; both texts are quoted as in Go. */
const STATUS_LINE = /\bCode="([^"]*)" Message=("(?:[^"\\]|\\.)*")(?: Details=(\[.*\]))?/s;
/** How the Azure SDK words one whose body it shows. */
const RESPONSE = /ERROR CODE: (\S+)[^{]*(\{.*\})/s;
/** What azure-native and the engine put around an error. */
const WRAPPINGS = /^(?:\d+ errors? occurred:\s*\*\s*)?(?:error: )?/;

/** Reads the error of a resource as the provider words it. */
export function readServiceError(text: string): ServiceError {
  const correlationId = CORRELATION.exec(text)?.[1] ?? CORRELATION_INFO.exec(text)?.[1];
  const [, code, quoted = "", details] = STATUS_LINE.exec(text) ?? [];
  if (code !== undefined) {
    return { ...describe(code, { message: parsed(quoted) ?? quoted, details: parsed(details) }), correlationId };
  }
  const [, sdkCode, body] = RESPONSE.exec(text) ?? [];
  const error = at(parsed(body), "error") ?? parsed(body);
  if (sdkCode !== undefined && error !== undefined) return { ...describe(sdkCode, error), correlationId };
  return { code: undefined, message: onOneLine(text.replace(WRAPPINGS, "")), correlationId };
}

/** The innermost errors, since the outer ones only say that something failed inside. */
function describe(code: string, error: unknown): Pick<ServiceError, "code" | "message"> {
  const inner = at(error, "details");
  const details = (Array.isArray(inner) ? inner : []).map((detail) => describe(textAt(detail, "code") ?? code, detail));
  const messages = details.map(({ message }) => message).filter((message) => message !== "");
  if (messages.length > 0) return { code: details[0]?.code ?? code, message: [...new Set(messages)].join(" ") };
  return { code, message: plainMessage(textAt(error, "message") ?? "") };
}

/** The reasons of an error that Azure ML passes on from its own services as JSON in a text. */
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
