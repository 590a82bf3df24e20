import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestAzure } from "../support/localAzure";
import { seededRandom } from "../support/scoring";
import { localConnection } from "./localConnection";
import { runSemantic } from "./semantic";
import { TOPICS } from "./semantics";
import type { Target } from "./target";
import { createTarget, removeTarget } from "./world";

/** All semantics are run on one endpoint, one after the other. */
let azure: TestAzure;
let target: Target;

beforeAll(async () => {
  azure = await TestAzure.start({ random: seededRandom(2026) });
  target = await createTarget(await localConnection(azure), "conformance");
});

afterAll(async () => {
  const left = await removeTarget(target);
  await azure.close();
  expect(left).toEqual([]);
});

describe.each(TOPICS)("$name", ({ semantics }) => {
  test.each(semantics)("$id: $claim", async (semantic) => {
    await expect(runSemantic(semantic, target, azure)).resolves.toBeUndefined();
  });
});
