import { afterAll, beforeAll, expect, test } from "vitest";
import { createWorkspace, ENDPOINT, endpointBody } from "../support/heartWorkspace";
import { TestAzure, textAt } from "../support/localAzure";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../support/templates";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspace(azure);
});
afterAll(() => azure.close());

const refusal = async (body: object): Promise<string> => {
  const { status, body: answer } = await azure.arm("PUT", templatePath("language"), body);
  expect(status).toBe(400);
  expect(textAt(answer, "error.code")).toMatch(/^Invalid/);
  return textAt(answer, "error.message");
};
const tagged = (value: string, parameters: object = {}, declared: object = {}): object =>
  templateBody([{ ...ENDPOINT_RESOURCE, ...endpointBody(), tags: { value } }], parameters, declared);
const NESTED = { "weights-now": { value: { inner: { blue: "90" } } } };

test.each([
  ["a parameter's member", "[parameters('weights-now').inner.blue]", "90"],
  ["a member in brackets", "[parameters('Weights-Now')['inner'].blue]", "90"],
  ["an escaped bracket", "[[not an expression]", "[not an expression]"],
  ["text that only begins like one", "[a] and b", "[a] and b"],
])("the template language knows %s", async (_, expression, expected) => {
  const body = tagged(expression, NESTED, { "weights-now": { type: "object" } });
  expect((await azure.operate("PUT", templatePath("language"), body)).body).toMatchObject({ status: "Succeeded" });
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
])("the template language refuses %s", async (expression, reason) => {
  const body = tagged(expression, NESTED, { "weights-now": { type: "object" } });
  expect(await refusal(body)).toBe(`Deployment template validation failed: '${reason}'.`);
});

test.each([
  ["an undeclared parameter", { extra: { value: 1 } }, {}, "the parameters extra are not declared in the template"],
  ["a missing value", {}, { weights: { type: "object" } }, "the value of parameter 'weights' is not provided"],
  ["a value of another type", { n: { value: "1" } }, { n: { type: "int" } }, "parameter 'n' is not of type 'int'"],
  ["an unknown type", { n: { value: "1" } }, { n: { type: "number" } }, "parameter 'n' has the unknown type 'number'"],
])("the template language refuses %s", async (_, parameters, declared, reason) => {
  expect(await refusal(tagged("x", parameters, declared))).toContain(`'${reason}'`);
});

test.each(["condition", "copy", "scope"])(
  "the template language refuses '%s' of a resource, which it would not obey",
  async (key) => {
    const resource = { ...ENDPOINT_RESOURCE, ...endpointBody(), [key]: key === "copy" ? {} : false };
    expect(await refusal(templateBody([resource]))).toContain(
      `'${key}' of a resource is not served by the local Azure ML`,
    );
  },
);

test.each(["variables", "functions", "outputs"])("the template language refuses '%s'", async (key) => {
  const body = templateBody([]) as { properties: { template: Record<string, unknown> } };
  body.properties.template[key] = {};
  expect(await refusal(body)).toContain(`'${key}' is not served by the local Azure ML`);
});

test("a deployment that would delete what it does not name is refused", async () => {
  const body = templateBody([]) as { properties: Record<string, unknown> };
  expect(await refusal({ properties: { ...body.properties, mode: "Complete" } })).toBe(
    "Only the mode 'Incremental' is served by the local Azure ML.",
  );
});

test("a secure parameter is never answered", async () => {
  const body = tagged("x", { secret: { value: "do-not-tell" } }, { secret: { type: "securestring" } });
  const put = await azure.arm("PUT", templatePath("language"), body);
  await azure.finish(put);
  const answers = [put, await azure.arm("GET", templatePath("language")), await azure.trace()];
  expect(JSON.stringify(answers)).not.toContain("do-not-tell");
});
