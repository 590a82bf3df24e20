import assert from "node:assert/strict";
import { assertRefused, assertStatus, assertValues } from "../target/checks";
import type { Topic } from "./semantic";
import { PROGRESSIVE, RECORDED_ABSENCE, SAFE_ROLLOUT, SPECIFICATION } from "./sources";

/** The last ones take the deployments and the endpoint away. */
export const deletes: Topic = {
  name: "Deleting",
  tests: ["test/local/ml/deployments/handlers.test.ts", "test/local/ml/endpoints/handlers.test.ts"],
  semantics: [
    {
      id: "delete-live-refused",
      claim: "A deployment with live traffic is not deleted.",
      grade: "documented",
      sources: [SAFE_ROLLOUT],
      deviation: "status and text of the refusal are assumed",
      target: "any",
      run: async (target) => {
        assertRefused(await target.arm("DELETE", target.deployment("blue")));
        assertValues(await target.read(target.deployment("blue")), { "properties.provisioningState": "Succeeded" });
      },
    },
    {
      id: "delete-mirrored-refused",
      claim: "A deployment with mirrored traffic is not deleted.",
      grade: "assumed",
      sources: [],
      deviation: "by analogy with live traffic",
      target: "local",
      run: async (target) => {
        await target.write({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } });
        assertRefused(await target.arm("DELETE", target.deployment("green")));
      },
    },
    {
      id: "delete-absent-endpoint",
      claim: "DELETE of an endpoint that does not exist returns 204.",
      grade: "recorded",
      sources: [RECORDED_ABSENCE],
      target: "any",
      run: async (target) => assertStatus(await target.arm("DELETE", target.spareEndpoint()), 204),
    },
    {
      id: "delete-absent-deployment",
      claim: "DELETE of a deployment that does not exist returns 204.",
      grade: "documented",
      sources: [SPECIFICATION],
      target: "any",
      run: async (target) => assertStatus(await target.arm("DELETE", target.deployment("red")), 204),
    },
    {
      id: "delete-at-zero",
      claim: "A deployment without traffic is deleted, and requests are served meanwhile.",
      grade: "documented",
      sources: [PROGRESSIVE, SAFE_ROLLOUT],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: { blue: 100, green: 0 } });
        const answer = await target.arm("DELETE", target.deployment("green"));
        assertStatus(answer, 202);
        assertStatus(await target.score(), 200);
        await target.finish(answer);
        assertStatus(await target.arm("GET", target.deployment("green")), 404);
      },
    },
    {
      id: "delete-removes-weight",
      claim: "A deleted deployment is removed from the traffic map.",
      grade: "assumed",
      sources: [],
      deviation: "not documented; the other reading is deletedWeightStays: true",
      asFound: true,
      target: "any",
      run: async (target) => assert.deepEqual(await target.property("traffic"), { blue: 100 }),
    },
    {
      id: "delete-endpoint-with-deployments",
      claim: "The DELETE of an endpoint deletes its deployments, whatever their weight.",
      grade: "documented",
      sources: [PROGRESSIVE],
      asFound: true,
      target: "any",
      run: async (target) => {
        await target.succeed("DELETE", target.endpoint);
        assertStatus(await target.arm("GET", target.deployment("blue")), 404);
        assertStatus(await target.arm("GET", target.endpoint), 404);
      },
    },
  ],
};
