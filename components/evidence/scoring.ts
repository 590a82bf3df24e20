import { scoringCredential } from "../azure/scoringCredential";
import type { CredentialSource, ScoringEndpoint } from "../azure/scoringCredential";
import { sendTo } from "../azure/scoringRequest";
import type { Reply } from "../azure/scoringRequest";

/** Sends requests to deployments of an endpoint by their header; its credential is asked for once. */
export class Scoring {
  private credential: Promise<string> | undefined;

  constructor(
    private readonly azure: CredentialSource,
    private readonly endpoint: ScoringEndpoint,
  ) {}

  /**
   * @param body - JSON
   * @throws Error when the endpoint has no address yet, or gives no credential
   */
  async send(deployment: string, body: string, signal?: AbortSignal): Promise<Reply> {
    const { scoringUri } = this.endpoint;
    if (scoringUri === undefined) throw new Error(`endpoint ${this.endpoint.name} has no address yet`);
    this.credential ??= scoringCredential(this.azure, this.endpoint);
    return sendTo(deployment, { scoringUri, credential: await this.credential, body, signal });
  }
}
