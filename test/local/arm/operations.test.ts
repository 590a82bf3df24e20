import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { Operations } from "../../../local/src/arm/operations";
import { Clock } from "../../../local/src/common/clock";
import { createHeartEndpoint, deploymentBody, ENDPOINT, endpointBody } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";

const HOUR = 3600;

describe("operations take the recorded time, to the second of the virtual clock", () => {
  let azure: TestAzure;
  beforeAll(async () => {
    azure = await TestAzure.start();
    await createHeartEndpoint(azure);
  });
  afterAll(() => azure.close());

  test.each([
    ["a new endpoint: 90 s", 90, "PUT", ENDPOINT.replace("heart-classifier", "timed"), () => endpointBody()],
    ["new weights: 20 s", 20, "PUT", ENDPOINT, () => endpointBody({ traffic: { blue: 50, green: 50 } })],
    ["a new deployment: 9 min 42 s", 582, "PUT", `${ENDPOINT}/deployments/timed`, () => deploymentBody(azure, "1")],
  ])("%s", async (_, seconds, method, path, body) => {
    const { headers } = await azure.arm(method, path, body());
    const status = async () =>
      valueAt((await azure.arm("GET", String(headers["azure-asyncoperation"]))).body, "status");
    await azure.advance(seconds - 1);
    expect(await status()).not.toBe("Succeeded");
    await azure.advance(1);
    expect(await status()).toBe("Succeeded");
  });

  test("100 operations over hours end within milliseconds of real time, each at its own time", async () => {
    const paths = Array.from({ length: 100 }, (_, index) => ENDPOINT.replace("heart-classifier", `many-${index + 1}`));
    const answers = [];
    for (const path of paths) {
      answers.push(await azure.arm("PUT", path, endpointBody()));
      await azure.advance(1);
    }
    const began = performance.now();
    await azure.advance(6 * HOUR);
    // Generous for a machine under load; it takes about 10 ms.
    expect(performance.now() - began).toBeLessThan(2000);
    const ends = await Promise.all(
      answers.map(async ({ headers }) => (await azure.arm("GET", String(headers["azure-asyncoperation"]))).body),
    );
    for (const end of ends) {
      expect(end).toMatchObject({ status: "Succeeded" });
      expect(Date.parse(textAt(end, "endTime")) - Date.parse(textAt(end, "startTime"))).toBe(90_000);
    }
  });
});

describe("the clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test.each([
    [1, 20_000],
    [60, 334],
    [1000, 20],
    [0.5, 40_000],
  ])("at speed %d ends an operation of 20 s after %d ms of real time", async (speed, realMs) => {
    const operation = startOn(new Clock(speed), 20_000);
    await vi.advanceTimersByTimeAsync(realMs - 1);
    expect(operation.status).toBe("running");
    await vi.advanceTimersByTimeAsync(1);
    expect(operation.status).toBe("Succeeded");
  });

  test("waits for longer than a timer can", async () => {
    const operation = startOn(new Clock(1), 60 * 86_400_000);
    await vi.advanceTimersByTimeAsync(59 * 86_400_000);
    expect(operation.status).toBe("running");
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(operation.status).toBe("Succeeded");
  });

  test("lets nothing end while it is frozen, and goes on where it stood", async () => {
    const clock = new Clock(1);
    const operation = startOn(clock, 20_000);
    await vi.advanceTimersByTimeAsync(15_000);
    clock.freeze();
    await vi.advanceTimersByTimeAsync(86_400_000);
    expect(operation.status).toBe("running");
    clock.run(1);
    await vi.advanceTimersByTimeAsync(4999);
    expect(operation.status).toBe("running");
    await vi.advanceTimersByTimeAsync(1);
    expect(operation.status).toBe("Succeeded");
  });

  test("does not follow a machine whose time is set", () => {
    const clock = new Clock(1);
    const before = clock.now();
    vi.setSystemTime(0);
    expect(clock.now()).toBe(before);
  });

  test("that is stopped lets nothing run any more, and tells those who wait", async () => {
    const clock = new Clock(1);
    const operation = startOn(clock, 1000);
    const slept = clock.sleep(1000);
    const stopped = clock.stop();
    await vi.advanceTimersByTimeAsync(5000);
    await stopped;
    expect(await slept).toBe(false);
    expect(operation.status).toBe("running");
  });
});

function startOn(clock: Clock, durationMs: number) {
  return new Operations(clock).start(
    { resourceId: "/one", running: "Updating", durationMs, complete: () => undefined },
    "/one",
  );
}
