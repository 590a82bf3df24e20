import { expect, test } from "vitest";
import { remedyFor } from "../../../components/azure/remedy";

test.each<[code: string | undefined, message: string, cure: string]>([
  [
    "MissingSubscriptionRegistration",
    "The subscription is not registered to use namespace 'Microsoft.Cdn'.",
    'register the namespace that the text names ("az provider register --namespace <namespace>"), then run "pulumi up" again',
  ],
  [
    "BadRequest",
    "There is already an endpoint with this name, Endpoint name needs to be unique within a region.",
    "leave endpointName out to get a unique name, or give another; the name of a deleted endpoint is free again after a while",
  ],
  [
    "BadRequest",
    "'Image' must not be empty",
    'give the registry model as "uri" of the version, which registers it in the workspace, then run "pulumi up" again',
  ],
  [
    "AuthorizationFailed",
    "The client does not have authorization to perform action 'Microsoft.Resources/deployments/write'.",
    'get the role for what the text names, then run "pulumi up" again',
  ],
  [
    "BadRequest",
    "Soft-deleted workspace exists. Please purge or recover it. https://aka.ms/wsoftdelete",
    "purge the deleted workspace of that name as docs/workspace.md says, or give the new one another name",
  ],
  [
    "OutOfCapacity",
    "No capacity.",
    'run "pulumi up" again later, or declare the deployment under a new name with another instanceType',
  ],
  [
    "UserError",
    "Deployment blue does not exist in this endpoint",
    'it was deleted elsewhere: run "pulumi up --refresh", which creates it again',
  ],
  [
    undefined,
    "cannot create already existing resource '/subscriptions/s/resourceGroups/g'",
    'Azure has it and the state does not: run "mlflow-rollout recover", which adds it to the state and continues (docs/recovery.md)',
  ],
  [
    undefined,
    "operation timed out",
    'Azure may still be at work: run "mlflow-rollout recover", which waits for what it creates, then run "pulumi up" again',
  ],
  ...["context canceled", "rpc error: code = Unavailable desc = error reading from server: EOF"].map(
    (message): [undefined, string, string] => [
      undefined,
      message,
      'how it ended is not known: run "mlflow-rollout recover", which asks Azure and continues (docs/recovery.md)',
    ],
  ),
  ["InternalServerError", "An internal error occurred.", 'run "pulumi up" again'],
  [undefined, "the connection was closed", 'run "pulumi up" again'],
])("%s %s", (code, message, cure) => {
  expect(remedyFor({ code, message, correlationId: undefined })).toBe(cure);
});
