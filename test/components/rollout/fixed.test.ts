import { expect, test } from "vitest";
import { checkFixed, checkGround, checkModelName } from "../../../components/rollout/fixed";
import { linesOf } from "../../support/linesOf";

test("what an endpoint can never change is refused by name, all of it at once", () => {
  const reason = "an endpoint cannot change it; declare a second component, move the callers, then remove this one";
  const settings = [
    ["location", "westeurope", "northeurope"],
    ["endpointName", "heart", "lung"],
  ] as const;
  expect(linesOf(checkFixed(settings))).toEqual([
    `location: westeurope -> northeurope: ${reason}`,
    `endpointName: heart -> lung: ${reason}`,
  ]);
});

test.each([
  ["in another spelling", "West Europe", "westeurope"],
  ["that is not known yet", "westeurope", undefined],
  ["that was not known", undefined, "westeurope"],
])("a setting %s is no change", (_, is, wanted) => {
  expect(checkFixed([["location", is, wanted]])).toEqual([]);
});

const MODEL = { name: "heart", deployments: { default: "1", green: "2", idle: "1" } };
const DECLARED = { traffic: { default: 90, green: 10, idle: 0 }, mirrorTraffic: {} };

test("a model that serves keeps its name", () => {
  expect(linesOf(checkModelName(MODEL, { ...MODEL, name: "cardio" }, DECLARED))).toEqual([
    "model.name: heart -> cardio: it serves as default, green; keep the name, and give a version of another model by its id",
  ]);
});

test.each([
  ["the same name", MODEL],
  ["other versions, which the deployments answer for", { name: "cardio", deployments: { default: "3", green: "4" } }],
  ["a deployment without traffic", { name: "cardio", deployments: { idle: "1" } }],
  ["a deployment that is new", { name: "cardio", deployments: { blue: "1" } }],
])("nothing is said of %s", (_, after) => {
  expect(checkModelName(MODEL, after, DECLARED)).toEqual([]);
});

const ground = (name: string, type = "azure-native:resources:ResourceGroup") => ({
  urn: `urn:pulumi:dev::heart::${type}::${name}`,
  type,
});

test("what an endpoint stands in may not leave the program", () => {
  const workspace = ground("ws", "azure-native:machinelearningservices:Workspace");
  const lines = linesOf(checkGround([ground("rg"), workspace], []));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^resourceGroupName: no longer comes from rg \(azure-native:resources:ResourceGroup\)/);
  expect(lines[1]).toMatch(/^workspace: no longer comes from ws /);
});

test.each([
  ["is still there", [ground("rg")], [ground("rg")]],
  ["has another name in the program", [ground("rg")], [ground("group")]],
  ["is new", [], [ground("rg")]],
])("nothing is said of a resource that %s", (_, before, after) => {
  expect(checkGround(before, after)).toEqual([]);
});

test("one that is renamed does not stand in for two", () => {
  expect(checkGround([ground("a"), ground("b")], [ground("c")])).toHaveLength(1);
});
