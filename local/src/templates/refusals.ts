import { ArmError, badRequest, notFound } from "../arm/errors";
import type { ArmErrorDetail } from "../arm/errors";
import { OperationFailure } from "../arm/operations";
import type { Operation } from "../arm/operations";

export function deploymentActive(name: string, running: Operation): ArmError {
  return new ArmError(409, {
    code: "DeploymentActive",
    message: `Unable to edit or replace deployment '${name}': previous deployment from '${running.startTime}' is still active (expiration time is in 7 days). Please see https://aka.ms/arm-deploy for usage details.`,
  });
}

export function deploymentFailed(error: ArmErrorDetail): OperationFailure {
  return new OperationFailure({
    code: "DeploymentFailed",
    message:
      "At least one resource deployment operation failed. Please list deployment operations for details. Please see https://aka.ms/arm-deployment-operations for usage details.",
    details: [error],
  });
}

export function invalidDeploymentName(name: string): ArmError {
  return badRequest(
    "InvalidDeploymentName",
    `The deployment name '${name}' has invalid characters or length: 1 to 64 letters, digits and '-', '.', '_', '(', ')' are allowed.`,
  );
}

export function unservedMode(): ArmError {
  return badRequest("InvalidDeploymentMode", "Only the mode 'Incremental' is served by the local Azure ML.");
}

export function unservedMember(member: string): ArmError {
  return badRequest("InvalidTemplate", `${member} is not served by the local Azure ML.`);
}

export function deploymentNotFound(name: string): ArmError {
  return notFound("DeploymentNotFound", `Deployment '${name}' could not be found.`);
}
