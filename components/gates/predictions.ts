import { at, isMap } from "../values/shape";

/** The predictions of an answer, in order: MLflow's server answers a list or `{ "predictions": [] }`. */
export function predictionsOf(answer: unknown): readonly unknown[] {
  const predictions = isMap(answer) && "predictions" in answer ? answer["predictions"] : answer;
  return Array.isArray(predictions) ? predictions : [predictions];
}

/** What is at a place of an answer such as `0.score`; undefined when nothing is. */
export function placeIn(value: unknown, place: string): unknown {
  return at(value, place.split("."));
}

/**
 * How far apart two answers are: 0 when they are equal within the tolerance, the largest difference of two numbers, infinite
 * when anything else differs.
 */
export function distance(one: unknown, other: unknown, tolerance: number): number {
  if (typeof one === "number" && typeof other === "number") {
    const apart = Math.abs(one - other);
    return apart <= tolerance ? 0 : apart;
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    if (one.length !== other.length) return Infinity;
    return Math.max(0, ...one.map((item, index) => distance(item, other[index], tolerance)));
  }
  if (isMap(one) && isMap(other)) {
    const keys = Object.keys(one);
    if (keys.length !== Object.keys(other).length || !keys.every((key) => key in other)) return Infinity;
    return Math.max(0, ...keys.map((key) => distance(one[key], other[key], tolerance)));
  }
  return one === other ? 0 : Infinity;
}
