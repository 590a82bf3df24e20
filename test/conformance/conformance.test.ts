import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { TestAzure } from "../support/localAzure";
import { seededRandom } from "../../driver/scoring";
import { localConnection } from "../../conformance/localConnection";
import { runSemantic } from "../../conformance/semantics/semantic";
import { TOPICS } from "../../conformance/semantics/all";
import type { Target } from "../../conformance/target/target";
import { createTarget, removeTarget } from "../../conformance/target/createTarget";

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
