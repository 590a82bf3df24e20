import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { ComponentResource } from "@pulumi/pulumi";
import { answerInTime, answerOf } from "../../../components/azure/answers";
import * as armReader from "../../../components/azure/armReader";
import { isNotFound } from "../../../components/azure/readEndpoint";

/** Longer than anything here waits. All timers of the process, which are those of other files too, may have no end. */
const AN_HOUR_MS = 3_600_000;

const COMPONENT = {} as ComponentResource;
const NEVER = new Promise<never>(() => undefined);
const get = vi.fn<(path: string) => Promise<unknown>>();

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  get.mockReset();
  const azure = { arm: { get }, subscriptionId: "s" } as unknown as armReader.ComponentAzure;
  vi.spyOn(armReader, "componentAzure").mockResolvedValue(azure);
});
afterEach(() => {
  vi.useRealTimers();
});

function ask<T>(answer: Promise<T>): Promise<T> {
  return answerOf(COMPONENT, answer, (subscriptionId) => `/subscriptions/${subscriptionId}/it`);
}

async function afterAWhile<T>(asked: Promise<T>): Promise<T> {
  asked.catch(() => undefined);
  await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
  return asked;
}

describe("while the engine answers", () => {
  test("nobody else is asked", async () => {
    expect(await ask(Promise.resolve({ weight: 0 }))).toEqual({ weight: 0 });
    await expect(ask(Promise.reject(new Error("Status=403")))).rejects.toThrow("Status=403");
    expect(vi.getTimerCount()).toBe(0);
    expect(get).not.toHaveBeenCalled();
  });
});

describe("while it is silent", () => {
  test("Azure is asked, once", async () => {
    get.mockResolvedValue({ weight: 10 });
    expect(await afterAWhile(ask(NEVER))).toEqual({ weight: 10 });
    expect(get.mock.calls).toEqual([["/subscriptions/s/it?api-version=2025-12-01"]]);
  });

  test("what Azure does not have is not found", async () => {
    get.mockResolvedValue(undefined);
    const error: unknown = await afterAWhile(ask(NEVER)).catch((thrown: unknown) => thrown);
    expect(isNotFound(error)).toBe(true);
  });

  test("its late answer is waited for when Azure gives none, or there are no credentials", async () => {
    const late = () => new Promise((resolve) => setTimeout(resolve, 60_000, { weight: 20 }));
    get.mockRejectedValue(new Error("a proxy"));
    expect(await afterAWhile(ask(late()))).toEqual({ weight: 20 });
    vi.mocked(armReader.componentAzure).mockRejectedValue(new Error("no token"));
    expect(await afterAWhile(ask(late()))).toEqual({ weight: 20 });
  });

  test("a hook does without what it can do without", async () => {
    await expect(afterAWhile(answerInTime(NEVER))).rejects.toThrow("the engine does not answer");
    expect(await answerInTime(Promise.resolve("log"))).toBe("log");
  });
});
