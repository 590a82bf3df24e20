import { afterAll, beforeAll, expect, test } from "vitest";
import { EXIT } from "../../cli/terminal/exitCodes";
import { StatusSession } from "../support/statusSession";

/** The tests of this file are one session of a user at a terminal. */
let session: StatusSession;
const TIMEOUT_MS = 600_000;
const TWO = { "model-1": { modelVersion: "1" }, "model-2": { modelVersion: "2" } };

beforeAll(async () => {
  session = await StatusSession.open();
}, TIMEOUT_MS);

afterAll(() => session.close());

test(
  "before the first update nothing is deployed, and nothing is written",
  async () => {
    const writes = await session.writesWhile(async () => {
      const { code, text } = await session.status();
      expect(text).toContain("nothing is deployed yet");
      expect(code).toBe(EXIT.waiting);
    });
    expect(writes).toEqual([]);
  },
  TIMEOUT_MS,
);

test(
  "after it the rollout is stable",
  async () => {
    expect((await session.up()).code).toBe(0);
    expect(await session.status("--wait")).toMatchObject({ code: EXIT.done });
    expect((await session.view()).deployments).toMatchObject([{ name: "model-1", role: "stable", live: 100 }]);
  },
  TIMEOUT_MS,
);

test(
  "a candidate in config alone is no outage, and waits for the next step once it is deployed",
  async () => {
    session.configure({ deployments: TWO, candidate: "model-2" });
    expect(await session.view()).toMatchObject({
      phase: "waiting",
      unapplied: ["new deployment model-2 with model version 2"],
    });
    expect((await session.up()).code).toBe(0);
    expect(await session.view()).toMatchObject({ phase: "waiting", plan: { text: "before step 1 of 4" } });
  },
  TIMEOUT_MS,
);
