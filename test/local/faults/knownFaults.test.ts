import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { KNOWN_FAULTS } from "../../../local/src/faults/knownFaults";
import { clearFaults, injectFaults } from "../../../driver/faults";
import {
  deploymentBody,
  ENDPOINT,
  endpointBody,
  GROUP,
  workspaceBody,
  WORKSPACE,
} from "../../../driver/heartWorkspace";
import { textAt, valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { Scoring } from "../../../driver/scoring";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
});
afterEach(() => clearFaults(azure));
afterAll(() => azure.close());

const GREEN = `${ENDPOINT}/deployments/green`;
const names = (kind: "http" | "lro") =>
  Object.entries(KNOWN_FAULTS).flatMap(([name, fault]) => (kind in fault.effect(TARGET) ? [name] : []));
const TARGET = {
  method: "PUT",
  path: "/subscriptions/s/a/b",
  subscriptionId: "s",
  workspace: "heart",
  endpoint: "heart-classifier",
  deployment: "green",
  instanceType: "Standard_DS3_v2",
};

/** Sends a request that the fault of this name concerns. */
async function provoke(name: string) {
  const { match = "" } = KNOWN_FAULTS[name] ?? {};
  if (match.startsWith("^GET")) return azure.arm("GET", GREEN);
  if (match.includes("Resources"))
    return azure.arm("PUT", `${GROUP}/providers/Microsoft.Resources/deployments/step`, {});
  if (match.includes("workspaces/")) return azure.arm("PUT", WORKSPACE, workspaceBody(azure));
  if (match.includes("deployments")) return azure.arm("PUT", GREEN, deploymentBody(azure, "2"));
  return azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
}

describe("the catalogue", () => {
  test("tells of every fault what it concerns and where it is from", async () => {
    const { body } = await azure.send("GET", "/_local/faults");
    const known = valueAt(body, "known") as readonly { fault: string; match: string; source: string }[];
    expect(known.map(({ fault }) => fault)).toEqual(Object.keys(KNOWN_FAULTS));
    for (const { match, source } of known) {
      expect(() => new RegExp(match)).not.toThrow();
      expect(source).toMatch(/[\w-]+\/[\w-]+#\d+|learn\.microsoft\.com|documented|reported|recording|server/);
    }
  });

  test.each(names("http"))("%s: is answered as an error of ARM, and keeps to the specification", async (name) => {
    await injectFaults(azure, { fault: name, times: 1 });
    const { status, body } = await provoke(name);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(textAt(body, "error.code")).toMatch(/^\w+$/);
    expect(textAt(body, "error.message")).not.toMatch(/undefined|\$\{|''/);
  });

  test.each(names("lro"))("%s: fails the operation, and the deployment stays, in state Failed", async (name) => {
    await injectFaults(azure, { fault: name, times: 1 });
    const answer = await provoke(name);
    expect(answer.status).toBe(201);
    expect((await azure.finish(answer)).body).toMatchObject({
      status: "Failed",
      error: { code: expect.stringMatching(/^\w+$/) as string, message: expect.stringMatching(/.{10}/) as string },
    });
    const id = textAt(answer.body, "id");
    expect(valueAt((await azure.arm("GET", id)).body, "properties.provisioningState")).toBe("Failed");
  });
});

describe("the service's own words", () => {
  test("out of quota names the instance type and the subscription, as text in text", async () => {
    await injectFaults(azure, { fault: "out-of-quota" });
    const { body } = await azure.arm("PUT", GREEN, deploymentBody(azure, "2"));
    const detail = textAt(body, "error.details.0.message");
    const inner: unknown = JSON.parse(detail.replace("InferencingClient HttpRequest error, error detail: ", ""));
    expect(valueAt(inner, "errors.VmSize.0")).toBe(
      `Not enough quota available for Standard_DS3_v2 in SubscriptionId ${azure.azure.subscriptionId}. Current usage/limit: 0/6. Additional needed: 8 Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-outofquota`,
    );
  });

  test.each([
    [
      "busy",
      409,
      "Conflict",
      "Cannot create a deployment in endpoint heart-classifier because it is in Updating provisioning state",
    ],
    [
      "deployment-not-found",
      404,
      "UserError",
      "Deployment green not found in endpoint heart-classifier, workspace heart",
    ],
  ])("%s", async (fault, status, code, message) => {
    await injectFaults(azure, { fault });
    expect(await provoke(fault)).toMatchObject({ status, body: { error: { code, message } } });
  });

  test("deployment active tells when the other one began and when it expires, as .NET writes dates", async () => {
    await injectFaults(azure, { fault: "deployment-active" });
    const { body } = await provoke("deployment-active");
    const date = String.raw`'\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d\d:\d\d [AP]M'`;
    expect(textAt(body, "error.message")).toMatch(
      new RegExp(
        `^Unable to edit or replace deployment 'step': previous deployment from ${date} is still active \\(expiration time is ${date}\\)`,
      ),
    );
  });

  test("throttling tells the operation by its types, and when to come back", async () => {
    await injectFaults(azure, { fault: "throttled" });
    const { body, headers } = await azure.arm("GET", ENDPOINT);
    expect(headers["retry-after"]).toBe("1");
    expect(textAt(body, "error.message")).toBe(
      `Number of requests for subscription '${azure.azure.subscriptionId}' and operation 'GET/SUBSCRIPTIONS/RESOURCEGROUPS/PROVIDERS/MICROSOFT.MACHINELEARNINGSERVICES/WORKSPACES/ONLINEENDPOINTS' exceeded the backend storage limit. Please try again after '1' seconds.`,
    );
  });

  test("not there yet and old traffic are late reads of what was written", async () => {
    await injectFaults(azure, { fault: "not-there-yet" }, { fault: "old-traffic" });
    await azure.arm("PUT", `${ENDPOINT}/deployments/new`, deploymentBody(azure, "1"));
    expect((await azure.arm("GET", `${ENDPOINT}/deployments/new`)).status).toBe(404);
    await azure.advance(600);
    await azure.operate("PUT", ENDPOINT, endpointBody({ traffic: { green: 100 } }));
    expect(valueAt((await azure.arm("GET", ENDPOINT)).body, "properties.traffic")).toEqual({ blue: 100 });
  });

  test.each([
    ["script-error", 424],
    ["saturated", 429],
  ])("%s is answered by the data plane", async (fault, status) => {
    const endpoint = await Scoring.of(azure);
    await injectFaults(azure, { fault, deployment: "green" });
    expect((await endpoint.score({ headers: { "azureml-model-deployment": "green" } })).status).toBe(status);
    expect((await endpoint.score({ headers: { "azureml-model-deployment": "blue" } })).status).toBe(200);
  });
});
