import { badRequest } from "../../arm/errors";
import type { ArmError } from "../../arm/errors";

export function invalidDatastoreName(name: string): ArmError {
  return badRequest("UserError", `'${name}' is not a valid datastore name.`);
}
