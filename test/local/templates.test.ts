import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  createHeartEndpoint,
  deploymentBody,
  ENDPOINT,
  endpointBody,
  GROUP,
  idOf,
  registerModel,
} from "../support/heartWorkspace";
import { API_VERSION, TestAzure, textAt, valueAt } from "../support/localAzure";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createHeartEndpoint(azure);
});
afterAll(() => azure.close());

const path = (name: string): string => `${GROUP}/providers/Microsoft.Resources/deployments/${name}`;
const ENDPOINT_RESOURCE = {
  type: "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
  apiVersion: API_VERSION,
  name: "heart/heart-classifier",
};

function template(resources: readonly object[], parameters: object = {}, declared: object = {}): object {
  return {
    properties: {
      mode: "Incremental",
      template: {
        $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        contentVersion: "1.0.0.0",
        parameters: declared,
        resources,
      },
      parameters,
    },
  };
}

/** A template that writes the endpoint with the weights of a parameter. */
function traffic(weights: Record<string, number>): object {
  const body = endpointBody({ traffic: "[parameters('weights')]" });
  return template(
    [{ ...ENDPOINT_RESOURCE, ...body }],
    { weights: { value: weights } },
    { weights: { type: "object" } },
  );
}

const live = async (): Promise<unknown> => valueAt((await azure.arm("GET", ENDPOINT)).body, "properties.traffic");

describe("a template deployment", () => {
  test("writes what its parameters say, and the trace tells through which deployment", async () => {
    const since = (await azure.trace()).at(-1)?.seq ?? 0;
    const put = await azure.arm("PUT", path("step"), traffic({ blue: 90, green: 10 }));
    expect(put).toMatchObject({ status: 201, body: { name: "step", properties: { provisioningState: "Running" } } });
    expect(await azure.finish(put)).toMatchObject({ status: 200, body: { status: "Succeeded" } });
    expect(await live()).toEqual({ blue: 90, green: 10 });
    expect(await azure.arm("GET", path("step"))).toMatchObject({
      status: 200,
      body: {
        properties: {
          provisioningState: "Succeeded",
          parameters: { weights: { type: "Object", value: { blue: 90, green: 10 } } },
          outputResources: [{ id: idOf(azure, ENDPOINT) }],
        },
      },
    });
    const writes = (await azure.trace(`kind=arm&since=${since}`)).filter(({ method }) => method === "PUT");
    expect(writes).toMatchObject([
      { path: idOf(azure, path("step")), status: 201 },
      {
        path: idOf(azure, ENDPOINT),
        status: 201,
        via: idOf(azure, path("step")),
        body: { properties: { traffic: { blue: 90, green: 10 } } },
      },
    ]);
    expect(writes[0]).not.toHaveProperty("via");
  });

  test("ends when what it writes has ended, not before", async () => {
    const put = await azure.arm("PUT", path("step"), traffic({ blue: 80, green: 20 }));
    expect(put.status).toBe(200);
    await azure.advance(21);
    const operation = String(put.headers["azure-asyncoperation"]);
    expect(await azure.arm("GET", operation)).toMatchObject({ status: 200, body: { status: "Running" } });
    expect(await live()).toEqual({ blue: 90, green: 10 });
    expect(await azure.finish(put)).toMatchObject({ body: { status: "Succeeded" } });
    expect(await live()).toEqual({ blue: 80, green: 20 });
  });

  test("of a name that still runs is refused, and cannot be deleted", async () => {
    const running = await azure.arm("PUT", path("step"), traffic({ blue: 70, green: 30 }));
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
    expect(await azure.arm("PUT", path("step"), traffic({ blue: 100 }))).toMatchObject(active);
    expect(await azure.arm("DELETE", path("step"))).toMatchObject(active);
    await azure.finish(running);
    expect(await live()).toEqual({ blue: 70, green: 30 });
    expect(await azure.operate("PUT", path("step"), traffic({ blue: 100 }))).toMatchObject({
      body: { status: "Succeeded" },
    });
  });

  test("is found, listed and deleted without what it wrote", async () => {
    await azure.operate("PUT", path("deleted"), traffic({ blue: 100 }));
    expect((await azure.arm("HEAD", path("deleted"))).status).toBe(204);
    const { body } = await azure.arm("GET", path("").replace(/\/$/, ""));
    expect(valueAt(body, "value")).toMatchObject([{ name: "step" }, { name: "deleted" }]);
    await azure.operate("DELETE", path("deleted"));
    expect(await azure.arm("GET", path("deleted"))).toMatchObject({
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
    const end = await azure.operate("PUT", path("refused"), traffic({ blue: 90 }));
    const error = failed({
      code: "BadRequest",
      details: [{ message: "The sum of traffic percentages must be 0 or 100, got 90." }],
    });
    expect(end).toMatchObject({ status: 200, body: { status: "Failed", error } });
    expect(await azure.arm("GET", path("refused"))).toMatchObject({
      body: { properties: { provisioningState: "Failed", error } },
    });
    expect(await live()).toEqual({ blue: 100 });
  });

  test("tells that the endpoint was busy, and can be repeated under its name", async () => {
    const update = await azure.arm("PUT", ENDPOINT, endpointBody({ traffic: { blue: 100 } }));
    const end = await azure.finish(await azure.arm("PUT", path("refused"), traffic({ blue: 90, green: 10 })));
    expect(end.body).toMatchObject({ status: "Failed", error: failed({ code: "Conflict" }) });
    await azure.finish(update);
    expect((await azure.operate("PUT", path("refused"), traffic({ blue: 90, green: 10 }))).body).toMatchObject({
      status: "Succeeded",
    });
    expect(await live()).toEqual({ blue: 90, green: 10 });
  });

  test("tells that what it wrote has failed", async () => {
    await registerModel(azure, "3", "green", ["model.onnx"]);
    const type = `${ENDPOINT_RESOURCE.type}/deployments`;
    const broken = { ...ENDPOINT_RESOURCE, type, name: "heart/heart-classifier/broken", ...deploymentBody(azure, "3") };
    const end = await azure.operate("PUT", path("broken"), template([broken]));
    expect(end.body).toMatchObject({ status: "Failed", error: failed({ code: "ResourceDeploymentFailure" }) });
  });
});

describe("the template language", () => {
  const refusal = async (body: object): Promise<string> => {
    const { status, body: answer } = await azure.arm("PUT", path("language"), body);
    expect(status).toBe(400);
    expect(textAt(answer, "error.code")).toMatch(/^Invalid/);
    return textAt(answer, "error.message");
  };
  const tagged = (value: string, parameters: object = {}, declared: object = {}): object =>
    template(
      [{ ...ENDPOINT_RESOURCE, ...endpointBody({ traffic: { blue: 100 } }), tags: { value } }],
      parameters,
      declared,
    );
  const NESTED = { "weights-now": { value: { inner: { blue: "90" } } } };

  test.each([
    ["a parameter's member", "[parameters('weights-now').inner.blue]", "90"],
    ["a member in brackets", "[parameters('Weights-Now')['inner'].blue]", "90"],
    ["an escaped bracket", "[[not an expression]", "[not an expression]"],
    ["text that only begins like one", "[a] and b", "[a] and b"],
  ])("knows %s", async (_, expression, expected) => {
    const body = tagged(expression, NESTED, { "weights-now": { type: "object" } });
    expect((await azure.operate("PUT", path("language"), body)).body).toMatchObject({ status: "Succeeded" });
    expect(textAt((await azure.arm("GET", ENDPOINT)).body, "tags.value")).toBe(expected);
  });

  test.each([
    [
      "[resourceGroup().location]",
      "the expression '[resourceGroup().location]' is not served by the local Azure ML; it knows parameters('x') and members of it",
    ],
    [
      "[concat(parameters('weights-now'), 'x')]",
      "the expression '[concat(parameters('weights-now'), 'x')]' is not served by the local Azure ML; it knows parameters('x') and members of it",
    ],
    ["[parameters('other')]", "the template parameter 'other' is not found"],
    [
      "[parameters('weights-now').missing]",
      "the expression '[parameters('weights-now').missing]' has no member 'missing'",
    ],
  ])("refuses %s", async (expression, reason) => {
    const body = tagged(expression, NESTED, { "weights-now": { type: "object" } });
    expect(await refusal(body)).toBe(`Deployment template validation failed: '${reason}'.`);
  });

  test.each([
    ["an undeclared parameter", { extra: { value: 1 } }, {}, "the parameters extra are not declared in the template"],
    ["a missing value", {}, { weights: { type: "object" } }, "the value of parameter 'weights' is not provided"],
    ["a value of another type", { n: { value: "1" } }, { n: { type: "int" } }, "parameter 'n' is not of type 'int'"],
    [
      "an unknown type",
      { n: { value: "1" } },
      { n: { type: "number" } },
      "parameter 'n' has the unknown type 'number'",
    ],
  ])("refuses %s", async (_, parameters, declared, reason) => {
    expect(await refusal(tagged("x", parameters, declared))).toContain(`'${reason}'`);
  });

  test.each(["condition", "copy", "scope"])("refuses '%s' of a resource, which it would not obey", async (key) => {
    const resource = { ...ENDPOINT_RESOURCE, ...endpointBody(), [key]: key === "copy" ? {} : false };
    expect(await refusal(template([resource]))).toContain(`'${key}' of a resource is not served by the local Azure ML`);
  });

  test.each(["variables", "functions", "outputs"])("refuses '%s'", async (key) => {
    const body = template([]) as { properties: { template: Record<string, unknown> } };
    body.properties.template[key] = {};
    expect(await refusal(body)).toContain(`'${key}' is not served by the local Azure ML`);
  });

  test("refuses a deployment that deletes what it does not name", async () => {
    const body = template([]) as { properties: Record<string, unknown> };
    expect(await refusal({ properties: { ...body.properties, mode: "Complete" } })).toBe(
      "Only the mode 'Incremental' is served by the local Azure ML.",
    );
  });

  test("answers no secure parameter", async () => {
    const body = tagged("x", { secret: { value: "do-not-tell" } }, { secret: { type: "securestring" } });
    const put = await azure.arm("PUT", path("language"), body);
    await azure.finish(put);
    const answers = [put, await azure.arm("GET", path("language")), await azure.trace()];
    expect(JSON.stringify(answers)).not.toContain("do-not-tell");
  });
});
