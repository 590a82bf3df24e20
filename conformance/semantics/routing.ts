import assert from "node:assert/strict";
import { textAt } from "../../driver/azureClient";
import { EXPECTED_ANSWERS } from "../../driver/heartWorkspace";
import { fairSplitDistance } from "../../driver/scoring";
import { assertStatus, assertWithin } from "../target/checks";
import type { Topic } from "./semantic";
import { PROGRESSIVE, RECORDED_ROLLOUT, SAFE_ROLLOUT, TROUBLESHOOTING } from "./sources";
import type { Target } from "../target/target";

const REQUESTS = 200;

export function toDeployment(deployment: string): { headers: Record<string, string> } {
  return { headers: { "azureml-model-deployment": deployment } };
}

/** How many of the requests each deployment answered. */
async function split(target: Target, requests: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (let sent = 0; sent < requests; sent++) {
    const { headers } = await target.score();
    const name = String(headers["azureml-model-deployment"]);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Requests that the container of a deployment has answered, copies included. */
async function answered(target: Target, deployment: string): Promise<number> {
  const { body } = await target.arm("POST", `${target.deployment(deployment)}/getLogs`, {});
  return textAt(body, "content").split("POST /score 200 ").length - 1;
}

/** Mirrors half of the requests to `green`. @returns the requests that it has answered so far */
async function mirrorToGreen(target: Target): Promise<number> {
  await target.write({ traffic: { blue: 100 }, mirrorTraffic: { green: 50 } });
  return answered(target, "green");
}

export const routing: Topic = {
  name: "Routing of requests",
  tests: ["test/local/gateway/routing.test.ts"],
  semantics: [
    {
      id: "route-by-weight",
      claim: "Requests are split by weight; a header names the deployment that answered.",
      grade: "documented",
      sources: [SAFE_ROLLOUT, RECORDED_ROLLOUT],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: { blue: 90, green: 10 } });
        const { blue = 0, green = 0, ...others } = await split(target, REQUESTS);
        assert.deepEqual(others, {});
        assert.equal(blue + green, REQUESTS);
        assertWithin(green, REQUESTS * 0.1, fairSplitDistance(REQUESTS, 0.1));
      },
    },
    {
      id: "route-all",
      claim: "The deployment with the weight 100 answers every request.",
      grade: "documented",
      sources: [PROGRESSIVE],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: { blue: 0, green: 100 } });
        assert.deepEqual(await split(target, 20), { green: 20 });
      },
    },
    {
      id: "route-by-header",
      claim: "The header azureml-model-deployment chooses a deployment, whatever its weight.",
      grade: "documented",
      sources: [PROGRESSIVE, SAFE_ROLLOUT],
      target: "any",
      run: async (target) => {
        const { status, headers, body } = await target.score(toDeployment("green"));
        assert.equal(status, 200);
        assert.equal(headers["azureml-model-deployment"], "green");
        assert.deepEqual(body, EXPECTED_ANSWERS.green);
      },
    },
    {
      id: "route-unknown-deployment",
      claim: "A header that names no deployment gets 404.",
      grade: "assumed",
      sources: [],
      deviation: "Microsoft's SDK checks the name first; the status of the service is not known",
      target: "any",
      run: async (target) => assertStatus(await target.score(toDeployment("red")), 404),
    },
    {
      id: "route-without-weights",
      claim: "A request gets 404 when no deployment has weight.",
      grade: "documented",
      sources: [TROUBLESHOOTING],
      target: "any",
      run: async (target) => {
        await target.write({ traffic: {} });
        assertStatus(await target.score(), 404);
        assertStatus(await target.score(toDeployment("blue")), 200);
      },
    },
    {
      id: "mirror-copies",
      claim: "The mirrored share of the requests is copied; callers see the live answer only.",
      grade: "documented",
      sources: [SAFE_ROLLOUT],
      target: "local",
      run: async (target) => {
        const before = await mirrorToGreen(target);
        assert.deepEqual(await split(target, REQUESTS), { blue: REQUESTS });
        const copies = (await answered(target, "green")) - before;
        assertWithin(copies, REQUESTS * 0.5, fairSplitDistance(REQUESTS, 0.5));
      },
    },
    {
      id: "mirror-not-addressed",
      claim: "Requests that choose their deployment by the header are never mirrored.",
      grade: "documented",
      sources: [SAFE_ROLLOUT],
      target: "local",
      run: async (target) => {
        const before = await mirrorToGreen(target);
        for (let sent = 0; sent < 30; sent++) await target.score(toDeployment("blue"));
        assert.equal(await answered(target, "green"), before);
      },
    },
  ],
};
