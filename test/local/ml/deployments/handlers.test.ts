import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createWorkspace,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  armIdOf,
  LOCATION,
  registerModel,
  WORKSPACE,
} from "../../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
  await registerModel(azure, "1", "blue");
  await registerModel(azure, "2", "green", ["model.onnx"]);
  await azure.operate("PUT", ENDPOINT, endpointBody());
});
afterAll(() => azure.close());

const path = (name: string, endpoint = ENDPOINT): string => `${endpoint}/deployments/${name}`;
const detail = (target: string, message: string) => ({
  status: 400,
  body: { error: { code: "BadRequest", details: [{ target, message }] } },
});
const logs = async (name: string): Promise<string> =>
  textAt((await azure.arm("POST", `${path(name)}/getLogs`, { containerType: "InferenceServer" })).body, "content");

describe("a new deployment", () => {
  test("says Updating for nine minutes and 42 seconds, then Succeeded, with the service's defaults", async () => {
    const put = await azure.arm("PUT", path("blue"), deploymentBody(azure, "1"));
    expect(put).toMatchObject({
      status: 201,
      headers: { "x-ms-async-operation-timeout": "PT30M" },
      body: { properties: { provisioningState: "Updating" } },
    });
    const operation = String(put.headers["azure-asyncoperation"]);
    expect(operation).toContain(`/locations/${LOCATION}/mfeOperationsStatus/odidp:`);
    expect(textAt(put.body, "properties.properties.AzureAsyncOperationUri")).toBe(operation);
    await azure.advance(581);
    expect(await azure.arm("GET", operation)).toMatchObject({ body: { status: "Updating", percentComplete: 0 } });
    await azure.advance(1);
    expect(await azure.arm("GET", operation)).toMatchObject({ body: { status: "Succeeded", percentComplete: 100 } });
    expect(await azure.arm("GET", path("blue"))).toMatchObject({
      body: {
        kind: "Managed",
        sku: { name: "Default", tier: "Standard", capacity: 1 },
        properties: {
          provisioningState: "Succeeded",
          instanceType: "Standard_DS3_v2",
          requestSettings: { maxConcurrentRequestsPerInstance: 1, requestTimeout: "PT5S" },
          livenessProbe: { failureThreshold: 30, period: "PT10S" },
          scaleSettings: { scaleType: "Default" },
        },
      },
    });
  });

  test("gets no traffic by itself", async () => {
    expect(await azure.arm("GET", ENDPOINT)).toMatchObject({ body: { properties: { traffic: {} } } });
  });

  test("tells in its log what was loaded", async () => {
    expect(await logs("blue")).toMatch(/^model loaded from azureml:.*\/paths\/models\/1, 8 files$/m);
  });

  test("holds its endpoint: another deployment and a change of the endpoint are refused meanwhile", async () => {
    const put = await azure.arm("PUT", path("holding"), deploymentBody(azure, "1"));
    expect(await azure.arm("PUT", path("other"), deploymentBody(azure, "1"))).toMatchObject({
      status: 409,
      body: {
        error: {
          code: "Conflict",
          message:
            "Cannot create a deployment in endpoint heart-classifier because it is in Creating provisioning state. (other)",
        },
      },
    });
    expect((await azure.arm("PUT", ENDPOINT, endpointBody())).status).toBe(409);
    expect((await azure.arm("DELETE", path("blue"))).status).toBe(409);
    await azure.finish(put);
    expect((await azure.operate("DELETE", path("holding"))).body).toMatchObject({ status: "Succeeded" });
  });

  test("whose model cannot be loaded stays, Failed, and its log says why", async () => {
    const end = await azure.operate("PUT", path("broken"), deploymentBody(azure, "2"));
    const reason = "model.onnx is not among the 7 files of the model";
    expect(end.body).toMatchObject({
      status: "Failed",
      error: {
        code: "ResourceNotReady",
        message: `User container has crashed or terminated: ${reason}. Please see troubleshooting guide, available here: https://aka.ms/oe-tsg#error-resourcenotready`,
      },
    });
    expect(await azure.arm("GET", path("broken"))).toMatchObject({
      body: { properties: { provisioningState: "Failed" } },
    });
    expect(await logs("broken")).toContain(reason);
  });

  test.each([
    [
      "a model that is not registered",
      "blue2",
      () => deploymentBody(azure, "9"),
      () => detail("model", `Model '${armIdOf(azure, WORKSPACE)}/models/heart-classifier/versions/9' was not found.`),
    ],
    ["no model", "blue2", () => deploymentBody(azure, "1", { model: null }), () => ({ status: 400 })],
    [
      "a bad name",
      "b",
      () => deploymentBody(azure, "1"),
      () =>
        detail(
          "deployment",
          "'b' is not a valid deployment name: 3 to 32 letters, digits and '-', starting with a letter and ending with a letter or digit.",
        ),
    ],
    [
      "no compute type",
      "blue2",
      () => deploymentBody(azure, "1", { endpointComputeType: null }),
      () => ({ status: 400 }),
    ],
  ])("is refused with %s", async (_, name, body, expected) => {
    expect(await azure.arm("PUT", path(name), body())).toMatchObject(expected());
    expect((await azure.arm("GET", path(name))).status).toBe(404);
  });

  test("needs its endpoint", async () => {
    const nowhere = path("blue", ENDPOINT.replace("heart-classifier", "nowhere"));
    expect(await azure.arm("PUT", nowhere, deploymentBody(azure, "1"))).toMatchObject({
      status: 404,
      body: { error: { code: "ParentResourceNotFound" } },
    });
  });
});

describe("a deployment that is there", () => {
  test("is scaled by PATCH", async () => {
    const patched = await azure.arm("PATCH", path("blue"), { sku: { name: "Default", capacity: 3 } });
    expect(patched).toMatchObject({
      status: 202,
      body: { properties: { provisioningState: "Scaling" }, sku: { capacity: 1 } },
    });
    await azure.finish(patched);
    expect(await azure.arm("GET", path("blue"))).toMatchObject({
      body: { sku: { name: "Default", capacity: 3 }, properties: { provisioningState: "Succeeded" } },
    });
  });

  test("keeps its instance type without a word, whatever a PUT asks for", async () => {
    const body = deploymentBody(azure, "1", { instanceType: "Standard_F4s_v2" });
    expect((await azure.operate("PUT", path("blue"), body)).body).toMatchObject({ status: "Succeeded" });
    expect(await azure.arm("GET", path("blue"))).toMatchObject({
      body: { properties: { instanceType: "Standard_DS3_v2" } },
    });
  });

  test("keeps answering with its old model when its new one cannot be loaded", async () => {
    await azure.operate("PUT", path("updated"), deploymentBody(azure, "1"));
    const end = await azure.operate("PUT", path("updated"), deploymentBody(azure, "2"));
    expect(end.body).toMatchObject({ status: "Failed" });
    const key = textAt((await azure.arm("POST", `${ENDPOINT}/listKeys`)).body, "primaryKey");
    const headers = { authorization: `Bearer ${key}`, "azureml-model-deployment": "updated" };
    const uri = textAt((await azure.arm("GET", ENDPOINT)).body, "properties.swaggerUri");
    expect((await azure.send("GET", uri, { headers })).status).toBe(200);
  });

  test("is not deleted while it has live or mirrored traffic", async () => {
    await azure.operate("PUT", path("green"), deploymentBody(azure, "1"));
    const weights = { traffic: { blue: 100 }, mirrorTraffic: { green: 30 } };
    await azure.operate("PUT", ENDPOINT, endpointBody(weights));
    for (const [name, percent] of [
      ["blue", 100],
      ["green", 30],
    ] as const) {
      expect(await azure.arm("DELETE", path(name))).toMatchObject(
        detail(
          "deployment",
          `Deployment '${name}' has ${percent}% of the traffic and cannot be deleted. Set its traffic to 0 first.`,
        ),
      );
    }
  });

  test("leaves nothing behind in the weights when it is deleted at 0", async () => {
    await azure.operate(
      "PUT",
      ENDPOINT,
      endpointBody({ traffic: { blue: 100, green: 0 }, mirrorTraffic: { green: 0 } }),
    );
    const deleted = await azure.arm("DELETE", path("green"));
    expect(deleted).toMatchObject({ status: 202, body: null });
    expect(await azure.arm("GET", path("green"))).toMatchObject({
      body: { properties: { provisioningState: "Deleting" } },
    });
    await azure.finish(deleted);
    expect((await azure.arm("GET", path("green"))).status).toBe(404);
    const { body } = await azure.arm("GET", ENDPOINT);
    expect(valueAt(body, "properties.traffic")).toEqual({ blue: 100 });
    expect(valueAt(body, "properties.mirrorTraffic")).toEqual({});
    expect((await azure.arm("DELETE", path("green"))).status).toBe(204);
  });

  test("goes with its endpoint, whatever its weight", async () => {
    await azure.operate("DELETE", ENDPOINT);
    expect((await azure.arm("GET", path("blue"))).status).toBe(404);
  });
});
