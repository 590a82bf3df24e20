import { apiVersionOf } from "../../driver/apiVersion";
import { valueAt } from "../../driver/azureClient";
import type { Answer } from "../../driver/azureClient";
import type { AzureAccess } from "./connection";

const ENDED = new Set<unknown>(["Succeeded", "Failed", "Canceled"]);
const UNDER_WAY = new Set<unknown>(["Creating", "Updating", "Scaling", "Deleting"]);
const LONGEST_OPERATION_SECONDS = 90 * 60;

/** Requests to Azure Resource Manager, and the operations that they start. */
export class ArmClient<Reached extends AzureAccess = AzureAccess> {
  constructor(readonly connection: Reached) {}

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

  /** Sends a request and waits for the operation that it starts; returns the last poll. */
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

  /** Deletes a resource once no operation is running on it; a second request confirms that it is gone. */
  async delete(path: string): Promise<void> {
    await this.finish(await this.until(({ status }) => status !== 409, "DELETE", path));
    await this.succeed("DELETE", path);
  }

  async finish(answer: Answer): Promise<Answer> {
    const url = operationOf(answer);
    if (url === undefined) return answer;
    const hasEnded = (poll: Answer) =>
      poll.status !== 202 && (statusOf(poll) === undefined || ENDED.has(statusOf(poll)));
    return this.until(hasEnded, "GET", url);
  }

  /** Waits until no operation is running on a resource; returns whether it exists. */
  async settled(path: string): Promise<boolean> {
    const isAtRest = ({ status, body }: Answer) =>
      status !== 200 || !UNDER_WAY.has(valueAt(body, "properties.provisioningState"));
    return (await this.until(isAtRest, "GET", path)).status === 200;
  }

  /** Repeats a request until the answer is as expected. */
  private async until(isRight: (answer: Answer) => boolean, method: string, path: string): Promise<Answer> {
    const { pollSeconds } = this.connection;
    for (let waited = 0; ; waited += pollSeconds) {
      const answer = await this.arm(method, path);
      if (isRight(answer)) return answer;
      if (waited >= LONGEST_OPERATION_SECONDS) {
        const { status, body } = answer;
        const minutes = LONGEST_OPERATION_SECONDS / 60;
        throw new Error(
          `${method} ${path} is still answered ${status} after ${minutes} minutes: ${JSON.stringify(body)}`,
        );
      }
      await this.connection.wait(pollSeconds);
    }
  }

  address(path: string): string {
    if (path.startsWith("https:")) return path;
    const separator = path.includes("?") ? "&" : "?";
    const version = path.includes("api-version=") ? "" : `${separator}api-version=${apiVersionOf(path)}`;
    return `${this.connection.resourceManager}${path}${version}`;
  }
}

/** URL of the operation that an answer started; undefined when there is none. */
export function operationOf({ headers }: Answer): string | undefined {
  const url = headers["azure-asyncoperation"] ?? headers.location;
  return typeof url === "string" ? url : undefined;
}

function statusOf({ body }: Answer): unknown {
  return typeof body === "object" ? valueAt(body, "status") : undefined;
}
