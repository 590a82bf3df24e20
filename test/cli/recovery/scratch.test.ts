import { expect, test } from "vitest";
import { isWorking, provisioningStateOf } from "../../../cli/recovery/editState";
import type { ExportedStack } from "../../../cli/stack/exportedStack";
import { lookupsOf } from "../../../cli/recovery/lookups";
import { answersOf, scratchStack } from "../../../cli/recovery/scratch";
import {
  ENDPOINT_ID,
  ENDPOINT_INPUTS,
  PENDING_ENDPOINT,
  PROVIDER,
  PROVIDER_STATE,
  exportedStack,
  pending,
  resourceState,
} from "../../support/exportedStack";

const EMPTY = {
  version: 3,
  deployment: { manifest: { version: "v3" }, secrets_providers: { type: "passphrase" } },
} as ExportedStack;
const { urn } = PENDING_ENDPOINT.resource;

test("the scratch stack holds what is looked up and its provider, without anything that they depend on", () => {
  const operation = pending("creating", {
    ...PENDING_ENDPOINT.resource,
    ...{ parent: "urn:parent", dependencies: ["urn:other"], deletedWith: "urn:other", resourceHooks: {} },
  });
  const notAsked = pending("creating", resourceState("random:index/randomString:RandomString", "suffix"));
  const stack = exportedStack([operation, notAsked]);
  expect(scratchStack(EMPTY, stack, lookupsOf(stack, undefined))).toEqual({
    version: 3,
    deployment: {
      manifest: { version: "v3" },
      secrets_providers: { type: "passphrase" },
      resources: [
        { ...PROVIDER_STATE, outputs: {} },
        {
          urn,
          type: "azure-native:machinelearningservices:OnlineEndpoint",
          custom: true,
          id: ENDPOINT_ID,
          inputs: ENDPOINT_INPUTS,
          outputs: ENDPOINT_INPUTS,
          provider: PROVIDER,
        },
      ],
    },
  });
});

test("its inputs are those of the export with secrets in clear", () => {
  const lookups = lookupsOf(exportedStack([PENDING_ENDPOINT]), undefined);
  const inputs = { ...ENDPOINT_INPUTS, key: "in clear" };
  const inClear = exportedStack([pending("creating", { ...PENDING_ENDPOINT.resource, inputs })]);
  expect(scratchStack(EMPTY, inClear, lookups).deployment.resources?.at(-1)).toMatchObject({ inputs, outputs: inputs });
});

test("a resource that a refresh drops is not in Azure", () => {
  const stack = exportedStack([PENDING_ENDPOINT]);
  const lookups = lookupsOf(stack, undefined);
  const outputs = { name: "heart" };
  const there = exportedStack([], [PROVIDER_STATE, { ...PENDING_ENDPOINT.resource, id: ENDPOINT_ID, outputs }]);
  expect(answersOf(there, lookups)).toEqual(new Map([[urn, outputs]]));
  expect(answersOf(exportedStack([], [PROVIDER_STATE]), lookups)).toEqual(new Map([[urn, undefined]]));
});

test.each([
  [undefined, undefined, false],
  [{}, undefined, false],
  [{ properties: { provisioningState: "Creating" } }, "Creating", true],
  [{ properties: { provisioningState: "Running" } }, "Running", true],
  [{ properties: { provisioningState: "Deleting" } }, "Deleting", true],
  [{ properties: { provisioningState: "Succeeded" } }, "Succeeded", false],
  [{ properties: { provisioningState: "Failed" } }, "Failed", false],
  [{ properties: { provisioningState: "Canceled" } }, "Canceled", false],
  [{ provisioningState: "ResolvingDNS" }, "ResolvingDNS", true],
  [{ provisioningState: "Succeeded", properties: {} }, "Succeeded", false],
])("outputs %j are in state %s, worked on: %s", (outputs, state, working) => {
  expect(outputs && provisioningStateOf(outputs)).toBe(state);
  expect(isWorking(outputs)).toBe(working);
});
