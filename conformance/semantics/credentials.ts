import assert from "node:assert/strict";
import { textAt, valueAt } from "../../driver/azureClient";
import { assertRefused, assertStatus, assertWithin } from "../target/checks";
import type { Semantic, Topic } from "./semantic";
import { AUTHENTICATION, RECORDED_ENDPOINT, RECORDED_ROLLOUT, SPECIFICATION, TROUBLESHOOTING } from "./sources";
import type { Target } from "../target/target";

const DAY_SECONDS = 86_400;

/** Status of a scoring request with another credential than the endpoint's key. */
async function statusWith(target: Target, token: string): Promise<number> {
  return (await target.score({ headers: { authorization: `Bearer ${token}` } })).status;
}

async function listKeys(target: Target): Promise<{ primaryKey: string; secondaryKey: string }> {
  const { body } = await target.arm("POST", `${target.endpoint}/listKeys`);
  return { primaryKey: textAt(body, "primaryKey"), secondaryKey: textAt(body, "secondaryKey") };
}

const keys: readonly Semantic[] = [
  {
    id: "keys-never-answered",
    claim: "Only listKeys returns keys; properties.keys is null.",
    grade: "documented",
    sources: [SPECIFICATION],
    target: "any",
    run: async (target) => {
      const { primaryKey, secondaryKey } = await listKeys(target);
      const answers = JSON.stringify([target.creation.endpoint.body, (await target.read(target.endpoint)).body]);
      for (const key of [primaryKey, secondaryKey]) assert.ok(!answers.includes(key));
      assert.equal((await target.property("keys")) ?? null, null);
    },
  },
  {
    id: "keys-both-score",
    claim: "Both keys score, as Authorization: Bearer.",
    grade: "documented",
    sources: [AUTHENTICATION],
    target: "any",
    run: async (target) => {
      const { primaryKey, secondaryKey } = await listKeys(target);
      assert.deepEqual([await statusWith(target, primaryKey), await statusWith(target, secondaryKey)], [200, 200]);
    },
  },
  {
    id: "key-missing-or-wrong",
    claim: "A request without a key or with a wrong one gets 401.",
    grade: "documented",
    sources: [TROUBLESHOOTING],
    target: "any",
    run: async (target) => {
      assert.equal(await statusWith(target, "wrong"), 401);
      assertStatus(await target.score({ headers: { authorization: "" } }), 401);
    },
  },
  {
    id: "key-regenerated",
    claim: "regenerateKeys is an operation (202) that replaces only the named key; the old one becomes invalid.",
    grade: "documented",
    sources: [SPECIFICATION, AUTHENTICATION],
    target: "any",
    run: async (target) => {
      const before = await listKeys(target);
      const answer = await target.arm("POST", `${target.endpoint}/regenerateKeys`, { keyType: "Secondary" });
      assertStatus(answer, 202);
      await target.finish(answer);
      await target.connection.wait(target.connection.settleSeconds);
      const after = await listKeys(target);
      assert.equal(after.primaryKey, before.primaryKey);
      assert.notEqual(after.secondaryKey, before.secondaryKey);
      assert.equal(await statusWith(target, before.secondaryKey), 401);
      assert.equal(await statusWith(target, after.secondaryKey), 200);
    },
  },
];

const tokens: readonly Semantic[] = [
  {
    id: "arm-token-does-not-score",
    claim: "A token for Azure Resource Manager does not score.",
    grade: "documented",
    sources: [AUTHENTICATION],
    target: "any",
    run: async (target) => assert.equal(await statusWith(target, await target.connection.token()), 401),
  },
  {
    id: "endpoint-token",
    claim: "With AMLToken the endpoint's own token scores and its keys do not.",
    grade: "recorded",
    sources: [RECORDED_ROLLOUT, AUTHENTICATION],
    deviation: "that keys do not score then is inferred",
    target: "any",
    run: async (target) => {
      const { primaryKey } = await listKeys(target);
      await target.write({ authMode: "AMLToken", traffic: { blue: 100 } });
      const { body } = await target.arm("POST", `${target.endpoint}/token`);
      assert.equal(valueAt(body, "tokenType"), "Bearer");
      assert.equal(await statusWith(target, textAt(body, "accessToken")), 200);
      assert.equal(await statusWith(target, primaryKey), 401);
    },
  },
  {
    id: "endpoint-token-lifetime",
    claim: "An endpoint's token lives for 24 hours and should be refreshed after 12.",
    grade: "recorded",
    sources: [RECORDED_ENDPOINT, RECORDED_ROLLOUT],
    target: "any",
    run: async (target) => {
      await target.write({ authMode: "AMLToken", traffic: { blue: 100 } });
      const now = Date.now() / 1000;
      const { body } = await target.arm("POST", `${target.endpoint}/token`);
      assertWithin(Number(valueAt(body, "expiryTimeUtc")) - now, DAY_SECONDS, 300);
      assertWithin(Number(valueAt(body, "refreshAfterTimeUtc")) - now, DAY_SECONDS / 2, 300);
    },
  },
  {
    id: "entra-token",
    claim: "With AADToken an Entra token for https://ml.azure.com scores, and one for Azure Resource Manager does not.",
    grade: "documented",
    sources: [AUTHENTICATION],
    deviation: "roles are not checked",
    target: "local",
    run: async (target, azure) => {
      await target.write({ authMode: "AADToken", traffic: { blue: 100 } });
      assert.equal(await statusWith(target, await azure.token("https://ml.azure.com/.default")), 200);
      assert.equal(await statusWith(target, await target.connection.token()), 401);
    },
  },
  {
    id: "arm-needs-token",
    claim: "Azure Resource Manager returns 401 without a token, or with one for another audience.",
    grade: "documented",
    sources: [AUTHENTICATION],
    target: "local",
    run: async (target, azure) => {
      const url = target.address(target.endpoint);
      const scoring = await azure.token("https://ml.azure.com/.default");
      for (const headers of [{}, { authorization: `Bearer ${scoring}` }]) {
        const answer = await azure.send("GET", url, { headers });
        assertRefused(answer);
        assertStatus(answer, 401);
      }
    },
  },
];

export const credentials: Topic = {
  name: "Credentials",
  tests: ["test/local/ml/serving/authModes.test.ts", "test/local/identity/identity.test.ts"],
  semantics: [...keys, ...tokens],
};
