import { scoringError } from "../azure/scoringRequest";
import { isModels } from "../gates/answer";
import { isClear } from "../gates/latency";
import type { Probes } from "../gates/latency";
import type { GateOf } from "../settings/gates";
import type { Send } from "./answerPairs";

/** Between two looks whether it is clear. */
const LOOK_EVERY = 10;

export interface ProbeRequest {
  readonly settings: GateOf<"latency">["settings"];
  readonly candidate: string;
  readonly stable: string;
  /** JSON. */
  readonly body: string;
}

/**
 * Times requests to both deployments by turns, so that what slows one down slows down the other, until it is clear or there
 * are as many as the gate may send. The first one of each is not counted: it opens what later ones find open.
 *
 * @returns milliseconds of this machine's clock, connection included; a request that the candidate does not answer never ends,
 *   one that the stable deployment does not answer is left out
 * @throws Error when a credential cannot be had, a deployment is not reached, or the signal ends it
 */
export async function probe(
  send: Send,
  { settings, candidate, stable, body }: ProbeRequest,
  signal?: AbortSignal,
): Promise<Probes> {
  const { probes = 0, maxTimesStable } = settings;
  const names = maxTimesStable === undefined ? [candidate] : [candidate, stable];
  const times = new Map<string, number[]>(names.map((name) => [name, []]));
  for (const name of names) await send(name, body, signal);
  for (let sent = 1; sent <= probes; sent += 1) {
    for (const [name, taken] of times) {
      signal?.throwIfAborted();
      const reply = await send(name, body, signal);
      const error = scoringError(reply, name);
      if (error === undefined) taken.push(reply.milliseconds);
      else if (!isModels(reply.status)) throw new Error(`${name} answers ${error}`);
      else if (name === candidate) taken.push(Infinity);
    }
    const found = foundIn();
    if (sent % LOOK_EVERY === 0 && isClear(settings, found)) return found;
  }
  return foundIn();

  function foundIn(): Probes {
    return { candidate: times.get(candidate) ?? [], stable: times.get(stable) ?? [] };
  }
}
