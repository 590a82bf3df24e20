import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { SERVED, STEPPED, ServingStack } from "../support/servingStack";

vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** One endpoint that is changed in turn; each test leaves it serving 90/10, with nothing to do. */
let serving: ServingStack;

beforeAll(async () => {
  serving = await ServingStack.start();
});

afterAll(() => serving.close());

/** The next `up` with the program as it was. */
async function settle(): Promise<void> {
  serving.declare({});
  await serving.run((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
}

test("pulumi refresh", async () => {
  await serving.change((stack) => stack.refresh());
  const { writes } = await serving.run((stack) => stack.up());
  expect(writes).toEqual([]);
});

test("pulumi up --refresh, with a weight step", async () => {
  serving.declare({ traffic: STEPPED });
  await serving.change((stack) => stack.up({ refresh: true }));
  expect(await serving.live("properties.traffic")).toEqual(STEPPED);
  await settle();
});

test("pulumi up --target, the traffic step only", async () => {
  serving.declare({ traffic: STEPPED, tags: { team: "cardiology" } });
  const target = [await serving.urn("heart-traffic")];
  const { text } = await serving.change((stack) => stack.up({ target }));
  expect(text).toMatch(/~ 1 updated/);
  expect(await serving.live("properties.traffic")).toEqual(STEPPED);
  await settle();
});

test("pulumi up --target, a deployment only", async () => {
  const deployments = { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2", instanceCount: 2 } };
  serving.declare({ deployments, traffic: STEPPED });
  const target = [await serving.urn(`heart-deployment-${GREEN}`)];
  await serving.change((stack) => stack.up({ target }));
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  // Instances are taken away by a number only, never by leaving it out.
  serving.declare({ deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2", instanceCount: 1 } } });
  expect((await serving.run((stack) => stack.up())).refused).toBe(false);
  await settle();
});

test("pulumi up --target, the component only", async () => {
  serving.declare({ traffic: STEPPED });
  const target = [await serving.urn("heart")];
  await serving.change((stack) => stack.up({ target }));
  expect(await serving.live("properties.traffic")).toEqual(SERVED);
  await serving.run((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(STEPPED);
  await settle();
});

test("the component is renamed, with an alias", async () => {
  const renamed = { name: "cardio", options: { aliases: [{ name: "heart" }] } };
  serving.declare(renamed);
  const { text } = await serving.change((stack) => stack.up());
  expect(text).toMatch(/Resources:\s+\d+ unchanged/);
  serving.declare({ ...renamed, traffic: STEPPED });
  await serving.run((stack) => stack.up());
  expect(await serving.live("properties.traffic")).toEqual(STEPPED);
});
