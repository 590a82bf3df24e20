import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TraceEntry } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, expect, test } from "vitest";
import { GREEN } from "../../driver/article";
import { DOCS } from "../../driver/paths";
import { BOTH, Rehearsal } from "../support/rehearsal";

const TIMEOUT_MS = 300_000;
let rehearsal: Rehearsal;

beforeAll(async () => {
  rehearsal = await Rehearsal.start();
  rehearsal.stack.configure({ ...BOTH, candidate: GREEN, candidateTraffic: 10 });
  await rehearsal.stack.up();
}, TIMEOUT_MS);

afterAll(() => rehearsal.close());

/** `GET onlineEndpoints`, without the names; a look at an operation that is under way is a poll. */
function requestsOf(trace: readonly TraceEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { method, path, via } of trace.filter(({ path: each }) => !each.includes("/operationStatuses/"))) {
    const segments = (path.split("/providers/")[1] ?? path).split("/").filter((_, index) => index % 2 === 1);
    const key = `${method} ${segments.at(-1) ?? ""}${via === undefined ? "" : ", inside"}`;
    counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}

/** The table of the page, its rows by request. */
function documented(): Record<string, number> {
  const page = readFileSync(join(DOCS, "performance.md"), "utf8");
  const [, section = ""] = page.split("## The requests of a step");
  const rows = section.split("\n").filter((line) => line.startsWith("| `"));
  return Object.fromEntries(
    rows.map((row) => {
      const [, request = "", times = ""] = row.split("|").map((cell) => cell.trim());
      return [request.replaceAll("`", ""), Number(times)];
    }),
  );
}

test(
  "a step sends what docs/performance.md names, no request more and none twice for the same answer",
  async () => {
    await rehearsal.stack.setConfig("candidateTraffic", "20");
    const trace = await rehearsal.armTrace(() => rehearsal.stack.up());
    expect(requestsOf(trace)).toEqual(documented());
    expect(await rehearsal.liveTraffic()).toEqual({ default: 80, [GREEN]: 20 });
  },
  TIMEOUT_MS,
);
