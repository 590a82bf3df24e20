/**
 * Endpoint and deployment names: 3 to 32 letters, digits and dashes, a letter first, no dash last.
 *
 * Source: Azure ML quotas and limits, "how-to-manage-quotas".
 */
const ENDPOINT_NAME = /^[a-zA-Z][-a-zA-Z0-9]{1,30}[a-zA-Z0-9]$/;
/** Source: the ARM specification of model containers, 2025-12-01. */
const MODEL_NAME = /^[a-zA-Z0-9][-_a-zA-Z0-9]{0,254}$/;
/** Azure refuses any other model version; labels such as `latest` are resolved by the CLI, never by ARM. */
const MODEL_VERSION = /^[1-9]\d*$/;
/** Source: the ARM specification of workspaces, 2025-12-01. */
const WORKSPACE_NAME = /^[a-zA-Z0-9][-_a-zA-Z0-9]{2,32}$/;

/** What is wrong with a name, or undefined when Azure accepts it. */
export type NameCheck = (name: string) => string | undefined;

export const checkEndpointName: NameCheck = (name) =>
  ENDPOINT_NAME.test(name)
    ? undefined
    : `${JSON.stringify(name)} is not a valid name; use 3 to 32 letters, digits and dashes, a letter first and no dash last`;

export const checkDeploymentName: NameCheck = checkEndpointName;

export const checkModelName: NameCheck = (name) =>
  MODEL_NAME.test(name)
    ? undefined
    : `${JSON.stringify(name)} is not a valid model name; use 1 to 255 letters, digits, dashes and underscores, a letter or digit first`;

export const checkModelVersion: NameCheck = (version) =>
  MODEL_VERSION.test(version)
    ? undefined
    : `${JSON.stringify(version)} is not a model version; use a whole number from 1 such as "2", labels like "latest" are not versions`;

export const checkWorkspaceName: NameCheck = (name) =>
  WORKSPACE_NAME.test(name)
    ? undefined
    : `${JSON.stringify(name)} is not a valid workspace name; use 3 to 33 letters, digits, dashes and underscores, a letter or digit first`;

/** Azure limits endpoint names to 32 characters; the suffix and its dash take six. */
const MAX_PREFIX = 26;
const SUFFIX_LENGTH = 6;

/** The prefix of an endpoint name made from the model's name: letters, digits and dashes, a letter first. */
export function endpointNamePrefix(modelName: string): string {
  const plain = modelName.replaceAll("_", "-").replace(/^[^a-zA-Z]+/, "");
  const cut = plain.slice(0, MAX_PREFIX).replace(/-+$/, "");
  return cut === "" ? "mlflow" : cut.toLowerCase();
}

/** Length of an endpoint's name, given or made from the model's; 0 for names that are not text. */
export function endpointNameLength(endpointName: unknown, modelName: unknown): number {
  if (typeof endpointName === "string") return endpointName.length;
  return typeof modelName === "string" ? endpointNamePrefix(modelName).length + SUFFIX_LENGTH : 0;
}
