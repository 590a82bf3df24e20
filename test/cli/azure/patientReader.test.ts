import { expect, test } from "vitest";
import { RefusedRead } from "../../../components/azure/armRequest";
import { patientReader } from "../../../cli/azure/patientReader";

/** A reader that refuses with some errors in turn, then answers; and the rests that were taken, in seconds. */
function reader(...errors: readonly Error[]) {
  const left = [...errors];
  const rests: number[] = [];
  const answer = async (): Promise<readonly unknown[]> => {
    const error = left.shift();
    if (error !== undefined) throw error;
    return ["answer"];
  };
  const arm = patientReader({ get: answer, list: answer, ask: answer }, async (milliseconds) => {
    rests.push(milliseconds / 1000);
  });
  return { arm, rests };
}

const throttled = (seconds?: number): RefusedRead => new RefusedRead(429, "SubscriptionRequestsThrottled", seconds);

test.each(["get", "list", "ask"] as const)("%s waits as long as Azure says, a minute at most", async (method) => {
  const { arm, rests } = reader(throttled(3), throttled(), throttled(900));
  expect(await arm[method]("/x")).toEqual(["answer"]);
  expect(rests).toEqual([3, 5, 60]);
});

test("what is throttled again and again fails in the end", async () => {
  const { arm, rests } = reader(...Array.from({ length: 9 }, () => throttled(1)));
  await expect(arm.get("/x")).rejects.toThrow("Azure answers 429 SubscriptionRequestsThrottled");
  expect(rests).toEqual([1, 1, 1, 1, 1]);
});

test("any other refusal is told at once", async () => {
  const { arm, rests } = reader(new RefusedRead(403, "AuthorizationFailed"));
  await expect(arm.list("/x")).rejects.toThrow("403");
  expect(rests).toEqual([]);
});
