import { fc, test } from "@fast-check/vitest";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { afterAll, beforeAll, expect } from "vitest";
import { AzureClient, textAt, valueAt } from "../../../driver/azureClient";
import {
  createHeartEndpoint,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  GROUP,
  armIdOf,
  LOCATION,
  modelBody,
  STORAGE,
  storageBody,
  WORKSPACE,
  workspaceBody,
} from "../../../driver/heartWorkspace";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../../support/templates";

// Not observed: what is wrong on purpose breaks the specification on purpose.
let azure: AzureClient;
let token: string;
beforeAll(async () => {
  azure = new AzureClient(await startLocalAzure());
  token = await azure.token();
  await azure.clock({ freeze: true });
  await createHeartEndpoint(azure);
});
afterAll(() => azure.close());

const SEGMENT = fc.oneof(
  fc.constantFrom("subscriptions", "resourceGroups", "providers", "Microsoft.MachineLearningServices", "workspaces"),
  fc.constantFrom("onlineEndpoints", "deployments", "models", "listKeys", "constructor", "__proto__", "toString", ".."),
  fc.constantFrom("%", "%zz", "%00", "%2F", "%F0%9F%98%80", "*", "'", '"', ":", "a".repeat(3000), ""),
  fc.string({ maxLength: 10 }).map(encodeURIComponent),
);
const ROOTS = [
  "",
  `/subscriptions/SUBSCRIPTION`,
  "ENDPOINT",
  "WORKSPACE",
  "/blob/heartstorage",
  "/endpoints",
  "/_local",
];
const anyPath = fc
  .tuple(fc.constantFrom(...ROOTS), fc.array(SEGMENT, { maxLength: 6 }))
  .map(([root, segments]) => [root, ...segments].join("/"));
const anyBody = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }).map((value) => JSON.stringify(value)),
  fc
    .record(
      { location: fc.jsonValue(), properties: fc.jsonValue(), tags: fc.jsonValue(), sku: fc.jsonValue() },
      { requiredKeys: [] },
    )
    .map((value) => JSON.stringify(value)),
  fc.string(),
);
const anyQuery = fc.constantFrom(
  "?api-version=2025-12-01",
  "",
  "?api-version=",
  "?api-version=2025-12-01&comp=list&restype=container",
  "?%zz",
);

test.prop([fc.constantFrom("GET", "PUT", "POST", "PATCH", "DELETE", "OPTIONS"), anyPath, anyQuery, anyBody], {
  numRuns: 400,
})("nothing that is asked ends in a failure of the server", async (method, path, query, body) => {
  const full = path
    .replace("ENDPOINT", armIdOf(azure, ENDPOINT))
    .replace("WORKSPACE", armIdOf(azure, WORKSPACE))
    .replace("SUBSCRIPTION", azure.azure.subscriptionId);
  // The workspace has to outlive the run.
  const verb = method === "DELETE" && !full.includes("deployments") ? "GET" : method;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const answer = await azure.send(verb, `${azure.azure.url}${full}${query}`, {
    headers,
    ...(verb !== "GET" && { body }),
  });
  expect(answer.status).toBeLessThan(500);
  if (answer.status >= 400 && /json/.test(answer.headers["content-type"] ?? "") && full.startsWith("/subscriptions")) {
    expect(textAt(answer.body, "error.code")).not.toBe("");
    expect(textAt(answer.body, "error.message")).not.toBe("");
  }
});

/** Paths of writes and bodies that are served. */
const WRITES = (): readonly (readonly [path: string, body: unknown])[] => [
  [ENDPOINT, endpointBody({ traffic: { blue: 100 }, mirrorTraffic: { green: 10 } })],
  [`${ENDPOINT}/deployments/green`, deploymentBody(azure, "2", { requestSettings: { requestTimeout: "PT5S" } })],
  [WORKSPACE, workspaceBody(azure)],
  [`${WORKSPACE}/models/heart-classifier/versions/2`, modelBody(azure, "2")],
  [templatePath("fuzzed"), templateBody([{ ...ENDPOINT_RESOURCE, ...endpointBody({ traffic: { blue: 100 } }) }])],
  [STORAGE, storageBody()],
  [GROUP, { location: LOCATION, tags: { owner: "me" } }],
];

/** Every member of a body, by its path. */
function pathsOf(value: unknown, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([key, inner]) => pathsOf(inner, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((inner, index) => (String(index) === key ? replaced(inner, rest, by) : inner));
  return { ...(value as object), [key]: replaced(valueAt(value, key), rest, by) };
}

test.prop([fc.nat(), fc.nat(), fc.jsonValue({ maxDepth: 3 })], { numRuns: 300 })(
  "no member of a write, whatever it is, ends in a failure of the server",
  async (write, member, by) => {
    const [path, body] = WRITES()[write % WRITES().length] ?? ["", {}];
    const paths = pathsOf(body);
    const answer = await azure.arm("PUT", path, replaced(body, paths[member % paths.length] ?? [], by));
    expect(answer.status).toBeLessThan(500);
    const end = await azure.finish(answer);
    expect(valueAt(end.body, "error.code")).not.toBe("InternalServerError");
  },
);
