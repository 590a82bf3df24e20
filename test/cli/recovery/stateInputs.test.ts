import { describe, expect, test } from "vitest";
import { HIDDEN, UNKNOWN } from "../../../cli/stack/previewedStack";
import { secretOf } from "../../../cli/stack/exportedStack";
import type { Values } from "../../../cli/stack/exportedStack";
import { stateInputs } from "../../../cli/recovery/stateInputs";

const DEPLOYMENT = "azure-native:machinelearningservices:OnlineDeployment";
const VERSION = "azure-native:machinelearningservices:ModelVersion";
const STEP = "azure-native:resources:Deployment";
const FILE = { "4dabf18193072939515e22adb298388d": "c44067f5952c0a294b673a41bacd8c17", hash: "1", path: "model" };

describe("the inputs of a resource that joins the state", () => {
  test.each<[what: string, type: string, declared: Values, azure: Values, inputs: Values]>([
    [
      "are the declared ones, without what the service has filled in",
      DEPLOYMENT,
      { properties: { instanceType: "a" } },
      { properties: { instanceType: "a", provisioningState: "Succeeded", scaleSettings: {} }, sku: { tier: "b" } },
      { properties: { instanceType: "a" } },
    ],
    [
      "keep the spelling of the program where Azure has another one for the same",
      DEPLOYMENT,
      { location: "West Europe", properties: { model: "/Models/1", requestTimeout: "PT60S", count: 1 } },
      { location: "westeurope", properties: { model: "/models/1", requestTimeout: "PT1M", count: "1" } },
      { location: "West Europe", properties: { model: "/Models/1", requestTimeout: "PT60S", count: 1 } },
    ],
    [
      "keep names of the id, which mean something else in what Azure answers",
      VERSION,
      { name: "heart", version: "2" },
      { name: "2", version: "other" },
      { name: "heart", version: "2" },
    ],
    [
      "are Azure's where a preview does not know them",
      DEPLOYMENT,
      { properties: { model: UNKNOWN } },
      { properties: { model: "/models/1" } },
      { properties: { model: "/models/1" } },
    ],
    [
      "are Azure's, as a secret, where a preview does not show them",
      DEPLOYMENT,
      { properties: { environmentVariables: { KEY: HIDDEN } } },
      { properties: { environmentVariables: { KEY: "k" } } },
      { properties: { environmentVariables: { KEY: secretOf("k") } } },
    ],
    [
      "stand for themselves where neither shows them, so that an update writes them",
      DEPLOYMENT,
      { credentials: { key: HIDDEN } },
      { credentials: {} },
      { credentials: { key: secretOf("not shown by Azure") } },
    ],
    [
      "are read where Azure's are a secret",
      DEPLOYMENT,
      { properties: { model: UNKNOWN } },
      { properties: secretOf({ model: "/models/1" }) },
      { properties: { model: "/models/1" } },
    ],
    ["keep files and declared secrets", DEPLOYMENT, { source: FILE }, { source: "other" }, { source: FILE }],
    [
      "have a parameter of a template deployment as a whole",
      STEP,
      { properties: { parameters: { tags: { value: UNKNOWN }, traffic: { value: { blue: 1 } } }, template: {} } },
      {
        properties: {
          parameters: { tags: { type: "Object", value: { a: "b" } }, traffic: { value: { blue: 9, green: 1 } } },
        },
      },
      {
        properties: {
          parameters: { tags: { value: { a: "b" } }, traffic: { value: { blue: 9, green: 1 } } },
          template: {},
        },
      },
    ],
    [
      "compare lists by their items, and take one of another length over",
      DEPLOYMENT,
      { profiles: [{ name: "a" }], others: [1, 2] },
      { profiles: [{ name: "a", filled: 1 }], others: [1] },
      { profiles: [{ name: "a" }], others: [1] },
    ],
  ])("%s", (_, type, declared, azure, inputs) => {
    expect(stateInputs(type, declared, azure)).toMatchObject({ inputs, unknown: [] });
  });

  test("are Azure's where the program declares something else, so that the next preview shows it", () => {
    const declared = { sku: { capacity: 1 }, properties: { model: "/models/2", environmentVariables: { A: "b" } } };
    const azure = { sku: { capacity: 8 }, properties: { model: "/models/1", environmentVariables: { A: "B" } } };
    expect(stateInputs(DEPLOYMENT, declared, azure)).toEqual({
      inputs: azure,
      differences: [
        { path: "sku.capacity", declared: 1, azure: 8 },
        { path: "properties.model", declared: "/models/2", azure: "/models/1" },
        { path: "properties.environmentVariables.A", declared: "b", azure: "B" },
      ],
      unknown: [],
    });
  });

  test.each<[declared: Values, azure: Values, unknown: string]>([
    [{ properties: UNKNOWN }, { properties: { modelUri: "a" } }, "properties"],
    [{ properties: { modelUri: UNKNOWN } }, {}, "properties.modelUri"],
    [{ properties: { modelUri: UNKNOWN } }, { properties: { modelUri: null } }, "properties.modelUri"],
  ])("%j with %j are not known", (declared, azure, unknown) => {
    expect(stateInputs(VERSION, declared, azure).unknown).toEqual([unknown]);
  });
});
