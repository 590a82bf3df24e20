import { afterEach, describe, expect, test } from "vitest";
import type { Readings } from "azure-mlflow-rollout-local";
import { TestAzure } from "../support/localAzure";
import { localConnection } from "../../conformance/localConnection";
import { runSemantic } from "../../conformance/semantics/semantic";
import { SEMANTICS } from "../../conformance/semantics/all";
import { createTarget } from "../../conformance/target/createTarget";

let azure: TestAzure;
afterEach(() => azure.close());

/** Those of the given semantics that a local Azure with other readings contradicts. */
async function contradicted(readings: Partial<Readings>, ids: readonly string[]): Promise<readonly string[]> {
  azure = await TestAzure.start(readings);
  const target = await createTarget(await localConnection(azure), "conformance");
  const failed: string[] = [];
  for (const semantic of SEMANTICS.filter(({ id }) => ids.includes(id))) {
    await runSemantic(semantic, target, azure).catch(() => failed.push(semantic.id));
  }
  return failed;
}

describe("a contested semantic is contradicted by the other reading alone", () => {
  const contested = [
    ...["put-without-traffic", "weights-zeros-answered", "delete-at-zero", "delete-removes-weight"],
    ...["deployment-failed-recovers", "deployment-of-any-datastore"],
  ];

  test.each<[Partial<Readings>, string]>([
    [{ omittedTrafficClears: false }, "put-without-traffic"],
    [{ zeroWeightsAnswered: false }, "weights-zeros-answered"],
    [{ deletedWeightStays: true }, "delete-removes-weight"],
    [{ failedDeploymentStays: true }, "deployment-failed-recovers"],
    [{ datastoresNeedRole: true }, "deployment-of-any-datastore"],
  ])("%o", async (readings, id) => {
    expect(await contradicted(readings, contested)).toEqual([id]);
  });
});
