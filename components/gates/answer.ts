import type { GateOf } from "../settings/gates";
import { isMap } from "../values/shape";
import { show } from "../values/violation";
import { numberText } from "./judgement";
import { placeIn, predictionsOf } from "./predictions";
import type { Finding } from "./verdict";

type Settings = GateOf<"request">["settings"];

/** The reply to a smoke test. */
export interface Answered {
  /** Of HTTP; undefined when nobody answered. */
  readonly status: number | undefined;
  /** Why it is no answer of the model; undefined when it is one. */
  readonly error: string | undefined;
  /** Parsed where it is JSON. */
  readonly answer: unknown;
  readonly milliseconds: number;
}

/** Judges the answer to one request: all that is wrong with it at once. */
export function judgeAnswer(
  settings: Settings,
  { status, error, answer, milliseconds }: Answered,
): Pick<Finding, "verdict" | "numbers"> {
  if (error !== undefined) return { verdict: isModels(status) ? "fail" : "inconclusive", numbers: `answers ${error}` };
  const wrong = [...wrongShape(settings, answer), ...wrongValue(settings, answer), ...tooSlow(settings, milliseconds)];
  const took = `in ${numberText(milliseconds)} ms`;
  return wrong.length > 0
    ? { verdict: "fail", numbers: `answers ${show(answer)} ${took}: ${wrong.join("; ")}` }
    : { verdict: "pass", numbers: `answers ${show(answer)} ${took}` };
}

/** Errors that say nothing of the model: a refused caller, nobody there, too late, too many requests. */
const NOT_THE_MODEL: ReadonlySet<number | undefined> = new Set([undefined, 401, 403, 404, 408, 429]);

/** Whether an error is the model's. */
export function isModels(status: number | undefined): boolean {
  return !NOT_THE_MODEL.has(status);
}

function wrongShape({ predictions, keys = [] }: Settings, answer: unknown): readonly string[] {
  const found = predictionsOf(answer);
  const count = found.length === predictions || predictions === undefined;
  const missing = keys.filter((key) => !found.every((prediction) => isMap(prediction) && key in prediction));
  return [
    ...(count ? [] : [`${found.length} ${found.length === 1 ? "prediction" : "predictions"}, not ${predictions}`]),
    ...(missing.length === 0 ? [] : [`not every prediction has ${missing.join(", ")}`]),
  ];
}

function wrongValue({ at, value, tolerance }: Settings, answer: unknown): readonly string[] {
  if (value === undefined) return [];
  const found = placeIn(predictionsOf(answer), at) ?? placeIn(answer, at);
  if (typeof found === "number" && Math.abs(found - value) <= tolerance) return [];
  return [`${show(found)} at ${at}, not ${value}${tolerance === 0 ? "" : ` within ${tolerance}`}`];
}

function tooSlow({ maxMilliseconds }: Settings, milliseconds: number): readonly string[] {
  return maxMilliseconds === undefined || milliseconds <= maxMilliseconds ? [] : [`more than ${maxMilliseconds} ms`];
}
