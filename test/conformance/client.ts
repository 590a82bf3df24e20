import { API_VERSION, valueAt } from "../support/azureClient";
import type { Answer } from "../support/azureClient";
import { deploymentBody, endpointBody } from "./bodies";
import type { Connection } from "./connection";

const ENDED = new Set<unknown>(["Succeeded", "Failed", "Canceled"]);
const LONGEST_OPERATION_SECONDS = 90 * 60;

/** Requests to Azure Resource Manager about one endpoint of a workspace. */
export class Client {
  /** @param name - of the endpoint, of the model, of the template deployment and of the folder of blobs */
  constructor(
    readonly connection: Connection,
    readonly name: string,
    readonly location: string,
  ) {}

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

  /** A request to an address, or to a path to which an API version is added where it has none. */
  async arm(method: string, path: string, body?: unknown): Promise<Answer> {
    const authorization = `Bearer ${await this.connection.token()}`;
    const headers = { authorization, "content-type": "application/json" };
    return this.connection.send(method, this.address(path), { headers, ...(body !== undefined && { body }) });
  }

  /** A GET that must be answered 200. */
  async read(path: string): Promise<Answer> {
    const answer = await this.arm("GET", path);
    if (answer.status === 200) return answer;
    throw new Error(`GET ${path} is answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  /** Sends a request and waits for the end of the operation that it starts; gives the last look at it. */
  async operate(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.finish(await this.arm(method, path, body));
  }

  /** As `operate`, of a request that must succeed. */
  async succeed(method: string, path: string, body?: unknown): Promise<Answer> {
    const first = await this.arm(method, path, body);
    const end = await this.finish(first);
    const succeeded = [undefined, "Succeeded"].includes(statusOf(end) as string | undefined);
    if (end.status < 400 && succeeded) return first;
    throw new Error(`${method} ${path} fails with ${end.status}: ${JSON.stringify(end.body)}`);
  }

  async finish(answer: Answer): Promise<Answer> {
    const url = operationOf(answer);
    if (url === undefined) return answer;
    for (let waited = 0; waited < LONGEST_OPERATION_SECONDS; waited += this.connection.pollSeconds) {
      const poll = await this.arm("GET", url);
      if (poll.status !== 202 && (statusOf(poll) === undefined || ENDED.has(statusOf(poll)))) return poll;
      await this.connection.wait(this.connection.pollSeconds);
    }
    throw new Error(`an operation still runs after ${LONGEST_OPERATION_SECONDS / 60} minutes: ${url}`);
  }

  address(path: string): string {
    if (path.startsWith("https:")) return path;
    const separator = path.includes("?") ? "&" : "?";
    const version = path.includes("api-version=") ? "" : `${separator}api-version=${API_VERSION}`;
    return `${this.connection.resourceManager}${path}${version}`;
  }
}

/** Where an operation is followed that an answer started; undefined when it started none. */
export function operationOf({ headers }: Answer): string | undefined {
  const url = headers["azure-asyncoperation"] ?? headers.location;
  return typeof url === "string" ? url : undefined;
}

function statusOf({ body }: Answer): unknown {
  return typeof body === "object" ? valueAt(body, "status") : undefined;
}
