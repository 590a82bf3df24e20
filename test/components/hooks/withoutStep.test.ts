import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { logWithoutStep } from "../../../components/hooks/withoutStep";
import type { LiveEndpoint } from "../../../components/azure/readEndpoint";
import type { Weights } from "../../../components/rollout/weights";
import { rollout } from "../../support/hooks";
import type { MockedRun } from "../../support/mocks";

const DECLARED = { default: 90, green: 10 };
const TAGS = { "mlflow-rollout-traffic": "default=90 green=10", "mlflow-rollout-stable": "default" };

const said: string[] = [];

beforeEach(() => {
  said.length = 0;
  for (const level of ["info", "warn"] as const) {
    vi.spyOn(pulumi.log, level).mockImplementation(async (message) => void said.push(`${level}: ${message}`));
  }
});

afterEach(() => vi.restoreAllMocks());

interface Run {
  readonly live: Weights | undefined;
  readonly preview?: boolean;
  readonly isStepAsked?: boolean;
}

/** A run that ended with the step registered. */
async function say({ live, preview = false, isStepAsked }: Run): Promise<MockedRun> {
  const { context, run } = await rollout({ traffic: DECLARED, preview, plan: {} });
  if (isStepAsked !== undefined) context.memory.isStepAsked = isStepAsked;
  const endpoint = live && ({ traffic: live, mirrorTraffic: {}, tags: TAGS } as unknown as LiveEndpoint);
  const step = { id: pulumi.output("step") } as pulumi.CustomResource;
  logWithoutStep("heart", context, { live: pulumi.output(endpoint), step, instant: undefined, path: "heart" });
  await run.settled();
  return run;
}

describe("a run without a step", () => {
  test("says once what is live and what is next, and reads nothing", async () => {
    const run = await say({ live: { default: 90, green: 10 } });
    expect(said).toEqual([
      "info: traffic  default 90, green 10, live as declared\nplan     step 1 of 4\n" +
        "next: raise green to 25, or set it back to 0 to abort",
    ]);
    expect(run.calls).toEqual([]);
  });

  test.each<[string, Run]>([
    ["in a preview", { live: DECLARED, preview: true }],
    ["when the hook of the step has spoken", { live: DECLARED, isStepAsked: true }],
    ["of an endpoint that cannot be read", { live: undefined }],
  ])("says nothing %s", async (_, run) => {
    await say(run);
    expect(said).toEqual([]);
  });

  test("warns when other weights are live", async () => {
    await say({ live: { default: 100 } });
    expect(said).toEqual([
      "warn: the live traffic is default=100, declared is default=90 green=10: the traffic step was left out of this run",
    ]);
  });
});
