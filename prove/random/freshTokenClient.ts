import { apiVersionOf } from "../../driver/apiVersion";
import { textAt, valueAt } from "../../driver/azureClient";
import type { Answer, AzureClient } from "../../driver/azureClient";
import { ENDPOINT } from "../../driver/heartWorkspace";

const SCORING = "https://ml.azure.com/.default";

/** An Azure Resource Manager client for a fast clock: every call gets its own token. */
export class FreshTokenClient {
  constructor(readonly client: AzureClient) {}

  idOf(path: string): string {
    return `/subscriptions/${this.client.azure.subscriptionId}/${path}`;
  }

  /** @throws Error when the request fails */
  async send(method: string, path: string, body?: unknown): Promise<unknown> {
    return (await this.answer(method, path, body)).body;
  }

  /** Sends a request and waits for the operation that it starts. @throws Error when it fails */
  async operate(method: string, path: string, body?: unknown): Promise<void> {
    const { headers } = await this.answer(method, path, body);
    const url = headers["azure-asyncoperation"] ?? headers.location;
    if (typeof url !== "string") return;
    for (;;) {
      await this.client.advance(60);
      const poll = await this.answer("GET", url);
      const status = valueAt(poll.body, "status");
      if (status === "Failed" || status === "Canceled")
        throw new Error(`${method} ${path}: ${JSON.stringify(poll.body)}`);
      if (status === "Succeeded" || (status === undefined && poll.status !== 202)) return;
    }
  }

  /** Fresh credentials for scoring, of each auth mode of an endpoint. */
  credentials(endpoint = ENDPOINT): readonly (() => Promise<string>)[] {
    return [
      async () => textAt(await this.send("POST", `${endpoint}/listKeys`), "primaryKey"),
      () => this.client.token(SCORING),
      async () => textAt(await this.send("POST", `${endpoint}/token`), "accessToken"),
    ];
  }

  private async answer(method: string, path: string, body?: unknown): Promise<Answer> {
    const full = /^(https:|\/)/.test(path) ? path : this.idOf(path);
    const versioned = full.includes("api-version=") ? full : `${full}?api-version=${apiVersionOf(full)}`;
    const headers = { authorization: `Bearer ${await this.client.token()}`, "content-type": "application/json" };
    const answer = await this.client.send(method, versioned, { headers, ...(body !== undefined && { body }) });
    if (answer.status >= 400) throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer;
  }
}
