import { ArmError, badRequest } from "../../arm/errors";
import { invalidProperty } from "../shared/refusals";

// azure-ai-ml `_artifacts/_constants.py`
export function assetPathChanged(): ArmError {
  return new ArmError(400, { code: "UserError", message: "Asset paths cannot be updated." });
}

// Azure/azureml-examples#2725: other versions are refused; assumed text
export function invalidModelVersion(version: string): ArmError {
  return invalidProperty("version", `Version '${version}' is not a positive integer.`);
}

export function invalidAssetName(what: string, name: string): ArmError {
  return badRequest("UserError", `'${name}' is not a valid ${what} name.`);
}
