import type { Violation } from "../rollout/violation";
import { show } from "../rollout/violation";
import { checkSettings, checkTexts } from "./checkMap";
import { checkInputText, checkText } from "./plain";
import { checkGiven } from "./scalars";

const ENVIRONMENT_ID =
  /^(\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.MachineLearningServices\/workspaces\/[^/]+\/environments\/[^/]+\/versions\/[^/]+|azureml:\/\/registries\/[^/]+\/environments\/[^/]+\/versions\/[^/]+)$/i;
const VARIABLE_NAME = /^[a-zA-Z_]\w*$/;

/** Environment, scoring script and variables: what the container runs, when it is not made from the MLflow model. */
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
      /\w/.test(script) ? undefined : `${show(script)} is no file name; name the script, such as score.py`,
    ),
  ]);
}

/** What Azure takes only with an environment: otherwise it makes image and script from the MLflow model. */
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
    : "is no name of a variable; use letters, digits and underscores, no digit first";
}

function checkAbsolute(path: string): string | undefined {
  return path.startsWith("/") ? undefined : `must be an absolute path such as "/models", got ${show(path)}`;
}
