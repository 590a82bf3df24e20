import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../demo/article";
import { documentedWrites } from "../support/liveTrafficTable";
import { SERVED, ServingStack } from "../support/servingStack";
import type { Declared } from "../support/servingStack";

const PROTECTED: Declared = { options: { protect: true } };
const LUNG: Declared = {
  name: "lung",
  model: { name: "lung", versions: { "1": { path: "models/blue" } } },
  deployments: { only: { modelVersion: "1" } },
  traffic: { only: 100 },
};
const BLUE_ONLY: Declared = { deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } };

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** A protected component and one that comes and goes, in one stack; the last test lets the first go as well. */
let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start([PROTECTED]);
  serving.declare(PROTECTED, LUNG);
  await serving.run((stack) => stack.up());
});

afterAll(() => serving.close());

test("destroy --target of another component", async () => {
  const target = [await serving.urn("lung")];
  await serving.change((stack) => stack.destroy({ target, targetDependents: true }));
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  await serving.run((stack) => stack.up());
});

test("another component leaves the program", async () => {
  serving.declare(PROTECTED);
  await serving.change((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});

test("destroy of a protected component", async () => {
  for (const previewOnly of [true, false]) {
    const { refused, text } = await serving.change((stack) => stack.destroy({ previewOnly }));
    expect(refused).toBe(true);
    expect(text).toMatch(/::heart-traffic" cannot be deleted\s+because it is protected/);
  }
  await serving.expectSettled();
});

test("a protected component leaves the program", async () => {
  serving.declare();
  for (const operation of ["preview", "up"] as const) {
    const { refused, text } = await serving.change((stack) => stack[operation]());
    expect(refused).toBe(true);
    expect(text).toMatch(/::heart-traffic" cannot be deleted\s+because it is protected/);
  }
  serving.declare(PROTECTED);
  await serving.expectSettled();
});

test("a deployment of a protected component is retired", async () => {
  const name = `heart-deployment-${GREEN}`;
  serving.declare({ ...PROTECTED, ...BLUE_ONLY });
  const { refused, text } = await serving.change((stack) => stack.preview());
  expect(refused).toBe(true);
  expect(text).toMatch(new RegExp(`::${name}" cannot be deleted\\s+because it is protected`));
  await serving.pulumi("state", "unprotect", await serving.urn(name));
  const { writes } = await serving.run((stack) => stack.up());
  expect(writes).toEqual(["PUT deployments", "PUT onlineEndpoints via", "DELETE onlineEndpoints/deployments"]);
  expect(await serving.live("properties.traffic")).toEqual({ [BLUE]: 100 });
});

test("a component without protection leaves the program", async () => {
  serving.declare(BLUE_ONLY);
  await serving.run((stack) => stack.up());
  serving.declare();
  const { writes } = await serving.observe((stack) => stack.up());
  expect(writes).toEqual(documentedWrites());
  expect(await serving.rehearsal.resources("/onlineEndpoints")).toEqual([]);
});
