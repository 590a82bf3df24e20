import { badRequest, conflict } from "../arm/errors";
import type { ArmError } from "../arm/errors";

export function accountTaken(name: string): ArmError {
  return conflict("StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`);
}

export function unknownKeyName(): ArmError {
  return badRequest("InvalidRequestContent", "keyName must be key1 or key2.");
}
