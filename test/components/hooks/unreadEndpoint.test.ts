import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeTraffic } from "../../../components/hooks/traffic";
import { liveDeployment, rollout, trafficInputs } from "../../support/hooks";
import { NOT_FOUND, azureError } from "../../support/mockedAzure";

const READY = { getOnlineDeployment: liveDeployment("Succeeded") };
const STEP = { default: 90, green: 10 };

const info = vi.spyOn(pulumi.log, "info");
const warn = vi.spyOn(pulumi.log, "warn");
beforeEach(() => {
  for (const log of [info, warn]) log.mockReset().mockResolvedValue();
});

describe("an endpoint that cannot be read", () => {
  test.each([true, false])("is never written (preview: %s)", async (preview) => {
    const getOnlineEndpoint = azureError(403, "AuthorizationFailed", "The client has no access\nto error-404.");
    const { context } = await rollout({ traffic: STEP, preview, answers: { getOnlineEndpoint, ...READY } });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    await expect(hook).rejects.toThrow(
      new Error(
        'cannot read heart: Status=403 Code="AuthorizationFailed" Message="The client has no access to error-404."; to do: get the role for what the text names, then run "pulumi up" again',
      ),
    );
  });

  test("is gone when Azure says so", async () => {
    const { context } = await rollout({ traffic: STEP, preview: true, answers: { getOnlineEndpoint: NOT_FOUND } });
    const hook = beforeTraffic(context, { newInputs: trafficInputs(STEP), oldInputs: undefined });
    await expect(hook).rejects.toThrow(
      new Error('endpoint heart no longer exists in Azure; "pulumi up --refresh" creates it and its deployments again'),
    );
  });

  test("that nobody was asked for is left to the update, which refuses the step", async () => {
    const answers = { getOnlineEndpoint: {} };
    const inputs = { newInputs: trafficInputs(STEP), oldInputs: undefined };
    const preview = await rollout({ traffic: STEP, preview: true, answers });
    await preview.run.settled();
    await expect(beforeTraffic(preview.context, inputs)).resolves.toBeUndefined();
    const update = await rollout({ traffic: STEP, answers });
    await expect(beforeTraffic(update.context, inputs)).rejects.toThrow(
      new Error(
        'cannot read heart: the provider gave no answer; give it a config that is known, then run "pulumi up" again',
      ),
    );
  });

  test("is not read in a preview that does not know it yet, and its weights are checked all the same", async () => {
    const newInputs = { ...trafficInputs(STEP), resourceGroupName: pulumi.unknown };
    const { context, run } = await rollout({ traffic: STEP, preview: true });
    await beforeTraffic(context, { newInputs, oldInputs: undefined });
    expect(run.calls).toEqual([]);
    expect(info).toHaveBeenCalledWith(expect.stringMatching(/^traffic {2}default 0 -> 90/), context.component);

    const broken = await rollout({ traffic: { default: 90 }, preview: true });
    await expect(beforeTraffic(broken.context, { newInputs, oldInputs: undefined })).rejects.toThrow("add up to 90");
  });

  test("stops an update when the step does not say which it is", async () => {
    const { context } = await rollout({ traffic: STEP });
    const hook = beforeTraffic(context, { newInputs: {}, oldInputs: undefined });
    await expect(hook).rejects.toThrow(new Error("the traffic step cannot be checked: its endpoint is not known"));
  });
});
