import { expect, test } from "vitest";
import { EarlyReads } from "../../../components/azure/earlyReads";

/** Answers with the number of the question, and counts them. */
function world(answers: (number: number) => Promise<number | undefined> = (number) => Promise.resolve(number)) {
  let [now, asked] = [0, 0];
  const reads = new EarlyReads(() => now);
  return {
    reads,
    read: (question = "endpoint") => reads.read(question, () => answers(++asked)),
    pass: (ms: number) => void (now += ms),
    asked: () => asked,
  };
}

test("one answer serves all who ask at the begin of a run, even while it is under way", async () => {
  const { read, asked } = world();
  expect(await Promise.all([read(), read()])).toEqual([1, 1]);
  expect(await read()).toBe(1);
  expect(await read("deployment")).toBe(2);
  expect(asked()).toBe(2);
});

test("an answer is asked for again when it is no longer fresh", async () => {
  const { read, pass } = world();
  await read();
  pass(4999);
  expect(await read()).toBe(1);
  pass(1);
  expect(await read()).toBe(2);
});

test("once something is written every question is asked", async () => {
  const { reads, read } = world();
  await read();
  reads.end();
  expect([await read(), await read()]).toEqual([2, 3]);
});

test("what failed is asked again", async () => {
  const { read } = world((number) => (number === 1 ? Promise.reject(new Error("away")) : Promise.resolve(number)));
  await expect(read()).rejects.toThrow("away");
  expect(await read()).toBe(2);
});

test("what Azure does not have yet is asked again", async () => {
  const { read } = world((number) => Promise.resolve(number === 1 ? undefined : number));
  expect([await read(), await read()]).toEqual([undefined, 2]);
});
