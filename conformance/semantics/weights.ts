import assert from "node:assert/strict";
import { valueAt } from "../../driver/azureClient";
import { assertRefused, positiveWeights } from "../target/checks";
import type { Semantic, Topic } from "./semantic";
import { PROGRESSIVE, SAFE_ROLLOUT, SDK_ENDPOINTS, SPECIFICATION, YAML_ENDPOINT } from "./sources";
import type { Target } from "../target/target";

const REFUSAL = "status and text of the refusal are assumed";

/** A write of weights is refused and changes nothing. */
function refuses(weights: readonly object[]): (target: Target) => Promise<void> {
  return async (target) => {
    for (const properties of weights) assertRefused(await target.put(properties));
    assert.deepEqual(await target.weights(), { blue: 100 });
    assert.deepEqual(positiveWeights(await target.property("mirrorTraffic")), {});
  };
}

const live: readonly Semantic[] = [
  {
    id: "weights-sum",
    claim: "Weights that sum to neither 0 nor 100 are refused.",
    grade: "documented",
    sources: [YAML_ENDPOINT, SAFE_ROLLOUT],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 90 } }, { traffic: { blue: 90, green: 20 } }]),
  },
  {
    id: "weights-all-zero",
    claim: "All weights may be 0: the endpoint then receives nothing.",
    grade: "documented",
    sources: [YAML_ENDPOINT, SAFE_ROLLOUT],
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { blue: 0, green: 0 } });
      assert.deepEqual(await target.weights(), {});
    },
  },
  {
    id: "weights-whole-numbers",
    claim: "Weights are whole numbers.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 99.5, green: 0.5 } }]),
  },
  {
    id: "weights-not-negative",
    claim: "No weight is below 0 or above 100.",
    grade: "assumed",
    sources: [],
    deviation: "follows from percentages; nothing says it",
    target: "any",
    run: refuses([{ traffic: { blue: 110, green: -10 } }]),
  },
  {
    id: "weights-known-deployments",
    claim: "Weights of a deployment that does not exist are refused.",
    grade: "documented",
    sources: [YAML_ENDPOINT],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 90, red: 10 } }]),
  },
  {
    id: "weights-new-deployment",
    claim: "A new deployment receives nothing, not even the first one of an endpoint.",
    grade: "documented",
    sources: [PROGRESSIVE, SAFE_ROLLOUT],
    target: "any",
    run: ({ creation }) => {
      assert.deepEqual(valueAt(creation.unweighted.body, "properties.traffic"), {});
    },
  },
  {
    id: "weights-ignore-case",
    claim: "Names in the traffic map are compared ignoring case.",
    grade: "reported",
    sources: [SDK_ENDPOINTS],
    deviation: "Microsoft's SDK sends them in lower case; that the service compares so is inferred",
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { Green: 100 } });
      assert.deepEqual(await target.weights(), { green: 100 });
    },
  },
  {
    id: "weights-zeros-answered",
    claim: "A written weight of 0 is returned as 0.",
    grade: "assumed",
    sources: [],
    deviation: "Microsoft's SDK works with both; the other reading is zeroWeightsAnswered: false",
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { blue: 0, green: 100 } });
      assert.deepEqual(await target.property("traffic"), { blue: 0, green: 100 });
    },
  },
];

const mirrored: readonly Semantic[] = [
  {
    id: "mirror-at-most-half",
    claim: "More than 50 % cannot be mirrored.",
    grade: "documented",
    sources: [SAFE_ROLLOUT, SPECIFICATION],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 100 }, mirrorTraffic: { green: 51 } }]),
  },
  {
    id: "mirror-one-deployment",
    claim: "Traffic is mirrored to one deployment only.",
    grade: "documented",
    sources: [SAFE_ROLLOUT, YAML_ENDPOINT],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 0, green: 0 }, mirrorTraffic: { blue: 10, green: 10 } }]),
  },
  {
    id: "mirror-not-live",
    claim: "A deployment has live or mirrored traffic, never both.",
    grade: "documented",
    sources: [SAFE_ROLLOUT],
    deviation: REFUSAL,
    target: "any",
    run: refuses([{ traffic: { blue: 90, green: 10 }, mirrorTraffic: { green: 10 } }]),
  },
  {
    id: "mirror-off",
    claim: "Mirroring ends with the weight 0.",
    grade: "documented",
    sources: [SAFE_ROLLOUT],
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } });
      await target.write({ traffic: { blue: 100 }, mirrorTraffic: { green: 0 } });
      assert.deepEqual(positiveWeights(await target.property("mirrorTraffic")), {});
    },
  },
];

export const weights: Topic = {
  name: "Weights",
  tests: ["test/local/ml/endpoints/traffic.test.ts"],
  semantics: [...live, ...mirrored],
};
