import type { Declaration } from "./declaration";

/** A TypeScript program that declares a service; what changes from step to step is in the config of the stack. */
export function programText(declaration: Declaration): string {
  const { id, authMode, publicNetworkAccess, modelName, modelExists } = declaration;
  return [
    'import * as pulumi from "@pulumi/pulumi";',
    'import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";',
    "",
    "const { versions = {}, ...rollout } = readRollout(new pulumi.Config());",
    "",
    `const endpoint = new ProgressiveMlflowEndpoint(${quote(id.endpointName)}, {`,
    "  ...rollout,",
    `  resourceGroupName: ${quote(id.resourceGroupName)},`,
    `  workspace: { existingName: ${quote(id.workspaceName)} },`,
    `  endpointName: ${quote(id.endpointName)},`,
    `  authMode: ${quote(authMode)},`,
    `  publicNetworkAccess: ${quote(publicNetworkAccess)},`,
    `  model: { name: ${quote(modelName)}, ${modelExists ? "existing: true, " : ""}versions },`,
    "});",
    "",
    "export const scoringUri = endpoint.scoringUri;",
    "export const traffic = endpoint.traffic;",
    "",
  ].join("\n");
}

/**
 * The lines to add to `Pulumi.<stack>.yaml`.
 *
 * @param owner - the owner to take the endpoint over from, if this package has written it before
 */
export function configText(declaration: Declaration, project: string, owner?: string): string {
  const { modelVersions, deployments, traffic, mirrorTraffic } = declaration;
  const lines = (key: string, entries: Readonly<Record<string, unknown>>): readonly string[] => [
    `  ${project}:${key}:`,
    ...Object.entries(entries).map(([name, value]) => `    ${quote(name)}: ${inline(value)}`),
  ];
  return [
    "config:",
    ...lines("modelVersions", modelVersions),
    ...lines("deployments", deployments),
    ...lines("traffic", traffic),
    ...(Object.keys(mirrorTraffic).length > 0 ? lines("mirrorTraffic", mirrorTraffic) : []),
    ...(owner === undefined ? [] : [`  ${project}:takeOver: ${quote(owner)}`]),
    "",
  ].join("\n");
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** A value on one line that is valid TypeScript, YAML and JSON. */
function inline(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).map(([key, inner]) => `${quote(key)}: ${inline(inner)}`);
  return `{ ${entries.join(", ")} }`;
}
