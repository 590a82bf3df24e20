import { describe, expect, test } from "vitest";
import { inVirtualTime } from "../../../bench/throttling/inVirtualTime";
import { placeOf } from "../../../bench/throttling/estate";
import { STEP_REQUESTS } from "../../../bench/throttling/stepRequests";
import type { Answer, SentRequest } from "../../../bench/throttling/subscription";
import { weightStep } from "../../../bench/throttling/weightStep";

const PLACE = placeOf("s", 0, 0);
const SENT = STEP_REQUESTS.filter(({ inside }) => inside !== true);
const OPERATION = "https://localhost:1/operation?api-version=1";

/** Azure that throttles the requests of these numbers, from 0, and whose write is over at the second look. */
async function stepOf(throttled: (index: number) => boolean, retryAfter = "1") {
  const counts = { requests: 0, throttled: 0, failed: 0 };
  const sent: [line: string, atMs: number][] = [];
  let looks = 0;
  const send = ({ method, path }: SentRequest, atMs: number): Promise<Answer> => {
    sent.push([`${method} ${path.split("/").at(-1) ?? ""}`, atMs]);
    const answer = (status: number, headers = {}, body: unknown = {}) => Promise.resolve({ status, headers, body });
    if (throttled(sent.length - 1)) return answer(429, { "retry-after": retryAfter });
    if (path === OPERATION) return answer(200, {}, { status: (looks += 1) < 2 ? "Running" : "Succeeded" });
    return answer(200, method === "PUT" ? { "azure-asyncoperation": OPERATION } : {});
  };
  const elapsed = await inVirtualTime([(startMs) => weightStep({ counts, send }, PLACE, 10, startMs)], 1);
  return { counts, sent, ...elapsed };
}

describe("a weight step", () => {
  test("sends the requests of a step in their order, and looks at its write every 10 s", async () => {
    const { sent, counts, totalMs, paused } = await stepOf(() => false);
    expect(sent.length).toBe(SENT.length + 2);
    const write = sent.findIndex(([line]) => line.startsWith("PUT"));
    const looks = sent.flatMap(([line, atMs]) => (line.includes("operation") ? [atMs] : []));
    expect(looks.map((atMs) => atMs - (sent[write]?.[1] ?? 0))).toEqual([200, 10_400]);
    expect(counts).toEqual({ requests: SENT.length + 2, throttled: 0, failed: 0 });
    expect([totalMs, paused.get("operation")]).toEqual([10_000 + 200 * sent.length, 10_000]);
  });

  test("waits as long as Azure asks for when it is throttled, and sends the same again", async () => {
    const { sent, counts, paused } = await stepOf((index) => index < 2, "7");
    expect(sent.slice(0, 3)).toEqual([
      ["GET heart", 0],
      ["GET heart", 7200],
      ["GET heart", 14_400],
    ]);
    expect([counts.throttled, counts.failed, paused.get("throttled")]).toEqual([2, 0, 14_000]);
  });

  test("waits as azure-native does where Azure does not say how long", async () => {
    const { sent } = await stepOf((index) => index < 2, "");
    expect(sent.slice(0, 3).map(([, atMs]) => atMs)).toEqual([0, 20_200, 80_400]);
  });

  test("fails at the fourth refusal, and begins anew a minute later", async () => {
    const { sent, counts, paused } = await stepOf((index) => index >= 1 && index <= 4);
    expect(counts).toEqual({ requests: 5 + SENT.length + 2, throttled: 4, failed: 1 });
    expect(paused.get("again")).toBe(60_000);
    expect(sent[5]?.[0]).toBe(sent[0]?.[0]);
  });

  test("that Azure refuses for another reason is an error", async () => {
    const counts = { requests: 0, throttled: 0, failed: 0 };
    const send = () => Promise.resolve({ status: 404, headers: {}, body: { error: { code: "NotFound" } } });
    const works = [(startMs: number) => weightStep({ counts, send }, PLACE, 10, startMs)];
    await expect(inVirtualTime(works, 1)).rejects.toThrow(/^GET .*NotFound/);
  });
});
