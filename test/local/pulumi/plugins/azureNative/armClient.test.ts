import { describe, expect, test } from "vitest";
import { ArmClient } from "../../../../../local/src/pulumi/plugins/azureNative/armClient";
import { mergeDrift } from "../../../../../local/src/pulumi/plugins/azureNative/drift";
import { requireLoopback } from "../../../../../local/src/pulumi/plugins/azureNative/loopback";
import {
  argumentsOfId,
  resourceId,
  resourceType,
  toBody,
  toOutputs,
} from "../../../../../local/src/pulumi/plugins/azureNative/rows/resourceTypes";
import { diffValues } from "../../../../../local/src/pulumi/plugins/diff";

describe("the stand-in for azure-native reaches this machine only", () => {
  test.each([
    "https://management.azure.com/subscriptions",
    "https://10.0.0.1",
    "http://localhost:1",
    "https://localhost.evil.example",
  ])("%s is refused", (url) => {
    expect(() => requireLoopback(url)).toThrow("the stand-in for azure-native refuses");
  });

  test.each(["https://localhost:8443/x", "https://127.0.0.1:1", "https://[::1]:1"])("%s is allowed", (url) => {
    expect(() => requireLoopback(url)).not.toThrow();
  });

  test("a metadata host elsewhere is refused before a request is sent", async () => {
    const arm = new ArmClient();
    arm.login.configure({ metadataHost: "management.azure.com", subscriptionId: "s" });
    await expect(arm.send("GET", "/subscriptions/s", "2024-03-01")).rejects.toThrow("refuses management.azure.com");
  });
});

describe("a diff names each changed leaf and whether it replaces", () => {
  test("by the path as azure-native writes it", () => {
    const olds = { location: "a", properties: { traffic: { "blue-1": 100, green: 0 }, gone: 1 } };
    const news = { location: "b", properties: { traffic: { "blue-1": 90, green: 10 }, more: true } };
    expect(diffValues(olds, news, (path) => path === "location")).toEqual([
      { path: "location", kind: "UPDATE", replaces: true },
      { path: 'properties.traffic["blue-1"]', kind: "UPDATE", replaces: false },
      { path: "properties.traffic.green", kind: "UPDATE", replaces: false },
      { path: "properties.gone", kind: "DELETE", replaces: false },
      { path: "properties.more", kind: "ADD", replaces: false },
    ]);
  });
});

test("what somebody else changed appears among the inputs, what Azure computes does not", () => {
  const inputs = { tags: { team: "a" }, properties: { traffic: { blue: 100 } } };
  const before = { ...inputs, id: "x", properties: { traffic: { blue: 100 }, provisioningState: "Updating" } };
  const after = { ...inputs, id: "y", properties: { traffic: { blue: 50 }, provisioningState: "Succeeded" } };
  expect(mergeDrift(inputs, before, after)).toEqual({ tags: { team: "a" }, properties: { traffic: { blue: 50 } } });
});

describe("arguments become an ARM id and body, and back", () => {
  const endpoint = resourceType("azure-native:machinelearningservices:OnlineEndpoint");
  const inputs = {
    resourceGroupName: "g",
    workspaceName: "w",
    endpointName: "e",
    location: "x",
    properties: { authMode: "Key" },
  };

  test("of an endpoint, whose properties are an argument", () => {
    const id = resourceId(endpoint, "s", inputs);
    expect(id).toBe(
      "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/onlineEndpoints/e",
    );
    expect(argumentsOfId(endpoint, id)).toEqual({ resourceGroupName: "g", workspaceName: "w", endpointName: "e" });
    expect(toBody(endpoint, inputs)).toEqual({ location: "x", properties: { authMode: "Key" } });
  });

  test("of a workspace, whose arguments stand beside each other", () => {
    const workspace = resourceType("azure-native:machinelearningservices:Workspace");
    const body = toBody(workspace, { resourceGroupName: "g", workspaceName: "w", location: "x", keyVault: "/kv" });
    expect(body).toEqual({ location: "x", properties: { keyVault: "/kv" } });
    expect(toOutputs(workspace, body)).toMatchObject({ location: "x", keyVault: "/kv" });
  });

  test("an unknown type says what to do", () => {
    expect(() => resourceType("azure-native:compute:VirtualMachine")).toThrow(
      "azure-native:compute:VirtualMachine has no stand-in; install the azure-native plugin",
    );
  });
});
