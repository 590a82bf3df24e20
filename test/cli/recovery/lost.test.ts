import { describe, expect, test } from "vitest";
import { clearState } from "../../../cli/recovery/clearState";
import { describeChange } from "../../../cli/recovery/describe";
import { nameOf, resourcesOf, secretOf } from "../../../cli/stack/exportedStack";
import type { ResourceState } from "../../../cli/stack/exportedStack";
import { unreadyLookups } from "../../../cli/recovery/lookups";
import { orderResources, defaultProvider, missingProviders } from "../../../cli/stack/providers";
import { findSuffixes, plannedSuffixes } from "../../../cli/recovery/suffix";
import { ENDPOINT_ID, PROVIDER_STATE, exportedStack, pending, resourceState } from "../../support/exportedStack";

const ENDPOINT = "azure-native:machinelearningservices:OnlineEndpoint";
const VERSION = "azure-native:machinelearningservices:ModelVersion";
const RANDOM = "random:index/randomString:RandomString";

describe("a failure in the state", () => {
  const failed = resourceState(ENDPOINT, "endpoint", {
    id: ENDPOINT_ID,
    inputs: { location: "West Europe" },
    outputs: {},
    initErrors: ["the connection was lost"],
  });
  const withState = (provisioningState: string, traffic = {}) => ({
    location: "westeurope",
    properties: { provisioningState, traffic },
  });
  const clear = (outputs: ReturnType<typeof withState> | undefined) => {
    const stack = exportedStack([], [PROVIDER_STATE, failed]);
    return clearState(stack, unreadyLookups(stack), new Map([[failed.urn, outputs]]));
  };

  test.each([withState("Succeeded"), withState("Failed", { blue: 100 })])("is over when Azure has %j", (outputs) => {
    const { edited, changes } = clear(outputs);
    const { initErrors: _, ...ready } = failed;
    expect(resourcesOf(edited).at(-1)).toEqual({ ...ready, outputs });
    expect(changes.map((change) => describeChange(change, "pulumi up"))).toEqual([
      `  ~ OnlineEndpoint  endpoint: ready in Azure (${outputs.properties.provisioningState}), no longer recorded as failed`,
    ]);
  });

  test.each([undefined, withState("Failed")])("stays when Azure has %j", (outputs) => {
    expect(clear(outputs)).toEqual({ edited: exportedStack([], [PROVIDER_STATE, failed]), changes: [] });
  });

  test("of a resource with a pending operation is no matter of its own", () => {
    expect(unreadyLookups(exportedStack([pending("updating", failed)], [failed]))).toEqual([]);
  });
});

describe("the random part of names", () => {
  const suffix = resourceState(RANDOM, "heart-suffix", {
    parent: "urn:heart",
    provider: "urn:pulumi:dev::heart::pulumi:providers:random::default_4_21_2::new",
    inputs: { length: 5, special: false },
  });
  const steps = [suffix, resourceState(RANDOM, "heart-deletion-protection")].map((newState) => ({
    op: "create",
    urn: newState.urn,
    newState,
  }));
  const provider: ResourceState = {
    urn: "urn:pulumi:dev::heart::pulumi:providers:random::default_4_21_2",
    type: "pulumi:providers:random",
    id: "id",
  };
  const find = (modelUri: string, parent = "urn:heart") => {
    const resource = resourceState(VERSION, "heart-model-1", { parent });
    const answers = new Map([[resource.urn, { properties: { modelUri } }]]);
    return findSuffixes(exportedStack([], [provider]), plannedSuffixes(steps), [{ resource, id: "" }], answers);
  };

  test("is the one in the address of a version that is registered", () => {
    const [found] = find("azureml://subscriptions/s/datastores/mlflow_models_q5af4/paths/heart/1/");
    expect(found?.state).toMatchObject({
      id: "q5af4",
      provider: `${provider.urn}::id`,
      outputs: { length: 5, special: false, result: "q5af4", number: true, minLower: 0 },
    });
    expect(found && describeChange(found.change, "pulumi up")).toBe(
      '  + RandomString  heart-suffix: "q5af4" in the address of a registered model version, will be added to the state',
    );
  });

  test.each([
    ["azureml://subscriptions/s/datastores/workspaceblobstore/paths/models/1", "urn:heart"],
    ["azureml://subscriptions/s/datastores/mlflow_models_q5af4/paths/heart/1/", "urn:other"],
  ])("is not in %s of %s", (modelUri, parent) => {
    expect(find(modelUri, parent)).toEqual([]);
  });
});

describe("a provider that the state does not have", () => {
  const settings = {
    stack: "dev",
    project: "heart",
    provider: {},
    all: {
      "azure-native:location": { value: "westeurope" },
      "azure-native:clientSecret": { value: "s", secret: true },
      "other:location": { value: "no" },
    },
  };

  test("is made from the config of the stack, when it is a default one", () => {
    const planned = resourceState(ENDPOINT, "endpoint", { provider: `${PROVIDER_STATE.urn}::unknown` });
    expect(missingProviders(exportedStack([], []), [planned])).toEqual([PROVIDER_STATE.urn]);
    expect(missingProviders(exportedStack([]), [planned])).toEqual([]);
    expect(defaultProvider(PROVIDER_STATE.urn, settings)).toMatchObject({
      urn: PROVIDER_STATE.urn,
      type: "pulumi:providers:azure-native",
      inputs: { location: "westeurope", clientSecret: secretOf("s"), version: "3.28.0" },
    });
  });

  test("is not made when the program declares it", () => {
    expect(defaultProvider("urn:pulumi:dev::heart::pulumi:providers:azure-native::mine", settings)).toBeUndefined();
  });
});

test("resources stand after what they need, and otherwise as they stood", () => {
  const make = (name: string, ...dependencies: readonly string[]) =>
    resourceState(ENDPOINT, name, { dependencies: dependencies.map((needed) => resourceState(ENDPOINT, needed).urn) });
  const ordered = orderResources([make("d", "b"), make("a"), make("b", "c"), make("c"), make("e", "gone")]);
  expect(ordered.map(nameOf)).toEqual(["c", "b", "d", "a", "e"]);
  expect(ordered.at(-1)?.dependencies).toEqual([]);
});

test("a difference is shown below the resource, and what stays is marked", () => {
  const change = { urn: "urn::heart-model-1", type: VERSION, operation: "declared", azure: "Succeeded" } as const;
  const differences = [{ path: "sku.capacity", declared: 1, azure: 8 }];
  expect(describeChange({ ...change, action: "added", differences }, "pulumi up")).toBe(
    "  + ModelVersion  heart-model-1: in Azure (Succeeded) but not in the state, will be added as the program declares it\n" +
      "      sku.capacity: the program declares 1, Azure has 8",
  );
  expect(describeChange({ ...change, action: "left", reason: "it is theirs" }, "pulumi up")).toBe(
    "  ! ModelVersion  heart-model-1: in Azure (Succeeded) but not in the state, left out: it is theirs",
  );
});
