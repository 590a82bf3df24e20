import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { deploymentBody, ENDPOINT, endpointBody, armIdOf, registerModel } from "../../../driver/heartWorkspace";
import { valueAt } from "../../support/localAzure";
import type { TestAzure } from "../../support/localAzure";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../../support/templates";
import { startHeartEndpoint } from "../../support/heartEndpoint";

let azure: TestAzure;
beforeAll(async () => {
  ({ azure } = await startHeartEndpoint());
});
afterAll(() => azure.close());

/** A template that writes the endpoint with the weights of a parameter. */
function traffic(weights: Record<string, number>): object {
  const body = endpointBody({ traffic: "[parameters('weights')]" });
  return templateBody(
    [{ ...ENDPOINT_RESOURCE, ...body }],
    { weights: { value: weights } },
    { weights: { type: "object" } },
  );
}

const live = async (): Promise<unknown> => valueAt((await azure.arm("GET", ENDPOINT)).body, "properties.traffic");

describe("a template deployment", () => {
  test("writes what its parameters say, and the trace tells through which deployment", async () => {
    const since = (await azure.trace()).at(-1)?.seq ?? 0;
    const put = await azure.arm("PUT", templatePath("step"), traffic({ blue: 90, green: 10 }));
    expect(put).toMatchObject({ status: 201, body: { name: "step", properties: { provisioningState: "Running" } } });
    expect(await azure.finish(put)).toMatchObject({ status: 200, body: { status: "Succeeded" } });
    expect(await live()).toEqual({ blue: 90, green: 10 });
    expect(await azure.arm("GET", templatePath("step"))).toMatchObject({
      status: 200,
      body: {
        properties: {
          provisioningState: "Succeeded",
          parameters: { weights: { type: "Object", value: { blue: 90, green: 10 } } },
          outputResources: [{ id: armIdOf(azure, ENDPOINT) }],
        },
      },
    });
    const writes = (await azure.trace(`kind=arm&since=${since}`)).filter(({ method }) => method === "PUT");
    expect(writes).toMatchObject([
      { path: armIdOf(azure, templatePath("step")), status: 201 },
      {
        path: armIdOf(azure, ENDPOINT),
        status: 201,
        via: armIdOf(azure, templatePath("step")),
        body: { properties: { traffic: { blue: 90, green: 10 } } },
      },
    ]);
    expect(writes[0]).not.toHaveProperty("via");
  });

  test("ends when what it writes has ended, not before", async () => {
    const put = await azure.arm("PUT", templatePath("step"), traffic({ blue: 80, green: 20 }));
    expect(put.status).toBe(200);
    await azure.advance(21);
    const operation = String(put.headers["azure-asyncoperation"]);
    expect(await azure.arm("GET", operation)).toMatchObject({ status: 200, body: { status: "Running" } });
    expect(await live()).toEqual({ blue: 90, green: 10 });
    expect(await azure.finish(put)).toMatchObject({ body: { status: "Succeeded" } });
    expect(await live()).toEqual({ blue: 80, green: 20 });
  });

  test("of a name that still runs is refused, and cannot be deleted", async () => {
    const running = await azure.arm("PUT", templatePath("step"), traffic({ blue: 70, green: 30 }));
    const active = {
      status: 409,
      body: {
        error: {
          code: "DeploymentActive",
          message: expect.stringMatching(
            /^Unable to edit or replace deployment 'step': previous deployment from '[^']+' is still active/,
          ) as string,
        },
      },
    };
    expect(await azure.arm("PUT", templatePath("step"), traffic({ blue: 100 }))).toMatchObject(active);
    expect(await azure.arm("DELETE", templatePath("step"))).toMatchObject(active);
    await azure.finish(running);
    expect(await live()).toEqual({ blue: 70, green: 30 });
    expect(await azure.operate("PUT", templatePath("step"), traffic({ blue: 100 }))).toMatchObject({
      body: { status: "Succeeded" },
    });
  });

  test("is found, listed and deleted without what it wrote", async () => {
    await azure.operate("PUT", templatePath("deleted"), traffic({ blue: 100 }));
    expect((await azure.arm("HEAD", templatePath("deleted"))).status).toBe(204);
    const { body } = await azure.arm("GET", templatePath("").replace(/\/$/, ""));
    expect(valueAt(body, "value")).toMatchObject([{ name: "step" }, { name: "deleted" }]);
    await azure.operate("DELETE", templatePath("deleted"));
    expect(await azure.arm("GET", templatePath("deleted"))).toMatchObject({
      status: 404,
      body: { error: { code: "DeploymentNotFound" } },
    });
    expect((await azure.arm("GET", ENDPOINT)).status).toBe(200);
  });
});

describe("a template deployment that fails", () => {
  const failed = (detail: object) => ({
    code: "DeploymentFailed",
    message: expect.stringMatching(/^At least one resource deployment operation failed\./) as string,
    details: [detail],
  });

  test("hands on the refusal of the service", async () => {
    const end = await azure.operate("PUT", templatePath("refused"), traffic({ blue: 90 }));
    const error = failed({
      code: "BadRequest",
      details: [{ message: "The sum of traffic percentages must be 0 or 100, got 90." }],
    });
    expect(end).toMatchObject({ status: 200, body: { status: "Failed", error } });
    expect(await azure.arm("GET", templatePath("refused"))).toMatchObject({
      body: { properties: { provisioningState: "Failed", error } },
    });
    expect(await live()).toEqual({ blue: 100 });
  });

  test("tells that the endpoint was busy, and can be repeated under its name", async () => {
    const update = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
    const end = await azure.finish(await azure.arm("PUT", templatePath("refused"), traffic({ blue: 90, green: 10 })));
    expect(end.body).toMatchObject({ status: "Failed", error: failed({ code: "Conflict" }) });
    await azure.finish(update);
    expect((await azure.operate("PUT", templatePath("refused"), traffic({ blue: 90, green: 10 }))).body).toMatchObject({
      status: "Succeeded",
    });
    expect(await live()).toEqual({ blue: 90, green: 10 });
  });

  test("tells that what it wrote has failed", async () => {
    await registerModel(azure, "3", "green", ["model.onnx"]);
    const type = `${ENDPOINT_RESOURCE.type}/deployments`;
    const broken = { ...ENDPOINT_RESOURCE, type, name: "heart/heart-classifier/broken", ...deploymentBody(azure, "3") };
    const end = await azure.operate("PUT", templatePath("broken"), templateBody([broken]));
    expect(end.body).toMatchObject({ status: "Failed", error: failed({ code: "ResourceDeploymentFailure" }) });
  });
});
