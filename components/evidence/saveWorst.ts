import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Difference } from "../gates/compare";
import type { RecordedRequest } from "../gates/requestSet";

/** More than a person reads. */
const MOST = 50;

/**
 * Writes the worst differences, a line of JSON each with its request and both predictions, readable by this user only.
 *
 * @param file - relative to the folder of the program; one in a new temporary folder when it is left out
 * @returns where they are; undefined when there is none
 * @throws Error when the file cannot be written
 */
export async function saveWorst(
  differences: readonly Difference[],
  requests: readonly RecordedRequest[],
  file?: string,
): Promise<string | undefined> {
  if (differences.length === 0) return undefined;
  const bodies = new Map(requests.map(({ line, body }) => [line, body]));
  const lines = differences.slice(0, MOST).map((difference) => {
    const request: unknown = JSON.parse(bodies.get(difference.line) ?? "null");
    return JSON.stringify({ ...difference, request });
  });
  const path = file ?? join(await mkdtemp(join(tmpdir(), "mlflow-rollout-")), "worst.jsonl");
  await writeFile(path, `${lines.join("\n")}\n`, { mode: 0o600 });
  return path;
}
