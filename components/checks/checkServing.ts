import { RollingRate } from "../args/serving";
import type { EndpointKind } from "../settings/kinds";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";
import { checkSettings, checkBoolean, checkChoice, checkGiven, checkWhole, checkTexts } from "./scalars";
import { checkInputText, isKnownMap, checkText } from "./literals";

/** Seconds. Source: Azure ML quotas and limits, "how-to-manage-quotas". */
const MAX_REQUEST_TIMEOUT = { Managed: 180, Kubernetes: 300 };

/** The least value of each setting of a probe. */
const PROBE = {
  initialDelaySeconds: 0,
  periodSeconds: 1,
  timeoutSeconds: 1,
  failureThreshold: 1,
  successThreshold: 1,
};

/** Collections that need no scoring script of the user. Source: "how-to-collect-production-data". */
const COLLECTIONS = ["model_inputs", "model_outputs", "request", "response"];

export function checkRequestSettings(path: string, settings: unknown, kind: EndpointKind): Violation[] {
  const keys = ["maxConcurrentRequestsPerInstance", "requestTimeoutSeconds"];
  return checkSettings(path, settings, keys, ({ maxConcurrentRequestsPerInstance, requestTimeoutSeconds }) => [
    ...checkWhole(`${path}.maxConcurrentRequestsPerInstance`, maxConcurrentRequestsPerInstance, 1),
    ...checkWhole(`${path}.requestTimeoutSeconds`, requestTimeoutSeconds, 1, MAX_REQUEST_TIMEOUT[kind]),
  ]);
}

export function checkProbe(path: string, probe: unknown): Violation[] {
  return checkSettings(path, probe, Object.keys(PROBE), (settings) =>
    Object.entries(PROBE).flatMap(([key, min]) => checkWhole(`${path}.${key}`, settings[key], min)),
  );
}

/** @param hasScript - whether a scoring script of the user can name collections of its own */
export function checkDataCollector(path: string, collector: unknown, hasScript: boolean): Violation[] {
  const keys = ["collections", "rollingRate", "captureHeaders"];
  return checkSettings(path, collector, keys, ({ collections, rollingRate, captureHeaders }) => [
    ...checkCollections(`${path}.collections`, collections, hasScript),
    ...checkChoice(`${path}.rollingRate`, rollingRate, RollingRate),
    ...checkHeaders(`${path}.captureHeaders`, captureHeaders, collections),
  ]);
}

function checkCollections(path: string, collections: unknown, hasScript: boolean): Violation[] {
  const todo = "name what is collected, such as { model_inputs: {}, model_outputs: {} }";
  if (collections === undefined) return checkGiven(path, collections, todo);
  if (!isKnownMap(collections)) {
    return [{ path, reason: `must be a map of collection names to settings, got ${show(collections)}` }];
  }
  if (Object.keys(collections).length === 0) return [{ path, reason: `has no collection; ${todo}` }];
  return Object.entries(collections).flatMap(([name, collection]) => [
    ...(hasScript || COLLECTIONS.includes(name) ? [] : [{ path: `${path}.${name}`, reason: unknownCollection() }]),
    ...checkCollection(`${path}.${name}`, collection ?? null),
  ]);
}

function unknownCollection(): string {
  return `only a scoring script of your own collects under this name; use ${COLLECTIONS.join(", ")}`;
}

function checkCollection(path: string, collection: unknown): Violation[] {
  const keys = ["enabled", "samplingRate", "dataId", "clientId"];
  return checkSettings(path, collection, keys, ({ enabled, samplingRate, dataId, clientId }) => [
    ...checkBoolean(`${path}.enabled`, enabled),
    ...checkShare(`${path}.samplingRate`, samplingRate),
    ...checkInputText(`${path}.dataId`, dataId),
    ...checkInputText(`${path}.clientId`, clientId),
  ]);
}

function checkShare(path: string, share: unknown): Violation[] {
  if (share === undefined || (typeof share === "number" && share > 0 && share <= 1)) return [];
  return [{ path, reason: `must be a number more than 0 and at most 1, got ${show(share)}` }];
}

function checkHeaders(path: string, headers: unknown, collections: unknown): Violation[] {
  if (headers === undefined) return [];
  if (!Array.isArray(headers) || !headers.every((header) => typeof header === "string" && header !== "")) {
    return [{ path, reason: `must be a list of header names, got ${show(headers)}` }];
  }
  const kept = isKnownMap(collections) && ["request", "response"].some((name) => collections[name] !== undefined);
  return kept ? [] : [{ path, reason: "has no effect; headers are kept with the collections request and response" }];
}

const ENVIRONMENT_ID =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/environments\/[^/]+\/versions\/[^/]+|azureml:\/\/registries\/[^/]+\/environments\/[^/]+\/versions\/[^/]+)$/i;
const VARIABLE_NAME = /^[a-zA-Z_]\w*$/;

/** Environment, scoring script and variables of a container that Azure does not build from the MLflow model. */
export function checkContainer(at: string, deployment: Readonly<Record<string, unknown>>): Violation[] {
  const { environmentId, environmentVariables, codeConfiguration, modelMountPath } = deployment;
  return [
    ...checkTexts(`${at}.environmentVariables`, environmentVariables, () => undefined, checkVariableName),
    ...checkInputText(`${at}.environmentId`, environmentId, checkEnvironmentId),
    ...checkCode(`${at}.codeConfiguration`, codeConfiguration),
    ...checkText(`${at}.modelMountPath`, modelMountPath, checkAbsolute),
    ...(environmentId === undefined ? checkWithoutEnvironment(at, deployment) : []),
  ];
}

function checkCode(path: string, code: unknown): Violation[] {
  return checkSettings(path, code, ["codeId", "scoringScript"], ({ codeId, scoringScript }) => [
    ...checkInputText(`${path}.codeId`, codeId),
    ...checkGiven(`${path}.scoringScript`, scoringScript, "name the script, such as score.py"),
    // Source: the ARM specification of deployments, 2025-12-01.
    ...checkText(`${path}.scoringScript`, scoringScript, (script) =>
      /\w/.test(script) ? undefined : `${show(script)} is not a file name; name the script, such as score.py`,
    ),
  ]);
}

/** What Azure accepts only with an environment: without one it builds image and script from the MLflow model. */
function checkWithoutEnvironment(
  at: string,
  { codeConfiguration, modelMountPath, egressPublicNetworkAccess }: Readonly<Record<string, unknown>>,
): Violation[] {
  const given = Object.entries({ codeConfiguration, modelMountPath }).filter(([, value]) => value !== undefined);
  const lonely = given.map(([key]) => ({
    path: `${at}.${key}`,
    reason: "needs environmentId; without one Azure makes environment and script from the MLflow model",
  }));
  if (egressPublicNetworkAccess !== "Disabled") return lonely;
  const reason =
    "needs environmentId: Azure installs the model's packages from the internet (BadArgument); give an environment that has them, or use a managed network of the workspace";
  return [...lonely, { path: `${at}.egressPublicNetworkAccess`, reason }];
}

function checkEnvironmentId(id: string): string | undefined {
  return ENVIRONMENT_ID.test(id)
    ? undefined
    : `must be the ARM id of an environment version or azureml://registries/<registry>/environments/<name>/versions/<version>, got ${show(id)}`;
}

function checkVariableName(name: string): string | undefined {
  return VARIABLE_NAME.test(name)
    ? undefined
    : "is not the name of a variable; use letters, digits and underscores, no digit first";
}

function checkAbsolute(path: string): string | undefined {
  return path.startsWith("/") ? undefined : `must be an absolute path such as "/models", got ${show(path)}`;
}
