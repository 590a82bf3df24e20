import { isDeepStrictEqual } from "node:util";
import { parsed, scoringError } from "../../components/azure/scoringRequest";
import type { Reply } from "../../components/azure/scoringRequest";
import type { Tried } from "./chosen";

/** What a deployment makes of the sample request. `test --json` prints it. */
export interface TriedDeployment {
  readonly deployment: string;
  readonly role: Tried["role"];
  /** Provisioning state as Azure words it. */
  readonly state: string;
  readonly requests: number;
  /** How many of them were not answered by the model of this deployment. */
  readonly failed: number;
  /** What the model answers, parsed where it is JSON; left out when it failed. */
  readonly answer?: unknown;
  /** What the first failed request was told; left out when none did. */
  readonly error?: string;
  /** Median of the requests that were answered, in milliseconds; left out when none was. */
  readonly latencyP50?: number;
}

/** Sums up what a deployment answered. @param replies - at least one */
export function triedDeployment({ name, role, state }: Tried, replies: readonly Reply[]): TriedDeployment {
  const errors = replies.map((reply) => scoringError(reply, name));
  const answered = replies.filter((_, index) => errors[index] === undefined);
  const [first] = answered;
  const error = errors.find((one) => one !== undefined);
  const latencyP50 = median(answered.map(({ milliseconds }) => milliseconds));
  return {
    deployment: name,
    role,
    state,
    requests: replies.length,
    failed: replies.length - answered.length,
    ...(first !== undefined && { answer: parsed(first.text) }),
    ...(error !== undefined && { error }),
    ...(latencyP50 !== undefined && { latencyP50: Math.round(latencyP50 * 100) / 100 }),
  };
}

/** Whether two deployments answer the same; undefined when one of them does not answer. */
export function isSameAnswer(one: TriedDeployment, other: TriedDeployment | undefined): boolean | undefined {
  if (!("answer" in one) || other === undefined || !("answer" in other)) return undefined;
  return isDeepStrictEqual(one.answer, other.answer);
}

export function median(values: readonly number[]): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  const [low, high] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[Math.floor(sorted.length / 2)]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}
