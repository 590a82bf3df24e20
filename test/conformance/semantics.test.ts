import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Answer } from "../../driver/azureClient";
import { EndpointClient } from "../../conformance/target/endpointClient";
import type { Connection } from "../../conformance/target/connection";
import { SEMANTICS, TOPICS } from "../../conformance/semantics/all";
import { Target } from "../../conformance/target/target";
import { ROOT } from "../../driver/paths";

test("each semantic has an id of its own", () => {
  const ids = SEMANTICS.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^[a-z]+(-[a-z0-9]+)+$/.test(id))).toEqual([]);
});

test("each has sources but for what is assumed, and what is assumed says so", () => {
  const isAssumed = SEMANTICS.filter(({ grade }) => grade === "assumed");
  expect(SEMANTICS.filter(({ grade, sources }) => grade !== "assumed" && sources.length === 0)).toEqual([]);
  expect(isAssumed.filter(({ deviation }) => deviation === undefined)).toEqual([]);
  const sources = SEMANTICS.flatMap((semantic) => semantic.sources);
  const urls = new Set(sources.map(({ url }) => url));
  expect(new Set(sources.map(({ name }) => name)).size).toBe(urls.size);
  expect(
    [...urls].filter((url) => !/^https:\/\/(learn\.microsoft\.com\/azure|github\.com\/[^/]+)\//.test(url)),
  ).toEqual([]);
});

test("each topic names tests that exist", () => {
  const files = TOPICS.flatMap(({ tests }) => tests);
  expect(files.filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

/** The semantics that hold on an Azure that gives one answer to everything. */
async function holdingOn(answer: Answer): Promise<readonly string[]> {
  const connection: Connection = {
    resourceManager: "https://localhost",
    workspace: "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w",
    instanceType: "Standard_DS2_v2",
    pollSeconds: 60,
    settleSeconds: 0,
    blobOptions: {},
    send: () => Promise.resolve(answer),
    token: () => Promise.resolve("token"),
    wait: () => Promise.resolve(),
  };
  const all = { endpoint: answer, endpointPoll: answer, endpointEnd: answer, unweighted: answer };
  const creation = { ...all, deployment: answer, deploymentPoll: answer };
  const held: string[] = [];
  for (const semantic of SEMANTICS) {
    if (semantic.target === "local") continue;
    const target = new Target(new EndpointClient(connection, "conformance", "westeurope"), creation);
    try {
      await semantic.run(target);
      held.push(semantic.id);
    } catch {
      // As it should be.
    }
  }
  return held;
}

test("none holds on a server that refuses everything", async () => {
  const headers = { "retry-after": "1", "access-control-allow-origin": "*" };
  expect(await holdingOn({ status: 418, headers, body: { error: { code: "Teapot" } } })).toEqual([]);
});

test("only what should be absent is absent on a server that accepts everything and answers nothing", async () => {
  expect(await holdingOn({ status: 200, headers: {}, body: {} })).toEqual(["no-retry-after"]);
});
