import { afterAll, beforeAll, expect, test } from "vitest";
import { BAD_INPUTS } from "../../prove/inputs/catalogue";
import { BadInputStack } from "../../prove/inputs/badInputStack";

/** One for each who can refuse; `npm run prove inputs` previews all of them. */
const SAMPLE = [
  "weights as text",
  "a candidate with a weight of 101",
  "mistakes in config and in arguments at once",
  "an existing workspace that is not there",
  "other content under a registered version",
  "model and machine size of a deployment that serves",
  "a step too large and too early after somebody else's",
  "another name of the endpoint and all weights 0",
];

let inputs: BadInputStack;

beforeAll(async () => {
  inputs = await BadInputStack.start();
});

afterAll(() => inputs.close());

test.each(SAMPLE)("%s: refused at preview with its message, without a write", async (name) => {
  const bad = BAD_INPUTS.find((input) => input.name === name);
  expect(bad && (await inputs.check(bad))).toEqual([]);
});

test("a good input is no bad one", async () => {
  expect(
    await inputs.check({ name: "the serving config", refusedBy: "stack config", lines: ["traffic: is wrong"] }),
  ).toEqual(["it does not say: invalid stack config, nothing was written:\n  - traffic: is wrong"]);
});
