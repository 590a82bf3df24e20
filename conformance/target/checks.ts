import assert from "node:assert/strict";
import { valueAt } from "../../driver/azureClient";
import type { Answer } from "../../driver/azureClient";

/** The service refuses a request in the form of Azure Resource Manager; its own texts are not compared. */
export function assertRefused(answer: Answer): void {
  assert.ok(answer.status >= 400 && answer.status < 500, `expected a refusal, got ${answer.status}`);
  const { code, message } = (valueAt(answer.body, "error") ?? {}) as { code?: unknown; message?: unknown };
  assert.deepEqual([typeof code, typeof message], ["string", "string"], "a refusal has error.code and error.message");
}

export function assertStatus(answer: Answer, status: number): void {
  assert.equal(answer.status, status, `expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Values of a body by their path. */
export function assertValues(answer: Answer, expected: Readonly<Record<string, unknown>>): void {
  const actual = Object.fromEntries(Object.keys(expected).map((path) => [path, valueAt(answer.body, path)]));
  assert.deepEqual(actual, expected);
}

export function assertWithin(actual: number, expected: number, distance: number): void {
  assert.ok(Math.abs(actual - expected) <= distance, `${actual} is not within ${distance} of ${expected}`);
}

/** A map of weights without its zeros, which the service may leave out, and with names in lower case. */
export function positiveWeights(map: unknown): Record<string, number> {
  assert.ok(typeof map === "object" && map !== null, `expected a map of weights, got ${String(map)}`);
  const weights = Object.entries(map as Record<string, number>);
  return Object.fromEntries(
    weights.filter(([, weight]) => weight > 0).map(([name, weight]) => [name.toLowerCase(), weight]),
  );
}
