import { expect, test, vi } from "vitest";
import { AccessTokens, renewTime } from "../../../cli/azure/accessTokens";

const MINUTE = 60_000;
const tokenUntil = (ms: number): string =>
  `head.${Buffer.from(JSON.stringify({ exp: ms / 1000 })).toString("base64url")}.signature`;

test.each([
  ["an hour", tokenUntil(60 * MINUTE), 55 * MINUTE],
  ["no time at all, as one of a cache or of another clock", tokenUntil(-60 * MINUTE), MINUTE],
  ["less than the margin", tokenUntil(5 * MINUTE), MINUTE],
  ["what cannot be read", "opaque", MINUTE],
])("a token that lasts %s is used until it is to be replaced", (_, token, expected) => {
  expect(renewTime(token, 0)).toBe(expected);
});

test("a token is asked for once, until it is about to expire or is refused", async () => {
  let now = 0;
  const ask = vi.fn<() => Promise<string>>(() => Promise.resolve(tokenUntil(now + 60 * MINUTE)));
  const tokens = new AccessTokens(ask, () => now);
  const first = await tokens.get();
  expect([await tokens.get(), ask.mock.calls.length]).toEqual([first, 1]);
  now = 55 * MINUTE;
  const [second, same] = await Promise.all([tokens.get(), tokens.get()]);
  expect([second === first, same === second, ask.mock.calls.length]).toEqual([false, true, 2]);
  await tokens.get(true);
  expect(ask).toHaveBeenCalledTimes(3);
});

test("a failure is told, and not kept", async () => {
  const ask = vi.fn<() => Promise<string>>(() => Promise.resolve("opaque")).mockRejectedValueOnce(new Error("no"));
  const tokens = new AccessTokens(ask, () => 0);
  await expect(tokens.get()).rejects.toThrow("no");
  expect(await tokens.get()).toBe("opaque");
});
