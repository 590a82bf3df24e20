import { describe, expect, test } from "vitest";
import { inVirtualTime } from "../../../bench/throttling/inVirtualTime";
import type { Work } from "../../../bench/throttling/inVirtualTime";

describe("works in virtual time", () => {
  /** Works that pause for so many milliseconds, one after the other, and tell when they go on. */
  function scripted(pauses: readonly (readonly number[])[]) {
    const told: string[] = [];
    const works = pauses.map((own, index) => {
      const name = String.fromCodePoint(97 + index);
      async function* work(startMs: number): Work<"rest"> {
        let now = startMs;
        for (const ms of own) {
          told.push(`${name}${now}`);
          now = yield { ms, reason: "rest" };
        }
        told.push(`${name}${now}`);
      }
      return work;
    });
    return { works, told };
  }

  test("are done so many at the same time, the next one when one has ended", async () => {
    const { works, told } = scripted([[10, 10], [5], [20], [1]]);
    const { totalMs, paused } = await inVirtualTime(works, 2);
    expect(told).toEqual(["a0", "b0", "b5", "c5", "a10", "a20", "d20", "d21", "c25"]);
    expect([totalMs, paused.get("rest")]).toEqual([25, 46]);
  });

  test.each([
    [1, 30],
    [3, 10],
    [100, 10],
  ])("%d at once take %d ms", async (atOnce, totalMs) => {
    const { works } = scripted([[10], [10], [10]]);
    expect((await inVirtualTime(works, atOnce)).totalMs).toBe(totalMs);
  });

  test("of none is no time", async () => {
    expect((await inVirtualTime([], 4)).totalMs).toBe(0);
  });

  test("that fail end all", async () => {
    // oxlint-disable-next-line require-yield
    async function* failing(): Work {
      throw new Error("broken");
    }
    await expect(inVirtualTime([failing], 1)).rejects.toThrow("broken");
  });
});
