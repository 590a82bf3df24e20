import type { ServiceError } from "./serviceError";

const AGAIN = 'run "pulumi up" again';
const RECOVER = 'run "mlflow-rollout recover"';
const READ_LOG = `read the log, correct the model or what it needs, then ${AGAIN}`;

/**
 * The remedy for a failure, by the service's error code or text; the first match counts. The codes are from
 * learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints.
 */
const REMEDIES: readonly (readonly [RegExp, string])[] = [
  [/quota/i, `ask for more quota, or declare the deployment under a new name with another instanceType`],
  [
    /MissingSubscriptionRegistration|not registered to use namespace/,
    `register the namespace that the text names ("az provider register --namespace <namespace>"), then ${AGAIN}`,
  ],
  [
    /already an endpoint with this name/i,
    `leave endpointName out to get a unique name, or give another; the name of a deleted endpoint is free again after a while`,
  ],
  [
    /'?Image'? must not be empty/i,
    `give the registry model as "uri" of the version, which registers it in the workspace, then ${AGAIN}`,
  ],
  [/AuthorizationFailed|does not have authorization/, `get the role for what the text names, then ${AGAIN}`],
  [
    /^(?:ResourceNotFound|NotFound)\b|not found in endpoint/,
    `Azure does not show it, though it may be there soon: ${RECOVER}, which asks again and continues (docs/recovery.md)`,
  ],
  [/does not exist in this endpoint/, 'it was deleted elsewhere: run "pulumi up --refresh", which creates it again'],
  [/OutOfCapacity/, `${AGAIN} later, or declare the deployment under a new name with another instanceType`],
  [
    /ImageBuildFailure|Environment Image/,
    `read the build log that the text names, correct the model's conda.yaml, then ${AGAIN}`,
  ],
  [/ResourceNotReady|BadArgument/, READ_LOG],
  [
    /Soft-deleted workspace/i,
    "purge the deleted workspace of that name as docs/workspace.md says, or give the new one another name",
  ],
  [
    /already existing resource/,
    `Azure has it and the state does not: ${RECOVER}, which adds it to the state and continues (docs/recovery.md)`,
  ],
  [/DeploymentActive|because it is in/, `wait until Azure has finished, then ${AGAIN}`],
  [/The request is invalid|One or more validation errors/, `correct what Azure's reason names, then ${AGAIN}`],
  [/Throttled|TooManyRequests/, `wait a minute, then ${AGAIN}`],
  [/timed out/, `Azure may still be at work: ${RECOVER}, which waits for what it creates, then ${AGAIN}`],
  [
    /context canceled|error reading from server|transport is closing|plugin\b.*\b(exited|crashed|terminated)/i,
    `how it ended is not known: ${RECOVER}, which asks Azure and continues (docs/recovery.md)`,
  ],
];

/** What to do about a failure, in one sentence. */
export function remedyFor({ code = "", message }: ServiceError): string {
  return REMEDIES.find(([pattern]) => pattern.test(`${code} ${message}`))?.[1] ?? AGAIN;
}
