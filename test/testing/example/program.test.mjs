import assert from "node:assert/strict";
import { before, test } from "node:test";
import { setRolloutMocks } from "azure-mlflow-rollout/testing";

let heart;

before(async () => {
  await setRolloutMocks();
  ({ heart } = await import("./program.mjs"));
});

test("a tenth of the requests goes to green", async () => {
  assert.deepEqual(await valueOf(heart.traffic), { blue: 90, green: 10 });
});

test("the address is known", async () => {
  assert.match(await valueOf(heart.scoringUri), /^https:\/\/heart-classifier-/);
});

function valueOf(output) {
  return new Promise((resolve) => output.apply(resolve));
}
