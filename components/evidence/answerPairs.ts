import { parsed, scoringError } from "../azure/scoringRequest";
import type { Reply } from "../azure/scoringRequest";
import { isModels } from "../gates/answer";
import type { AnsweredPair, Said } from "../gates/compare";
import type { RecordedRequest } from "../gates/requestSet";

/** Sends a request to one deployment, past the weights. */
export type Send = (deployment: string, body: string, signal?: AbortSignal) => Promise<Reply>;

export interface PairRequest {
  readonly candidate: string;
  readonly stable: string;
  readonly requests: readonly RecordedRequest[];
}

/**
 * What both deployments answer to each request of a set, one request after the other.
 *
 * @param progress - gets how many requests are done
 * @throws Error when a credential cannot be had, or the signal ends it
 */
export async function answerPairs(
  send: Send,
  { candidate, stable, requests }: PairRequest,
  signal?: AbortSignal,
  progress: (done: number) => void = () => undefined,
): Promise<readonly AnsweredPair[]> {
  const pairs: AnsweredPair[] = [];
  for (const request of requests) {
    signal?.throwIfAborted();
    const said = async (name: string): Promise<Said> => saidOf(await send(name, request.body, signal), name);
    const [one, other] = await Promise.all([said(candidate), said(stable)]);
    pairs.push({ request, candidate: one, stable: other });
    progress(pairs.length);
  }
  return pairs;
}

function saidOf(reply: Reply, deployment: string): Said {
  const error = scoringError(reply, deployment);
  return error === undefined ? { answer: parsed(reply.text) } : { error, isModels: isModels(reply.status) };
}
