import { setTimeout as sleep } from "node:timers/promises";
import { scoringCredential } from "../azure/scoringCredential";
import type { CredentialSource, ScoringEndpoint } from "../azure/scoringCredential";
import { sendTo } from "../azure/scoringRequest";
import type { Reply, ScoringRequest } from "../azure/scoringRequest";
import { Slots } from "../models/concurrency";

/** A deployment that has no room for another request. */
const BUSY = 429;
/** How long it is waited before each further try, in milliseconds: its callers come first. */
const WAITS_MS = [100, 200, 400, 800, 1600];

/**
 * Sends requests to deployments of an endpoint by their header. Its credential is asked for once, and each deployment gets one
 * request at a time: an instance takes no more by default.
 */
export class Scoring {
  private credential: Promise<string> | undefined;
  private readonly turns = new Map<string, Slots>();

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
    const request = { scoringUri, credential: await this.credential, body, signal };
    const turn = this.turns.get(deployment) ?? new Slots(1);
    this.turns.set(deployment, turn);
    return turn.use(() => sendPatiently(deployment, request));
  }
}

async function sendPatiently(deployment: string, request: ScoringRequest): Promise<Reply> {
  for (const wait of WAITS_MS) {
    const reply = await sendTo(deployment, request);
    if (reply.status !== BUSY) return reply;
    await sleep(wait, undefined, request.signal && { signal: request.signal });
  }
  return sendTo(deployment, request);
}
