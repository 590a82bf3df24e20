import * as pulumi from "@pulumi/pulumi";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { deploymentFailed, endpointFailed, trafficFailed } from "../../../components/hooks/failures";
import type { Failure } from "../../../components/hooks/hookInputs";
import { HEART_PATH, liveEndpoint, rollout, trafficInputs } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";
import type { Answers } from "../../support/mockedAzure";

/** Longer than anything here waits. All timers of the process, which are those of other files too, may have no end. */
const AN_HOUR_MS = 3_600_000;

const BEFORE = { default: 100 };
const STEP = { default: 90, green: 10 };
const LIVE = liveEndpoint({ traffic: BEFORE, recorded: "default=100" });
const CRASHED = 'Status=200 Code="ResourceNotReady" Message="User container has crashed."';
const ACTIVE = 'Status=409 Code="DeploymentActive" Message="Unable to edit."';
const BUSY =
  'Status=409 Code="Conflict" Message="Cannot create a deployment in endpoint heart because it is in Updating provisioning state"';
const COMMAND =
  "az ml online-deployment get-logs --resource-group rg-heart --workspace-name ws-1 --endpoint-name heart --name green";

let said: string[];

beforeEach(() => {
  said = [];
  for (const level of ["info", "error"] as const) {
    vi.spyOn(pulumi.log, level).mockImplementation(async (text) => void said.push(text));
  }
  vi.useFakeTimers({ toFake: ["setTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
});

async function fail(
  hook: typeof deploymentFailed,
  failure: Partial<Failure>,
  answers: Answers = {},
): Promise<{ readonly retry: boolean }> {
  const { context } = await rollout({ traffic: STEP, answers: { getOnlineEndpoint: LIVE, ...answers } });
  const newInputs = hook === trafficFailed ? trafficInputs(STEP) : { ...HEART_PATH, deploymentName: "green" };
  const given = { newInputs, oldInputs: undefined, operation: "create", error: CRASHED, tries: 1, ...failure };
  const asked = hook(context, given);
  await vi.advanceTimersByTimeAsync(AN_HOUR_MS);
  return { retry: await asked };
}

describe("a deployment that failed is not tried again, and the component says", () => {
  test("why, the last 20 lines of its log, what to do and what is live", async () => {
    const lines = Array.from({ length: 30 }, (_, index) => `line ${index}`);
    const answers = { getOnlineDeploymentLogs: { content: `${lines.join("\n")}\n?sig=secret\n` } };
    expect(await fail(deploymentFailed, {}, answers)).toEqual({ retry: false });
    expect(said).toEqual([
      [
        "the create of deployment green failed, ResourceNotReady: User container has crashed.",
        "the end of the log of its inference-server:",
        ...lines.slice(11).map((line) => `  | ${line}`),
        "  | ?sig=[redacted]",
        "the whole log:",
        `  $ ${COMMAND} --container inference-server --lines 1000`,
        'to do: read the log, correct the model or what it needs, then run "pulumi up" again',
        "live traffic: default=100",
      ].join("\n"),
    ]);
  });

  test("what the container that fetches the model wrote, when the model's has written nothing", async () => {
    const logs: Answers[string] = ({ containerType }) => ({
      content: containerType === "StorageInitializer" ? "403 from storage" : "",
    });
    await fail(deploymentFailed, {}, { getOnlineDeploymentLogs: logs });
    expect(said[0]).toContain("the end of the log of its storage-initializer:\n  | 403 from storage\n");
    expect(said[0]).toContain(`${COMMAND} --container storage-initializer`);
  });

  test.each<[string, Answers[string], string]>([
    ["nothing was written", { content: "" }, "its inference-server:\n  | nothing is written\nthe whole log"],
    ["the log may not be read", azureError(403, "AuthorizationFailed", "No."), "its log cannot be read\nthe whole log"],
  ])("the command for the log when %s", async (_, log, expected) => {
    await fail(deploymentFailed, {}, { getOnlineDeploymentLogs: log });
    expect(said[0]).toContain(expected);
  });

  test.each<[string, Partial<Failure>]>([
    ["Azure refused to create it", {}],
    [
      "a delete failed",
      { operation: "delete", newInputs: undefined, oldInputs: { ...HEART_PATH, deploymentName: "green" } },
    ],
  ])("nothing of a log when %s", async (_, failure) => {
    await fail(deploymentFailed, failure, { getOnlineDeploymentLogs: NOT_FOUND });
    expect(said[0]).toBe(
      `the ${failure.operation ?? "create"} of deployment green failed, ResourceNotReady: User container has crashed.\n` +
        'to do: read the log, correct the model or what it needs, then run "pulumi up" again\n' +
        "live traffic: default=100",
    );
  });
});

test("an endpoint that failed is named, with the correlation id", async () => {
  const error = `${CRASHED} x-ms-correlation-request-id: 4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001`;
  expect(await fail(endpointFailed, { newInputs: { endpointName: "heart" }, error })).toEqual({ retry: false });
  expect(said[0]).toContain("the create of endpoint heart failed, ResourceNotReady: User container has crashed.\n");
  expect(said[0]).toContain("correlation id 4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001, for Microsoft's support\n");
});

describe("a traffic step that failed says what its template deployment kept, which the provider does not tell", () => {
  const FAILED = 'Status=200 Code="DeploymentFailed" Message="At least one resource deployment operation failed."';
  const inner = {
    code: "InferencingClientCallFailed",
    message: "Traffic is set for 'x', which does not exist in this endpoint.",
  };
  const error = {
    code: "DeploymentFailed",
    message: "At least",
    details: [{ code: "BadRequest", message: "Invalid.", details: [inner] }],
  };

  test("with its correlation id and the cure of the inner error", async () => {
    const asked: unknown[] = [];
    const getDeployment: Answers[string] = (inputs) => {
      asked.push(inputs);
      return { properties: { correlationId: "4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001", error } };
    };
    expect(await fail(trafficFailed, { error: FAILED }, { getDeployment })).toEqual({ retry: false });
    expect(asked).toEqual([{ resourceGroupName: "rg-heart", deploymentName: "heart-traffic" }]);
    expect(said).toEqual([
      "the traffic step failed, InferencingClientCallFailed: Traffic is set for 'x', which does not exist in this endpoint.\n" +
        "correlation id 4a1d0f3e-9b1c-4f5e-8a77-0c2d9be1f001, for Microsoft's support\n" +
        'to do: it was deleted elsewhere: run "pulumi up --refresh", which creates it again\n' +
        "live traffic: default=100",
    ]);
  });

  test.each<[string, Answers[string]]>([
    ["it kept nothing", { properties: { correlationId: "1" } }],
    ["it cannot be read", azureError(403, "AuthorizationFailed", "No.")],
  ])("or what was told when %s", async (_, getDeployment) => {
    await fail(trafficFailed, { error: FAILED }, { getDeployment });
    expect(said[0]).toMatch(
      /^the traffic step failed, DeploymentFailed: At least one resource deployment operation failed\.\n/,
    );
  });
});

describe("what Azure refused only because it was busy", () => {
  test.each<[string, typeof trafficFailed, string]>([
    ["a traffic step", trafficFailed, ACTIVE],
    ["a deployment", deploymentFailed, BUSY],
  ])("%s is tried again", async (_, hook, error) => {
    expect(await fail(hook, { error })).toEqual({ retry: true });
    expect(said).toEqual([expect.stringMatching(/^waiting, Azure is busy: /)]);
  });

  test("is said once, and given up when a write would no longer be checked", async () => {
    expect(await fail(trafficFailed, { error: ACTIVE, tries: 60 })).toEqual({ retry: true });
    expect(said).toEqual([]);
    expect(await fail(trafficFailed, { error: ACTIVE, tries: 61 })).toEqual({ retry: false });
    expect(said[0]).toContain('to do: wait until Azure has finished, then run "pulumi up" again');
  });

  test.each<[string, Answers[string]]>([
    ["has other weights by then", liveEndpoint({ traffic: { default: 50, green: 50 }, recorded: "default=100" })],
    ["is gone by then", NOT_FOUND],
  ])("a step is not tried again when the endpoint %s", async (_, live) => {
    expect(await fail(trafficFailed, { error: ACTIVE }, { getOnlineEndpoint: live })).toEqual({ retry: false });
    expect(said.at(-1)).toMatch(/^the traffic step failed, DeploymentActive: Unable to edit\.\n/);
  });
});
