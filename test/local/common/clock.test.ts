import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createHeartEndpoint,
  createWorkspace,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  registerModel,
} from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
});
afterAll(() => azure.close());

const state = async (): Promise<unknown> => (await azure.send("GET", "/_local/clock")).body;
const now = async (): Promise<number> => Date.parse(textAt(await state(), "now"));

describe("the virtual clock", () => {
  test("stands still when it is frozen, and moves by what it is told, to the millisecond", async () => {
    const before = await now();
    expect(await state()).toMatchObject({ frozen: true });
    expect(await azure.clock({ advanceSeconds: 90.5 })).toMatchObject({ status: 200, body: { frozen: true } });
    expect((await now()) - before).toBe(90_500);
  });

  test("adds up what is asked at the same time", async () => {
    const before = await now();
    await Promise.all([10, 20, 30].map((advanceSeconds) => azure.clock({ advanceSeconds })));
    expect((await now()) - before).toBe(60_000);
  });

  test("has done what fell due when it answers, the loading of models included", async () => {
    await createWorkspace(azure);
    await registerModel(azure, "1", "blue");
    await azure.operate("PUT", ENDPOINT, endpointBody());
    await azure.arm("PUT", `${ENDPOINT}/deployments/blue`, deploymentBody(azure, "1"));
    expect(await state()).toMatchObject({ waiting: 1 });
    expect(await azure.clock({ advanceSeconds: 600 })).toMatchObject({ body: { waiting: 0 } });
    const { body } = await azure.arm("GET", `${ENDPOINT}/deployments/blue`);
    expect(valueAt(body, "properties.provisioningState")).toBe("Succeeded");
  });

  test("ends operations in the order of their time, each at its own time", async () => {
    const first = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
    const second = await azure.arm("PUT", ENDPOINT.replace("heart-classifier", "another"), endpointBody());
    const start = await now();
    await azure.advance(3600);
    const ends = await Promise.all(
      [first, second].map(
        async ({ headers }) => (await azure.arm("GET", String(headers["azure-asyncoperation"]))).body,
      ),
    );
    expect(ends.map((end) => Date.parse(textAt(end, "endTime")) - start)).toEqual([20_000, 90_000]);
  });

  test.each([
    ["no JSON", "{", 'the body must be a JSON object such as {"advanceSeconds": 60}'],
    ["no object", "null", 'the body must be a JSON object such as {"advanceSeconds": 60}'],
    ["a step back", { advanceSeconds: -1 }, "advanceSeconds must be a number above 0, at most 1e9; got -1"],
    ["text", { advanceSeconds: "60" }, 'advanceSeconds must be a number above 0, at most 1e9; got "60"'],
    [
      "several mistakes",
      { speed: 0, freeze: false, advance: 1 },
      "speed must be a number above 0, at most 1e6; got 0\nfreeze must be true; to let the clock run again, set speed; got false\nadvance is not known; use freeze, speed, advanceSeconds",
    ],
  ])("refuses %s, all mistakes at once, and changes nothing", async (_, body, message) => {
    const before = await state();
    expect(await azure.clock(body)).toMatchObject({ status: 400, body: { error: { message } } });
    expect(await state()).toEqual(before);
  });

  test("refuses what it cannot do", async () => {
    const { status, body } = await azure.send("DELETE", "/_local/clock");
    expect(status).toBe(404);
    expect(textAt(body, "error.message")).toMatch(/^there is no DELETE \/_local\/clock; use GET health, /);
  });
});

test("a clock that runs fast ends operations by itself", async () => {
  const running = await TestAzure.start();
  try {
    await createHeartEndpoint(running);
    await running.clock({ speed: 1000 });
    const { headers } = await running.arm("PUT", ENDPOINT, endpointBody({ traffic: { green: 100 } }));
    const status = async () => (await running.arm("GET", String(headers["azure-asyncoperation"]))).body;
    let end = await status();
    while (valueAt(end, "status") === "Updating") end = await status();
    expect(end).toMatchObject({ status: "Succeeded" });
    const took = Date.parse(textAt(end, "endTime")) - Date.parse(textAt(end, "startTime"));
    expect(took).toBeGreaterThanOrEqual(20_000);
  } finally {
    await running.close();
  }
});
