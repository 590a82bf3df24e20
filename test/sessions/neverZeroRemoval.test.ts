import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { documentedWrites } from "../support/liveTrafficTable";
import { SERVED, ServingStack } from "../support/servingStack";
import type { Declared } from "../support/servingStack";

const UNPROTECTED: Declared = { deletionProtection: false };
const LUNG: Declared = {
  ...UNPROTECTED,
  name: "lung",
  model: { name: "lung", versions: { "1": { path: "models/blue" } } },
  deployments: { only: { modelVersion: "1" } },
  traffic: { only: 100 },
};
const BLUE_ONLY: Declared = { deployments: { [BLUE]: { modelVersion: "1" } }, traffic: { [BLUE]: 100 } };
/** What the engine says of the resource that it reaches first. */
const SEALED = /::heart-deletion-protection" cannot be deleted\s+because it is protected/;

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** A component and an unprotected one that comes and goes, in one stack; the last test lets the first go as well. */
let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start([{}]);
  serving.declare({}, LUNG);
  await serving.run((stack) => stack.up());
});

afterAll(() => serving.close());

/** The texts of a preview and of an update that skips it; both must be refused. */
async function refusals(): Promise<readonly string[]> {
  const texts: string[] = [];
  for (const operation of ["preview", "up"] as const) {
    const { refused, text } = await serving.change((stack) => stack[operation]());
    texts.push(refused ? text : `${operation} is not refused`);
  }
  return texts;
}

test("destroy --target of another component", async () => {
  const target = [await serving.urn("lung")];
  await serving.change((stack) => stack.destroy({ target, targetDependents: true }));
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  await serving.run((stack) => stack.up());
});

test("another component leaves the program", async () => {
  serving.declare({});
  await serving.change((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
});

test("pulumi destroy", async () => {
  for (const previewOnly of [true, false]) {
    const { refused, text } = await serving.change((stack) => stack.destroy({ previewOnly }));
    expect(refused).toBe(true);
    expect(text).toMatch(SEALED);
  }
  await serving.expectSettled();
});

test("a component leaves the program", async () => {
  serving.declare();
  for (const text of await refusals()) expect(text).toMatch(SEALED);
  serving.declare({});
  await serving.expectSettled();
});

test("the component is renamed, without an alias", async () => {
  serving.declare({ name: "cardio" });
  const { refused, text } = await serving.change((stack) => stack.preview());
  expect(refused).toBe(true);
  expect(text).toMatch(SEALED);
  serving.declare({});
  await serving.expectSettled();
});

test("a deployment that serves leaves the program", async () => {
  serving.declare(BLUE_ONLY);
  for (const text of await refusals()) {
    expect(text).toContain(`deployments.${GREEN}: has 10 % of the live traffic and is removed in the same update`);
  }
  serving.declare({});
  // The update that was refused has recorded what the component was asked for.
  const { writes } = await serving.run((stack) => stack.up());
  expect(writes).toEqual([]);
  await serving.expectSettled();
});

test("a deployment leaves in the update after its weight", async () => {
  serving.declare({ traffic: { [BLUE]: 100, [GREEN]: 0 } });
  await serving.run((stack) => stack.up());
  serving.declare(BLUE_ONLY);
  await serving.change((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual({ [BLUE]: 100 });
});

test("deletion protection is switched off", async () => {
  for (const operation of ["preview", "up"] as const) {
    serving.declare({ ...BLUE_ONLY, ...UNPROTECTED });
    const { refused, text } = await serving.change((stack) => stack[operation]());
    expect({ refused, text }).toEqual({
      refused: false,
      text: expect.stringContaining("warning: deletion protection is off") as string,
    });
  }
});

test("a component leaves the program, its protection off", async () => {
  serving.declare();
  const { writes } = await serving.observe((stack) => stack.up());
  expect(writes).toEqual(documentedWrites());
  expect(await serving.rehearsal.resources("/onlineEndpoints")).toEqual([]);
});
