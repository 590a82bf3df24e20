import { getOnlineDeploymentLogs } from "@pulumi/azure-native/machinelearningservices/getOnlineDeploymentLogs";
import type * as pulumi from "@pulumi/pulumi";
import { answerInTime } from "./answers";
import type { EndpointPath } from "./ids";
import { isNotFound } from "./readEndpoint";
import { redact } from "../values/redact";

const LINES = 20;

/** The model's container and the one that downloads the model, as `az` names them. */
type Container = "inference-server" | "storage-initializer";
const TYPES: { readonly [container in Container]: string } = {
  "inference-server": "InferenceServer",
  "storage-initializer": "StorageInitializer",
};

/** The end of a container's log, and the command that shows all of it. */
export interface LogTail {
  readonly container: Container;
  /** Oldest first, without secrets; undefined when the log cannot be read. */
  readonly lines: readonly string[] | undefined;
  readonly command: string;
}

interface DeploymentPath extends EndpointPath {
  readonly deploymentName: string;
}

/** The log of the model's container, or of the other one when that is empty; undefined without a deployment. */
export async function readLogTail(
  path: DeploymentPath,
  component: pulumi.ComponentResource,
): Promise<LogTail | undefined> {
  try {
    const server = await readTail(path, "inference-server", component);
    if (server.lines?.length !== 0) return server;
    const initializer = await readTail(path, "storage-initializer", component);
    return initializer.lines?.length === 0 ? server : initializer;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    return { container: "inference-server", lines: undefined, command: logCommand(path, "inference-server") };
  }
}

async function readTail(
  path: DeploymentPath,
  container: Container,
  component: pulumi.ComponentResource,
): Promise<LogTail> {
  const request = { ...path, containerType: TYPES[container], tail: LINES };
  const { content = "" } = await answerInTime(getOnlineDeploymentLogs(request, { parent: component }));
  const written = redact(content)
    .split(/\r?\n/)
    .filter((line) => line.trim() !== "");
  return { container, lines: written.slice(-LINES), command: logCommand(path, container) };
}

function logCommand(path: DeploymentPath, container: Container): string {
  const { resourceGroupName, workspaceName, endpointName, deploymentName } = path;
  return (
    `az ml online-deployment get-logs --resource-group ${resourceGroupName} --workspace-name ${workspaceName} ` +
    `--endpoint-name ${endpointName} --name ${deploymentName} --container ${container} --lines 1000`
  );
}
