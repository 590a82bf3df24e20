import type { Exchange } from "../http/exchange";
import { ScoringError } from "../scoring/inputData";
import type { Scorer } from "../scoring/scorer";

/** The container refuses longer ids. */
const MAX_ID = 100;
const JSON_TYPE = /^application\/(json|[\w.+-]+\+json)\s*(;|$)/i;

/**
 * The 200 answer of the inference server's `/score`.
 *
 * @throws ScoringError with its other answers (microsoft/azureml-inference-server: `server/routes.py`, `input_parsers.py`)
 */
export async function scoreInContainer(scorer: Scorer, exchange: Exchange): Promise<unknown> {
  checkIds(exchange);
  switch (exchange.method) {
    case "POST":
      return scorer.score(readBody(exchange));
    case "GET":
      return scorer.score(readParameters(exchange.query));
    case "OPTIONS":
      return undefined;
    default:
      throw new ScoringError(405, "Method not allowed");
  }
}

/**
 * The 200 answer of the inference server's `/swagger.json`.
 *
 * @throws ScoringError with its other answers
 */
export function swaggerInContainer(scorer: Scorer, exchange: Exchange, endpointName: string): unknown {
  checkIds(exchange);
  if (exchange.method !== "GET") throw new ScoringError(405, "Method not allowed");
  const version = exchange.query.get("version") ?? "2";
  const document = scorer.swagger(endpointName, version);
  if (document !== undefined) return document;
  throw new ScoringError(404, `Swagger version [${version}] is not valid. Supported versions: [2, 3, 3.1].`);
}

function checkIds({ headers }: Exchange): void {
  const isTooLong = (name: string) => String(headers[name] ?? "").length > MAX_ID;
  if (isTooLong("x-ms-request-id") || isTooLong("x-ms-client-request-id"))
    throw new ScoringError(431, `x-ms-request-id and x-ms-client-request-id must not exceed ${MAX_ID} characters`);
}

function readBody({ headers, body }: Exchange): unknown {
  if (!JSON_TYPE.test(headers["content-type"] ?? ""))
    throw new ScoringError(415, "Expects Content-Type to be application/json");
  if (body.length === 0) throw new ScoringError(400, "POST body is empty. Expecting a JSON dictionary.");
  const value = parsed(body.toString("utf8"));
  if (value === undefined) throw new ScoringError(400, "POST body could not be decoded as JSON.");
  return value;
}

/** Parameters are parsed as JSON if possible, else kept as text; a repeated one is a list. */
function readParameters(query: URLSearchParams): Record<string, unknown> {
  const values = [...new Set(query.keys())].map((name) => {
    const [first, ...more] = query.getAll(name).map((text) => parsed(text) ?? text);
    return [name, more.length === 0 ? first : [first, ...more]];
  });
  return Object.fromEntries(values) as Record<string, unknown>;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
