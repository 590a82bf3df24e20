import { createHash } from "node:crypto";
import type { ArmErrorDetail } from "../arm/errors";
import { objectAt } from "../common/json";
import type { Json } from "../common/json";
import type { TemplateResource } from "./language/resources";
import { deploymentFailed } from "./refusals";
import type { TemplatesServices } from "./services";

/** Puts the resources of a template one after the other; the first that fails ends it. */
export class TemplateRun {
  /** What was done with each resource so far, as operations of the deployment. */
  readonly operations: Json[] = [];

  constructor(
    private readonly services: Pick<TemplatesServices, "store" | "operations" | "clock" | "send">,
    private readonly deploymentId: string,
  ) {}

  /** @throws OperationFailure when a resource is refused or fails */
  async putAll(resources: readonly TemplateResource[]): Promise<void> {
    for (const resource of resources) await this.put(resource);
  }

  private async put(resource: TemplateResource): Promise<void> {
    const query = new URLSearchParams({ "api-version": resource.apiVersion });
    const body = Buffer.from(JSON.stringify(resource.body));
    const exchange = { method: "PUT", path: resource.id, query, headers: {}, body };
    const { status, body: answer } = await this.services.send(exchange, this.deploymentId);
    const error = status >= 400 ? objectAt(answer, "error") : await this.failureOf(resource);
    this.operations.push(this.operation(resource, status, error));
    if (error !== undefined) throw deploymentFailed(error as unknown as ArmErrorDetail);
  }

  /** Waits until a resource is no longer being written. */
  private async failureOf({ id }: TemplateResource): Promise<Json | undefined> {
    const { store, operations } = this.services;
    await operations.ended(id);
    if (objectAt(store.get(id)?.document, "properties")["provisioningState"] !== "Failed") return undefined;
    return {
      code: "ResourceDeploymentFailure",
      message:
        "The resource write operation failed to complete successfully, because it reached terminal provisioning state 'Failed'.",
    };
  }

  private operation({ id, type, name }: TemplateResource, status: number, error: Json | undefined): Json {
    const operationId = createHash("sha256").update(id.toLowerCase()).digest("hex").slice(0, 16).toUpperCase();
    return {
      id: `${this.deploymentId}/operations/${operationId}`,
      operationId,
      properties: {
        provisioningOperation: "Create",
        provisioningState: error === undefined ? "Succeeded" : "Failed",
        timestamp: this.services.clock.iso(),
        statusCode: status === 201 ? "Created" : status < 400 ? "OK" : String(status),
        targetResource: { id, resourceType: type, resourceName: name.split("/").at(-1) },
        ...(error !== undefined && { statusMessage: { status: "Failed", error } }),
      },
    };
  }
}
