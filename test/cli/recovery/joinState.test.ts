import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { UNKNOWN } from "../../../cli/stack/previewedStack";
import type { PlannedStep } from "../../../cli/stack/previewedStack";
import { describeChange } from "../../../cli/recovery/describe";
import { nameOf, resourcesOf, secretOf } from "../../../cli/stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../../../cli/stack/exportedStack";
import { gapsOf, plannedCreates } from "../../../cli/recovery/gaps";
import { joinState } from "../../../cli/recovery/joinState";
import {
  ENDPOINT_ID,
  ENDPOINT_INPUTS,
  PROVIDER,
  PROVIDER_STATE,
  exportedStack,
  resourceState,
} from "../../support/exportedStack";
import { COMPONENT_URN } from "../../support/plannedStack";

const DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment";
const CONTAINER = "azure-native:machinelearningservices:ModelContainer";
const COMPONENT: ResourceState = {
  urn: COMPONENT_URN,
  type: "azure-mlflow-rollout:index:ProgressiveMlflowEndpoint",
  custom: false,
};
const ENDPOINT = child("azure-native:machinelearningservices:OnlineEndpoint", "heart-endpoint", {
  id: ENDPOINT_ID,
  inputs: ENDPOINT_INPUTS,
});
const THERE = { properties: { provisioningState: "Succeeded" } };

function child(type: string, name: string, others: Partial<ResourceState> = {}): ResourceState {
  return resourceState(type, name, { parent: COMPONENT_URN, ...others });
}

function deployment(name: string, others: Partial<ResourceState> = {}): ResourceState {
  const inputs = { ...ENDPOINT_INPUTS, deploymentName: name };
  return child(DEPLOYMENT, `heart-deployment-${name}`, { inputs, dependencies: [ENDPOINT.urn], ...others });
}

function idOf(name: string): string {
  return `${ENDPOINT_ID}/deployments/${name}`;
}

function step(newState: ResourceState, op = "create"): PlannedStep {
  return { op, urn: newState.urn, newState };
}

/** Joins what is planned, with what Azure has of it by name. */
function join(
  resources: readonly ResourceState[],
  steps: readonly PlannedStep[],
  azure: Readonly<Record<string, Values>>,
) {
  const stack = exportedStack([], [PROVIDER_STATE, ...resources]);
  const { gaps } = gapsOf(stack, plannedCreates(stack, steps), undefined);
  const answers = new Map(gaps.map(({ resource }) => [resource.urn, azure[nameOf(resource)]]));
  const components = new Map(steps.flatMap(({ newState }) => (newState ? [[newState.urn, newState] as const] : [])));
  return joinState(stack, gaps, answers, components);
}

function names({ edited }: { readonly edited: ExportedStack }): readonly string[] {
  return resourcesOf(edited).map(nameOf);
}

describe("what the program declares and the state lacks", () => {
  test("joins it with declared inputs, the provider of the state and no ties to what is not there", () => {
    const planned = deployment("green", {
      provider: PROVIDER.replace("provider-id", UNKNOWN),
      dependencies: [ENDPOINT.urn, "urn:gone"],
      propertyDependencies: { properties: ["urn:gone"] },
      deletedWith: ENDPOINT.urn,
      additionalSecretOutputs: ["properties"],
    });
    const { edited, changes } = join([COMPONENT, ENDPOINT], [step(planned)], { "heart-deployment-green": THERE });
    expect(resourcesOf(edited).at(-1)).toEqual({
      ...planned,
      provider: PROVIDER,
      id: idOf("green"),
      outputs: { properties: secretOf(THERE.properties) },
      dependencies: [ENDPOINT.urn],
      propertyDependencies: { properties: [] },
    });
    expect(changes.map((change) => describeChange(change, "pulumi up"))).toEqual([
      "  + OnlineDeployment  heart-deployment-green: in Azure (Succeeded) but not in the state, will be added as the program declares it",
    ]);
  });

  test("brings what it stands in along", () => {
    const group: ResourceState = { ...COMPONENT, urn: "urn:group", parent: "urn:stack" };
    const stack: ResourceState = { urn: "urn:stack", type: "pulumi:pulumi:Stack", custom: false };
    const steps = [step(stack), step(group), step({ ...COMPONENT, parent: group.urn }), step(ENDPOINT)];
    const joined = join([resourceState("azure-native:resources:ResourceGroup", "rg", { id: ENDPOINT_ID })], steps, {
      "heart-endpoint": THERE,
    });
    expect(names(joined)).toEqual(["default_3_28_0", "rg", "urn:stack", "urn:group", "heart", "heart-endpoint"]);
  });

  test("and Azure has not is left to the update", () => {
    const { edited, changes } = join([COMPONENT, ENDPOINT], [step(deployment("green"))], {});
    expect(changes).toEqual([]);
    expect(names({ edited })).toEqual(["default_3_28_0", "heart", "heart-endpoint"]);
  });

  test("stands before what needs it", () => {
    const green = deployment("green", { id: idOf("green"), dependencies: [deployment("blue").urn] });
    const joined = join([COMPONENT, ENDPOINT, green], [step(deployment("blue"))], { "heart-deployment-blue": THERE });
    expect(names(joined).slice(-2)).toEqual(["heart-deployment-blue", "heart-deployment-green"]);
  });

  test("that failed in Azure joins as not ready, unless it is an endpoint that serves", () => {
    const failed = { properties: { provisioningState: "Failed" } };
    const tags = { "mlflow-rollout-traffic": "blue=100" };
    const serving = { tags, properties: { provisioningState: "Failed", traffic: { blue: 100 } } };
    const steps = [step(ENDPOINT), step(deployment("green"))];
    const group = resourceState("azure-native:resources:ResourceGroup", "rg", { id: ENDPOINT_ID });
    const { edited } = join([COMPONENT, group], steps, { "heart-endpoint": serving, "heart-deployment-green": failed });
    expect(
      resourcesOf(edited)
        .slice(-2)
        .map(({ initErrors }) => initErrors),
    ).toEqual([undefined, ["its creation ended Failed in Azure"]]);
  });

  test("is found where a preview does not know its place only later", () => {
    const stack = exportedStack([], [PROVIDER_STATE, ENDPOINT]);
    const planned = deployment("green", {
      inputs: { ...ENDPOINT_INPUTS, endpointName: UNKNOWN, deploymentName: "green" },
    });
    const { gaps, unplaced } = gapsOf(stack, plannedCreates(stack, [step(planned)]), undefined);
    expect([gaps, unplaced.map(nameOf)]).toEqual([[], ["heart-deployment-green"]]);
  });

  test("with a property that neither tells is left for now", () => {
    const planned = deployment("green", { inputs: { ...deployment("green").inputs, properties: UNKNOWN } });
    const { changes } = join([COMPONENT, ENDPOINT], [step(planned)], { "heart-deployment-green": THERE });
    expect(changes).toMatchObject([{ action: "left", reason: "properties is only known in an update" }]);
  });
});

describe("an endpoint that serves", () => {
  const group = resourceState("azure-native:resources:ResourceGroup", "rg", { id: ENDPOINT_ID });
  const outputs = (tags: Readonly<Record<string, string>>) => ({ tags, properties: { traffic: { blue: 100 } } });
  const written = { "mlflow-rollout-traffic": "blue=100" };
  const adopt = '"mlflow-rollout adopt" (docs/adopt.md) brings it under this stack';

  test.each<[tags: Readonly<Record<string, string>>, reason: string | undefined]>([
    [{}, `it serves, and this component has not written its weights; ${adopt}`],
    [written, undefined],
    [{ ...written, "mlflow-rollout-owner": "organization/heart/dev heart" }, undefined],
    [
      { ...written, "mlflow-rollout-owner": "organization/heart/prod heart" },
      `it belongs to organization/heart/prod heart; ${adopt}`,
    ],
  ])("with tags %j: %s", (tags, reason) => {
    const { changes } = join([group, COMPONENT], [step(ENDPOINT)], { "heart-endpoint": outputs(tags) });
    expect(changes.map((change) => change.reason)).toEqual([reason]);
  });
});

describe("what the state has in another place", () => {
  const green = deployment("green", { id: idOf("green") });

  test("under another name takes the new one, and nobody names the old one any more", () => {
    const step1 = child("azure-native:resources:Deployment", "heart-traffic", {
      dependencies: [green.urn],
      propertyDependencies: { properties: [green.urn] },
      deletedWith: green.urn,
    });
    const renamed = deployment("Green");
    const { edited, changes } = join([COMPONENT, ENDPOINT, green, step1], [step(renamed)], {
      "heart-deployment-Green": { ...THERE, id: idOf("green") },
    });
    expect(names({ edited }).slice(-2)).toEqual(["heart-deployment-Green", "heart-traffic"]);
    expect(resourcesOf(edited).at(-2)?.id).toBe(idOf("green"));
    expect(JSON.stringify(edited)).not.toContain("heart-deployment-green");
    expect(changes.map((change) => describeChange(change, "pulumi up"))).toEqual([
      "  ~ OnlineDeployment  heart-deployment-Green: in Azure (Succeeded), replaces heart-deployment-green in the state",
    ]);
  });

  const container = (name: string, others: Partial<ResourceState> = {}) =>
    child(CONTAINER, "heart-model", { inputs: { ...ENDPOINT_INPUTS, name }, ...others });
  const models = ENDPOINT_ID.replace(/\/onlineEndpoints.*/, "/models");

  test("and would replace goes on in the new place, when the old one is not deleted", () => {
    const before = container("other", { id: `${models}/other`, retainOnDelete: true });
    const { edited, changes } = join([COMPONENT, ENDPOINT, before], [step(container("heart"), "replace")], {
      "heart-model": {},
    });
    expect(resourcesOf(edited).filter(({ type }) => type === CONTAINER)).toMatchObject([{ id: `${models}/heart` }]);
    expect(changes).toMatchObject([{ action: "moved", from: `${models}/other`, azure: "there" }]);
  });

  test("and would be deleted stays", () => {
    const before = container("other", { id: `${models}/other` });
    const { edited, changes } = join([COMPONENT, ENDPOINT, before], [step(container("heart"), "replace")], {
      "heart-model": {},
    });
    expect(resourcesOf(edited).at(-1)).toEqual(before);
    expect(changes).toMatchObject([{ action: "left", reason: `${models}/other, which it replaces, would be deleted` }]);
  });

  test("and would replace in the same place is no gap", () => {
    const before = container("heart", { id: `${models}/Heart`, retainOnDelete: true });
    expect(
      join([COMPONENT, ENDPOINT, before], [step(container("heart"), "replace")], { "heart-model": {} }).changes,
    ).toEqual([]);
  });
});

const NAMES = ["a", "b", "c", "d"];

property.prop([
  fc.subarray(NAMES),
  fc.uniqueArray(fc.constantFrom(...NAMES, ...NAMES.map((name) => name.toUpperCase())), {
    selector: (name) => name.toLowerCase(),
  }),
  fc.subarray(NAMES),
])(
  "no resource of Azure ever stands in the state twice, and none of the state is lost",
  (inState, declared, inAzure) => {
    const resources = [COMPONENT, ENDPOINT, ...inState.map((name) => deployment(name, { id: idOf(name) }))];
    const azure = new Set([...inState, ...inAzure]);
    const there = declared.filter((name) => azure.has(name.toLowerCase()));
    const answers = Object.fromEntries(there.map((name) => [`heart-deployment-${name}`, THERE]));
    const { edited } = join(
      resources,
      declared.map((name) => step(deployment(name))),
      answers,
    );
    const ids = resourcesOf(edited).flatMap(({ type, id = "" }) => (type === DEPLOYMENT ? [id.toLowerCase()] : []));
    const expected = new Set([...inState, ...there].map((name) => idOf(name).toLowerCase()));
    expect(ids.toSorted()).toEqual([...expected].toSorted());
  },
);
