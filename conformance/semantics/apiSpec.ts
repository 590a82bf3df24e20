import assert from "node:assert/strict";
import { valueAt } from "../../driver/azureClient";
import { assertRefused } from "../target/checks";
import type { Semantic, Topic } from "./semantic";
import { RESOURCE_API, ARM_ERRORS, SDK_ENDPOINTS, SPECIFICATION, YAML_DEPLOYMENT } from "./sources";
import type { Target } from "../target/target";

const REFUSAL = "status and text of the refusal are assumed";

/** Names that a list answers. */
async function namesOf(target: Target, path: string): Promise<readonly unknown[]> {
  const { body } = await target.read(path);
  return (valueAt(body, "value") as readonly unknown[]).map((each) => valueAt(each, "name"));
}

/** Writes of blue, each of which is refused; then it is as it was. */
function refusesOfBlue(changes: readonly object[]): (target: Target) => Promise<void> {
  return async (target) => {
    const path = target.deployment("blue");
    const before = valueAt((await target.read(path)).body, "properties");
    for (const change of changes) assertRefused(await target.arm("PUT", path, target.deploymentBody("1", change)));
    assert.deepEqual(valueAt((await target.read(path)).body, "properties"), before);
  };
}

/** The versions of the model with one more, which is archived; it is deleted whatever comes of it. */
async function withArchived(target: Target, run: (versions: string) => Promise<void>): Promise<void> {
  const { body } = await target.read(target.modelVersion("1"));
  const modelUri = valueAt(body, "properties.modelUri");
  const archived = { properties: { modelType: "mlflow_model", modelUri, isArchived: true } };
  await target.succeed("PUT", target.modelVersion("70"), archived);
  try {
    await run(target.modelVersion("1").replace(/\/[^/]+$/, ""));
  } finally {
    await target.arm("DELETE", target.modelVersion("70"));
  }
}

const bodies: readonly Semantic[] = [
  {
    id: "weights-map",
    claim: "Weights are a map: text, a list or a number is refused, and what is live stays.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: REFUSAL,
    target: "any",
    run: async (target) => {
      for (const traffic of ["blue=100", [100], 100, true]) assertRefused(await target.put({ traffic }));
      assert.deepEqual(await target.weights(), { blue: 100 });
    },
  },
  {
    id: "body-types",
    claim: "A value whose JSON type differs from the specification is refused.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: `${REFUSAL}; text that reads as a number or a boolean is refused too`,
    target: "any",
    run: refusesOfBlue([
      { environmentVariables: ["A"] },
      { appInsightsEnabled: "perhaps" },
      { livenessProbe: { failureThreshold: "many" } },
      { requestSettings: { requestTimeout: "five seconds" } },
      { requestSettings: 5 },
    ]),
  },
  {
    id: "body-words",
    claim: "A value outside a closed enum of the specification is refused.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: REFUSAL,
    target: "any",
    run: refusesOfBlue([
      { egressPublicNetworkAccess: "Sometimes" },
      { scaleSettings: { scaleType: "Never" } },
      { endpointComputeType: "Paper" },
    ]),
  },
  {
    id: "body-ranges",
    claim: "A whole number that does not fit in 32 bits is refused.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: REFUSAL,
    target: "any",
    run: refusesOfBlue([
      { requestSettings: { maxConcurrentRequestsPerInstance: 2 ** 31 } },
      { livenessProbe: { successThreshold: -(2 ** 31) - 1 } },
    ]),
  },
  {
    id: "deployment-ranges",
    claim: "A deployment's counts start at 1, times are above 0; a request takes at most 180 s.",
    grade: "documented",
    sources: [YAML_DEPLOYMENT],
    deviation: REFUSAL,
    target: "any",
    run: refusesOfBlue([
      { requestSettings: { maxConcurrentRequestsPerInstance: 0 } },
      { requestSettings: { requestTimeout: "PT181S" } },
      { livenessProbe: { failureThreshold: 0 } },
      { readinessProbe: { period: "PT0S" } },
    ]),
  },
  {
    id: "body-nulls",
    claim: "A member that may be left out may be null.",
    grade: "documented",
    sources: [SPECIFICATION, SDK_ENDPOINTS],
    deviation: "taken of every member that is not required, also where the specification does not say so",
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { blue: 100 }, mirrorTraffic: null, description: null, compute: null });
      assert.deepEqual(await target.weights(), { blue: 100 });
    },
  },
  {
    id: "body-read-only",
    claim: "Read-only members are ignored in a body.",
    grade: "documented",
    sources: [RESOURCE_API],
    target: "any",
    run: async (target) => {
      await target.write({ traffic: { blue: 100 }, provisioningState: "Failed" });
      assert.equal(await target.property("provisioningState"), "Succeeded");
    },
  },
];

const lists: readonly Semantic[] = [
  {
    id: "list-active-only",
    claim: "A list leaves out archived items unless listViewType includes them.",
    grade: "documented",
    sources: [SPECIFICATION],
    target: "any",
    run: (target) =>
      withArchived(target, async (versions) => {
        assert.ok(!(await namesOf(target, versions)).includes("70"));
        assert.deepEqual(await namesOf(target, `${versions}?listViewType=ArchivedOnly`), ["70"]);
        assert.ok((await namesOf(target, `${versions}?listViewType=All`)).includes("70"));
      }),
  },
  {
    id: "list-order-and-top",
    claim: "$orderBy and $top return only the newest version.",
    grade: "documented",
    sources: [SPECIFICATION],
    deviation: "the words of $orderBy are those that Microsoft's SDK sends",
    target: "any",
    run: (target) =>
      withArchived(target, async (versions) => {
        const query = "$orderBy=createdtime%20desc&$top=1&listViewType=All";
        assert.deepEqual(await namesOf(target, `${versions}?${query}`), ["70"]);
      }),
  },
  {
    id: "list-next-link",
    claim: "A list with more pages has a nextLink.",
    grade: "documented",
    sources: [RESOURCE_API],
    deviation: "that $top is the size of a page, and not of the whole list, is assumed",
    target: "any",
    run: async (target) => {
      const all = await namesOf(target, `${target.endpoint}/deployments`);
      const first = await target.read(`${target.endpoint}/deployments?$top=1`);
      const rest = await namesOf(target, String(valueAt(first.body, "nextLink")));
      assert.deepEqual([valueAt(first.body, "value.0.name"), ...rest], all);
    },
  },
  {
    id: "list-by-name",
    claim: "Endpoints are listed by name, deployments by $orderBy.",
    grade: "documented",
    sources: [SPECIFICATION],
    target: "any",
    run: async (target) => {
      const endpoints = target.endpoint.replace(/\/[^/]+$/, "");
      assert.deepEqual(await namesOf(target, `${endpoints}?name=${target.name}`), [target.name]);
      assert.deepEqual(await namesOf(target, `${endpoints}?name=${target.name}-none`), []);
    },
  },
];

const versions: readonly Semantic[] = [
  {
    id: "api-version-unknown",
    claim: "An API version that a type does not have is refused, with the list of those it has.",
    grade: "documented",
    sources: [ARM_ERRORS],
    deviation: "which of the codes NoRegisteredProviderFound and InvalidResourceType it has is assumed",
    target: "any",
    run: async (target) => {
      const answer = await target.arm("GET", `${target.endpoint}?api-version=2001-01-01`);
      assertRefused(answer);
      assert.match(String(valueAt(answer.body, "error.message")), /api-versions are/);
    },
  },
];

export const apiSpec: Topic = {
  name: "The published specification",
  tests: [
    "test/local/apiSpec/requestBody.test.ts",
    "test/local/lists/list.test.ts",
    "test/local/apiSpec/versions.test.ts",
  ],
  semantics: [...bodies, ...lists, ...versions],
};
