import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { TokenBucket } from "../../../local/src/routing/tokenBucket";

const LIMIT = { size: 3, perSecond: 2 };

describe("a bucket of tokens", () => {
  test("gives what is in it, and says how long the next one takes", () => {
    const bucket = new TokenBucket(LIMIT, 0);
    expect([0, 0, 0, 0].map((at) => bucket.take(at))).toEqual([0, 0, 0, 500]);
  });

  test("fills as time passes, to its size and no further", () => {
    const bucket = new TokenBucket(LIMIT, 0);
    for (let taken = 0; taken < 3; taken += 1) bucket.take(0);
    expect([bucket.take(250), bucket.take(500), bucket.tokens]).toEqual([250, 0, 0]);
    bucket.take(3_600_000);
    expect(bucket.tokens).toBe(2);
  });

  test("a clock that goes back fills nothing and takes nothing", () => {
    const bucket = new TokenBucket(LIMIT, 1000);
    bucket.take(1000);
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 500]);
  });

  property.prop([fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 })])(
    "never gives more than its size and what came back",
    (pauses) => {
      const bucket = new TokenBucket(LIMIT, 0);
      let [at, given] = [0, 0];
      for (const pause of pauses) {
        at += pause;
        if (bucket.take(at) === 0) given += 1;
        expect(given).toBeLessThanOrEqual(LIMIT.size + (at * LIMIT.perSecond) / 1000);
      }
    },
  );
});
