import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { documentedWrites } from "../support/liveTrafficTable";
import { SERVED, STEPPED, ServingStack } from "../support/servingStack";
import type { Declared } from "../support/servingStack";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** One endpoint, whose program each test changes further. */
let serving: ServingStack;
let program: Declared = {};

beforeAll(async () => {
  serving = await ServingStack.start();
});

afterAll(() => serving.close());

function declare(change: Declared): void {
  program = { ...program, ...change };
  serving.declare(program);
}

test("a tag is changed", async () => {
  declare({ tags: { team: "cardiology" } });
  await serving.change((stack) => stack.up());
  expect(await serving.live("tags.team")).toBe("cardiology");
});

test("a tag is added by a policy or another tool", async () => {
  await serving.rehearsal.editEndpoint({ tags: { costCenter: "42" } });
  declare({ traffic: STEPPED });
  await serving.change((stack) => stack.up());
  expect(await serving.live("tags.costCenter")).toBe("42");
  expect(await serving.live("properties.traffic")).toEqual(STEPPED);
});

test("another tool sets a description", async () => {
  await serving.rehearsal.editEndpoint({ properties: { description: "for the ward" } });
  declare({ traffic: SERVED });
  await serving.change((stack) => stack.up());
  expect(await serving.live("properties.description")).toBeNull();
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});

test("another tool changes the identity", async () => {
  const { status, body } = await serving.rehearsal.editEndpoint({ identity: { type: "None" } });
  expect(status).toBe(400);
  expect(JSON.stringify(body)).toContain("'identity' cannot be changed");
  await serving.change((stack) => stack.preview());
});

test("the auth mode is changed", async () => {
  declare({ authMode: "AADToken" });
  const { text } = await serving.change((stack) => stack.up());
  expect(text).toContain("warning: callers need other credentials at once: authMode Key -> AADToken");
  expect(await serving.live("properties.authMode")).toBe("AADToken");
});

test("a deployment that serves is scaled", async () => {
  declare({ deployments: { [BLUE]: { modelVersion: "1", instanceCount: 3 }, [GREEN]: { modelVersion: "2" } } });
  await serving.change((stack) => stack.up());
  await serving.expectSettled();
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});

test("public network access is changed", async () => {
  declare({ publicNetworkAccess: "Disabled" });
  const { writes, unweighted } = await serving.observe((stack) => stack.up());
  expect({ writes, unweighted }).toEqual({ writes: documentedWrites(), unweighted: [] });
  expect(await serving.live("properties.publicNetworkAccess")).toBe("Disabled");
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});
