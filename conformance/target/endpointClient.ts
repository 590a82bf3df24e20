import { ArmClient } from "./armClient";
import { deploymentBody, endpointBody } from "./bodies";
import type { Connection } from "./connection";

/** Requests to Azure Resource Manager about one endpoint of a workspace. */
export class EndpointClient extends ArmClient<Connection> {
  /** @param name - of the endpoint, of the model, of the template deployment and of the folder of blobs */
  constructor(
    connection: Connection,
    readonly name: string,
    readonly location: string,
  ) {
    super(connection);
  }

  get endpoint(): string {
    return `${this.connection.workspace}/onlineEndpoints/${this.name}`;
  }

  get model(): string {
    return `${this.connection.workspace}/models/${this.name}`;
  }

  get template(): string {
    const [group = ""] = this.connection.workspace.split("/providers/");
    return `${group}/providers/Microsoft.Resources/deployments/${this.name}`;
  }

  modelVersion(version: string): string {
    return `${this.model}/versions/${version}`;
  }

  deployment(name: string, endpoint = this.endpoint): string {
    return `${endpoint}/deployments/${name}`;
  }

  endpointBody(properties: object = {}): Record<string, unknown> {
    return endpointBody(this.location, properties);
  }

  deploymentBody(version: string, properties: object = {}): Record<string, unknown> {
    const { instanceType } = this.connection;
    return deploymentBody(this.location, { instanceType, model: this.modelVersion(version), ...properties });
  }
}
