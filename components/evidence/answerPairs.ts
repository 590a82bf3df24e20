import { parsed, scoringError } from "../azure/scoringRequest";
import type { Reply } from "../azure/scoringRequest";
import type { AnsweredPair, Said } from "../gates/compare";
import type { RecordedRequest } from "../gates/requestSet";
import { eachAtOnce } from "../models/concurrency";

/** Few at once: the stable deployment serves its callers meanwhile. */
const AT_ONCE = 4;

/** Sends a request to one deployment, past the weights. */
export type Send = (deployment: string, body: string, signal?: AbortSignal) => Promise<Reply>;

export interface PairRequest {
  readonly candidate: string;
  readonly stable: string;
  readonly requests: readonly RecordedRequest[];
}

/**
 * What both deployments answer to each request of a set, in the order of the set.
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
  const pairs = new Map<number, AnsweredPair>();
  await eachAtOnce(requests, AT_ONCE, async (request) => {
    signal?.throwIfAborted();
    const [one, other] = await Promise.all(
      [candidate, stable].map(async (name) => saidOf(await send(name, request.body, signal), name)),
    );
    if (one !== undefined && other !== undefined) pairs.set(request.line, { request, candidate: one, stable: other });
    progress(pairs.size);
  });
  return requests.flatMap(({ line }) => pairs.get(line) ?? []);
}

function saidOf(reply: Reply, deployment: string): Said {
  const error = scoringError(reply, deployment);
  return error === undefined ? { answer: parsed(reply.text) } : { error };
}
