import { ArmError } from "../../arm/errors";

// assumed text; rule: "how-to-manage-quotas"
export function invalidName(what: string, name: string): ArmError {
  return invalidProperty(
    what,
    `'${name}' is not a valid ${what} name: 3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit.`,
  );
}

export function invalidProperty(target: string, message: string): ArmError {
  return new ArmError(400, {
    code: "BadRequest",
    message: "The request is invalid.",
    details: [{ code: "InferencingClientCallFailed", message, target }],
  });
}

/** The service hands the inner service's validation problem on as text (Azure/azure-cli-extensions#7660). */
export function innerServiceRefusal(message: string, target = "", code = "InferencingClientCallFailed"): ArmError {
  const inner = JSON.stringify({ errors: { [target]: [message] }, title: "One or more validation errors occurred." });
  return new ArmError(400, {
    code: "BadRequest",
    message: "The request is invalid.",
    details: [{ code, message: inner }],
  });
}
