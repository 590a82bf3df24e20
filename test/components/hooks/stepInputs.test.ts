import * as pulumi from "@pulumi/pulumi";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { beforeTraffic } from "../../../components/hooks/traffic";
import { stepInputs } from "../../../components/hooks/stepInputs";
import { liveDeployment, liveEndpoint, rollout, trafficInputs } from "../../support/hooks";

const SCORER = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/scorer";
const TRAFFIC = { default: 100 };

/** The inputs of a step that writes an identity; without one they are those of the default. */
function inputsWith(identity: unknown) {
  const inputs = trafficInputs(TRAFFIC) as { properties: { parameters: { endpoint: { value: object } } } };
  if (identity !== undefined) Object.assign(inputs.properties.parameters.endpoint.value, { identity });
  return { ...inputs };
}

async function step(live: object | undefined, declared: unknown): Promise<void> {
  const endpoint = { ...liveEndpoint({ traffic: TRAFFIC, recorded: "default=100" }), ...(live && { identity: live }) };
  const answers = { getOnlineEndpoint: endpoint, getOnlineDeployment: liveDeployment("Succeeded") };
  const { context } = await rollout({ traffic: TRAFFIC, answers });
  await beforeTraffic(context, { newInputs: inputsWith(declared), oldInputs: undefined });
}

const info = vi.spyOn(pulumi.log, "info");
beforeEach(() => {
  info.mockReset().mockResolvedValue();
});

const OWN = { type: "SystemAssigned", principalId: "p" };
const USER = { type: "UserAssigned", userAssignedIdentities: { [SCORER]: {} } };
const UNTIL = "an endpoint cannot change it; declare a second component, move the callers, then remove this one";

describe("the identity of an endpoint", () => {
  test.each<[string, object | undefined, unknown]>([
    ["the default one", OWN, undefined],
    ["one that Azure does not tell", undefined, USER],
    [
      "the same in other letters",
      { type: "UserAssigned", userAssignedIdentities: { [SCORER.toUpperCase()]: {} } },
      USER,
    ],
    [
      "both, with the blank that Azure writes",
      { ...USER, type: "SystemAssigned, UserAssigned" },
      { ...USER, type: "SystemAssigned,UserAssigned" },
    ],
    ["one that is not known yet", OWN, { type: "UserAssigned", userAssignedIdentities: pulumi.unknown }],
  ])("is written again as it is: %s", async (_, live, declared) => {
    await expect(step(live, declared)).resolves.toBeUndefined();
  });

  test.each<[object, unknown, string]>([
    [OWN, USER, `SystemAssigned -> UserAssigned ${SCORER.toLowerCase()}`],
    [USER, undefined, `UserAssigned ${SCORER.toLowerCase()} -> SystemAssigned`],
  ])("cannot change: %j", async (live, declared, change) => {
    await expect(step(live, declared)).rejects.toThrow(`managedIdentities: ${change}: ${UNTIL}`);
  });

  test("of a step is the default unless it names one", () => {
    expect(stepInputs(trafficInputs(TRAFFIC)).identity).toBe("SystemAssigned");
  });
});
