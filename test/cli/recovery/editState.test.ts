import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { describeChange, describeOperation } from "../../../cli/recovery/describe";
import { editState } from "../../../cli/recovery/editState";
import type { StateEdit } from "../../../cli/recovery/editState";
import type { PendingOperation, Values } from "../../../cli/stack/exportedStack";
import { lookupsOf } from "../../../cli/recovery/lookups";
import {
  ENDPOINT_ID,
  GROUP_STATE,
  PENDING_ENDPOINT,
  PROVIDER_STATE,
  exportedStack,
  pending,
  resourceState,
} from "../../support/exportedStack";

const ENDPOINT = PENDING_ENDPOINT.resource;
const EXISTING = { ...ENDPOINT, id: ENDPOINT_ID };

function edit(operation: PendingOperation, outputs: Values | undefined): StateEdit {
  const stack = exportedStack([operation]);
  return editState(stack, lookupsOf(stack, undefined), new Map([[operation.resource.urn, outputs]]));
}

function withState(provisioningState: string): Values {
  return { name: "heart", properties: { provisioningState } };
}

describe("a create", () => {
  test("that Azure finished joins the state with its id and outputs", () => {
    const { edited, changes } = edit(PENDING_ENDPOINT, withState("Succeeded"));
    expect(edited).toEqual({
      deployment: {
        resources: [PROVIDER_STATE, GROUP_STATE, { ...EXISTING, outputs: withState("Succeeded") }],
      },
    });
    expect(changes).toMatchObject([{ urn: ENDPOINT.urn, operation: "creating", id: ENDPOINT_ID, action: "added" }]);
  });

  test.each(["Failed", "Canceled"])(
    "that ended %s joins the state as not ready, for the engine to update it",
    (state) => {
      const { edited } = edit(PENDING_ENDPOINT, withState(state));
      expect(edited.deployment.resources?.at(-1)?.initErrors).toEqual([`its creation ended ${state} in Azure`]);
    },
  );

  test("that Azure never got is dropped", () => {
    expect(edit(PENDING_ENDPOINT, undefined).edited).toEqual({
      deployment: { resources: [PROVIDER_STATE, GROUP_STATE] },
    });
  });
});

test.each(["updating", "deleting", "reading", "importing"])("an operation that was %s is dropped", (type) => {
  const { edited, changes } = edit(pending(type, EXISTING), withState("Succeeded"));
  expect(edited).toEqual({ deployment: { resources: [PROVIDER_STATE, GROUP_STATE] } });
  expect(changes).toMatchObject([{ action: "dropped", azure: "Succeeded" }]);
});

const operations = fc.uniqueArray(
  fc.record({
    type: fc.constantFrom("creating", "updating", "deleting", "reading", "importing"),
    name: fc.constantFrom("a", "b", "c", "d", "e"),
    azure: fc.constantFrom(undefined, {}, withState("Succeeded"), withState("Failed")),
  }),
  { selector: ({ name }) => name },
);

property.prop([operations])(
  "nothing stays pending, nothing of the state is lost, and only creates are added",
  (all) => {
    const made = all.map(({ type, name }) =>
      pending(
        type,
        resourceState("azure-native:resources:ResourceGroup", name, { id: name, inputs: { resourceGroupName: name } }),
      ),
    );
    const stack = exportedStack(made);
    const answers = new Map(made.map(({ resource }, index) => [resource.urn, all[index]?.azure]));
    const { edited, changes } = editState(stack, lookupsOf(stack, undefined), answers);
    const resources = edited.deployment.resources ?? [];
    const wanted = all.filter(({ type, azure }) => type === "creating" && azure !== undefined).map(({ name }) => name);
    expect(edited.deployment.pending_operations).toBeUndefined();
    expect(resources.slice(0, 2)).toEqual([PROVIDER_STATE, GROUP_STATE]);
    expect(resources.slice(2).map(({ urn }) => urn.split("::").at(-1))).toEqual(wanted);
    expect(changes.map(({ urn }) => urn)).toEqual(made.map(({ resource }) => resource.urn));
  },
);

describe("what a person reads", () => {
  test("names operation, type and resource", () => {
    expect(describeOperation(PENDING_ENDPOINT)).toBe("creating  OnlineEndpoint  endpoint");
  });

  test.each<[PendingOperation, Values | undefined, string]>([
    [
      PENDING_ENDPOINT,
      withState("Succeeded"),
      "  + OnlineEndpoint  endpoint: created in Azure (Succeeded), will be added to the state",
    ],
    [
      PENDING_ENDPOINT,
      undefined,
      '  - OnlineEndpoint  endpoint: creating, not in Azure; dropped, "pulumi up" does what is missing',
    ],
    [
      pending("updating", EXISTING),
      withState("Succeeded"),
      '  - OnlineEndpoint  endpoint: updating, in Azure (Succeeded); dropped, "pulumi up" does what is missing',
    ],
    [
      pending("creating", resourceState("random:index/randomString:RandomString", "suffix")),
      undefined,
      '  - RandomString  suffix: creating, it is not an Azure resource; dropped, "pulumi up" does what is missing',
    ],
  ])("%#", (operation, outputs, line) => {
    expect(edit(operation, outputs).changes.map((change) => describeChange(change, "pulumi up"))).toEqual([line]);
  });
});
