import { getDeployment } from "@pulumi/azure-native/resources/getDeployment";
import type * as pulumi from "@pulumi/pulumi";
import { readErrorDetail } from "./serviceError";
import type { ServiceError } from "./serviceError";
import { at } from "../values/shape";
import { textOf } from "../pulumi/known";

/** What Azure says of a template deployment when it only says that something in it failed. */
const OUTER = "DeploymentFailed";

/**
 * Why a template deployment failed: azure-native tells no details of an error, and the deployment keeps them.
 *
 * @param inputs - of the template deployment
 * @returns the error as it was told, when there is nothing better
 */
export async function readInnerError(
  cause: ServiceError,
  inputs: unknown,
  component: pulumi.ComponentResource,
): Promise<ServiceError> {
  const resourceGroupName = textOf(at(inputs, ["resourceGroupName"]));
  const deploymentName = textOf(at(inputs, ["deploymentName"]));
  if (cause.code !== OUTER || resourceGroupName === undefined || deploymentName === undefined) return cause;
  try {
    const { properties } = await getDeployment({ resourceGroupName, deploymentName }, { parent: component });
    if (properties.error === undefined) return cause;
    return {
      ...readErrorDetail(properties.error, OUTER),
      correlationId: cause.correlationId ?? properties.correlationId,
    };
  } catch {
    return cause;
  }
}
