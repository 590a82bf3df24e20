import { ArmError } from "../arm/errors";
import type { ArmRequest } from "../arm/resourceHandler";
import BODIES from "./bodies.json";
import { readBody } from "./readBody";
import type { BodyProblem } from "./readBody";
import type { Rules } from "./rule";
import RULES from "./rules.json";

const ML = "microsoft.machinelearningservices/";
const NAMES: ReadonlyMap<string, string> = new Map(Object.entries(BODIES));

/**
 * The body of a request as its service reads it, by Microsoft's published specification of the operation; unchanged
 * when no specification is saved.
 *
 * @throws ArmError 400 that names every violation of the specification
 */
export function bodyBySpec({ method, id, body }: Pick<ArmRequest, "method" | "id" | "body">): unknown {
  const { fullType, tail } = id;
  const place = tail === undefined ? fullType : `${fullType}/${tail.toLowerCase()}`;
  const name = NAMES.get(`${method} ${place}`);
  if (name === undefined) return body;
  const read = readBody(RULES as unknown as Rules, name, body);
  if (read.problems.length > 0) throw bodyRefusal(fullType, read.problems);
  return read.body;
}

/**
 * The refusal of a body. Codes and texts are assumed: each provider has its own.
 *
 * @param type lower-case type of the resource
 */
export function bodyRefusal(type: string, problems: readonly BodyProblem[]): ArmError {
  const told = problems.map(({ path, message }) => `${path} ${message}`);
  const message = `The request is invalid: ${told.join("; ")}.`;
  if (!type.startsWith(ML)) return new ArmError(400, { code: "InvalidRequestContent", message });
  const code = "ValidationError";
  const details = problems.map(({ path }, index) => ({ code, message: told[index] ?? "", target: path }));
  return new ArmError(400, { code, message, details });
}
