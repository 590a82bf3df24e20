import { getDeployment } from "@pulumi/azure-native/resources/getDeployment";
import type * as pulumi from "@pulumi/pulumi";
import { answerInTime } from "./answers";
import { readErrorDetail } from "./serviceError";
import type { ServiceError } from "./serviceError";
import { at } from "../values/shape";
import { textOf } from "../pulumi/known";

/** Azure's generic message for a failed template deployment. */
const OUTER = "DeploymentFailed";

/**
 * Why a template deployment failed: azure-native passes on no details of an error, and the deployment keeps them.
 *
 * @param inputs - of the template deployment
 * @returns the original error, when there is nothing better
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
    const { properties } = await answerInTime(
      getDeployment({ resourceGroupName, deploymentName }, { parent: component }),
    );
    if (properties.error === undefined) return cause;
    return {
      ...readErrorDetail(properties.error, OUTER),
      correlationId: cause.correlationId ?? properties.correlationId,
    };
  } catch {
    return cause;
  }
}
