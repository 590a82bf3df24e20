import { describe, expect, test } from "vitest";
import { lookupsOf } from "../../../cli/recovery/lookups";
import {
  ENDPOINT_ID,
  ENDPOINT_INPUTS,
  GROUP_STATE,
  PENDING_ENDPOINT,
  PROVIDER_STATE,
  exportedStack,
  pending,
  resourceState,
} from "../../support/exportedStack";

const ENDPOINT = "azure-native:machinelearningservices:OnlineEndpoint";

describe("a pending create is looked up in the subscription of", () => {
  test("its provider", () => {
    const provider = { ...PROVIDER_STATE, inputs: { subscriptionId: "own" } };
    const [lookup] = lookupsOf(exportedStack([PENDING_ENDPOINT], [provider, GROUP_STATE]), "fallback");
    expect(lookup?.id).toMatch(/^\/subscriptions\/own\/resourceGroups\/rg\//);
  });

  test("the other resources of its provider, when the provider names none", () => {
    const [lookup] = lookupsOf(exportedStack([PENDING_ENDPOINT]), "fallback");
    expect(lookup?.id).toBe(ENDPOINT_ID);
  });

  test("the environment, when there is no other resource", () => {
    const [lookup] = lookupsOf(exportedStack([PENDING_ENDPOINT], [PROVIDER_STATE]), "fallback");
    expect(lookup?.id).toMatch(/^\/subscriptions\/fallback\/resourceGroups\/rg\//);
  });

  test("nobody: that is an error which says what to set", () => {
    expect(() => lookupsOf(exportedStack([PENDING_ENDPOINT], [PROVIDER_STATE]), undefined)).toThrow(
      "the subscription of endpoint is not known; set ARM_SUBSCRIPTION_ID and run this command again",
    );
  });
});

describe("a resource that was in the state is looked up by its id, which is", () => {
  const resource = resourceState(ENDPOINT, "endpoint", { inputs: ENDPOINT_INPUTS });

  test("in a pending delete", () => {
    const operation = pending("deleting", { ...resource, id: ENDPOINT_ID });
    expect(lookupsOf(exportedStack([operation]), undefined)).toEqual([{ operation, id: ENDPOINT_ID }]);
  });

  test("in the state for a pending update", () => {
    const operation = pending("updating", resource);
    const stack = exportedStack([operation], [PROVIDER_STATE, { ...resource, id: ENDPOINT_ID }]);
    expect(lookupsOf(stack, undefined)).toEqual([{ operation, id: ENDPOINT_ID }]);
  });
});

describe("Azure is not asked for", () => {
  test.each([
    [
      "resources of other clouds",
      resourceState("random:index/randomString:RandomString", "suffix"),
      "it is not an Azure resource",
    ],
    [
      "types that are not known",
      resourceState("azure-native:network:VirtualNetwork", "net", { inputs: { resourceGroupName: "rg" } }),
      "where azure-native:network:VirtualNetwork is in Azure is not known",
    ],
    [
      "replacements, whose predecessor is in the state",
      resourceState("azure-native:resources:ResourceGroup", "group", { inputs: { resourceGroupName: "rg" } }),
      "the state has a resource of that name already",
    ],
  ])("%s", (_, resource, reason) => {
    const operation = pending("creating", resource);
    expect(lookupsOf(exportedStack([operation]), undefined)).toEqual([{ operation, reason }]);
  });
});
