import type { Clock } from "../common/clock";
import { Saturated, Timeout } from "../gateway/limits";
import type { ScoringInterceptor } from "../gateway/served";
import { ScoringError } from "../scoring/inputData";
import type { Effect } from "./rule";

/** Applies an effect to the scoring of a request. */
export function scoringFault(effect: Effect, clock: Clock): ScoringInterceptor {
  return async (_, { requestTimeoutMs }, score, spend) => {
    if ("modelError" in effect) throw new ScoringError(effect.modelError.status, effect.modelError.message);
    if ("saturated" in effect) throw new Saturated();
    if ("latencySeconds" in effect) {
      const latencyMs = effect.latencySeconds * 1000;
      const waitedMs = Math.min(latencyMs, requestTimeoutMs);
      const passed = await clock.sleep(waitedMs);
      spend(waitedMs);
      if (!passed || latencyMs >= requestTimeoutMs) throw new Timeout();
    }
    const answer = await score();
    return "wrongAnswer" in effect ? wrongAnswer(answer) : answer;
  };
}

/** An answer of the same shape, with every value different. */
export function wrongAnswer(answer: unknown): unknown {
  if (Array.isArray(answer)) return answer.map(wrongAnswer);
  if (typeof answer === "object" && answer !== null) {
    return Object.fromEntries(Object.entries(answer).map(([key, value]) => [key, wrongAnswer(value)]));
  }
  if (typeof answer === "number") return answer === 0 ? 1 : 0;
  if (typeof answer === "boolean") return !answer;
  return `not ${String(answer)}`;
}
