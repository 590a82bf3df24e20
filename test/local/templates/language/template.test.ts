import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { uniqueString } from "../../../../local/src/templates/language/uniqueString";
import { createWorkspace, ENDPOINT, endpointBody, LOCATION } from "../../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../../support/localAzure";
import { ENDPOINT_RESOURCE, templateBody, templatePath } from "../../../support/templates";

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
/** A template with members beside its resources. */
const withMembers = (members: object): object => {
  const { properties } = templateBody([]) as { properties: { template: object } };
  return { properties: { ...properties, template: { ...properties.template, ...members } } };
};
const NESTED = { "weights-now": { value: { inner: { blue: "90" }, list: ["a", "b"] } } };
const DECLARED = { "weights-now": { type: "object" } };
const invalid = (reason: string): string => `Deployment template validation failed: '${reason}'.`;
const FUNCTIONS = "concat, format, parameters, resourcegroup, resourceid, subscription, uniquestring, variables";

test.each([
  ["a parameter's member", "[parameters('weights-now').inner.blue]", "90"],
  ["a member in brackets", "[parameters('Weights-Now')['inner'].blue]", "90"],
  ["an item of a list", "[parameters('weights-now').list[1]]", "b"],
  ["calls in calls", "[ CONCAT('it''s ', format('{0}{{{1}}}', 1, 'x'), '!') ]", "it's 1{x}!"],
  ["an escaped bracket", "[[not an expression]", "[not an expression]"],
  ["text that only begins like one", "[a] and b", "[a] and b"],
  ["the group", "[concat(resourceGroup().name, '/', resourceGroup().location)]", `heart/${LOCATION}`],
  ["the subscription", "[subscription().subscriptionId]", "10ca1000-0000-4000-8000-000000000001"],
  ["a hash", "[uniqueString('hello', 'world')]", "a7wkljktk6wne"],
])("the template language knows %s", async (_, expression, expected) => {
  const body = tagged(expression, NESTED, DECLARED);
  expect((await azure.operate("PUT", templatePath("language"), body)).body).toMatchObject({ status: "Succeeded" });
  expect(textAt((await azure.arm("GET", ENDPOINT)).body, "tags.value")).toBe(expected);
});

// Values of the real service, as public reimplementations test themselves against.
test.each([
  [["test"], "rbgf3xv4ufgzg"],
  [["abc"], "cgtzqvhu4i23s"],
  [["foo", "bar", "baz"], "xzi4ioaxtmth4"],
  [["/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/my-rg"], "bmg7c6xu4tw46"],
])("uniqueString of %j is the one of Azure", (values, expected) => {
  expect(uniqueString(...values)).toBe(expected);
});

test.each([
  [
    "[reference('x').y]",
    `the template function 'reference' is not served by the local Azure ML; it knows ${FUNCTIONS}`,
  ],
  [
    "[constructor('x')]",
    `the template function 'constructor' is not served by the local Azure ML; it knows ${FUNCTIONS}`,
  ],
  [
    "[concat(parameters('weights-now'), 'x')]",
    "the arguments of the template function 'concat' in '[concat(parameters('weights-now'), 'x')]' are not valid",
  ],
  ["[format('{1}', 'x')]", "the arguments of the template function 'format' in '[format('{1}', 'x')]' are not valid"],
  ["[parameters('other')]", "the template parameter 'other' is not found"],
  ["[variables('other')]", "the template variable 'other' is not found"],
  [
    "[parameters('weights-now').missing]",
    "the expression '[parameters('weights-now').missing]' has no member 'missing'",
  ],
  ["[concat('a', ]", "the expression '[concat('a', ]' is not valid"],
  ["[concat('a') 'b']", "the expression '[concat('a') 'b']' is not valid"],
  [
    `[${"concat(".repeat(60)}${")".repeat(60)}]`,
    `the expression '[${"concat(".repeat(60)}${")".repeat(60)}]' is not valid`,
  ],
])("the template language refuses %s", async (expression, reason) => {
  expect(await refusal(tagged(expression, NESTED, DECLARED))).toBe(invalid(reason));
});

const VALUE_OF = "the value of parameter 'n' is";
test.each([
  [
    "an undeclared parameter",
    { constructor: { value: 1 } },
    {},
    "the parameters constructor are not declared in the template",
  ],
  ["a missing value", {}, { weights: { type: "object" } }, "the value of parameter 'weights' is not provided"],
  ["a value of another type", { n: { value: "1" } }, { n: { type: "int" } }, "parameter 'n' is not of type 'int'"],
  ["an unknown type", { n: { value: "1" } }, { n: { type: "number" } }, "parameter 'n' has the unknown type 'number'"],
  [
    "a value that is not allowed",
    { N: { value: 3 } },
    { n: { type: "int", allowedValues: [1, 2] } },
    `${VALUE_OF} not one of the allowed ones: 1, 2`,
  ],
  [
    "a value that is too large",
    { n: { value: 3 } },
    { n: { type: "int", maxValue: 2 } },
    `${VALUE_OF} outside its maxValue 2`,
  ],
  [
    "a value that is too short",
    { n: { value: "" } },
    { n: { type: "string", minLength: 1 } },
    `${VALUE_OF} outside its minLength 1`,
  ],
  [
    "a secret of a vault",
    { n: { reference: { keyVault: { id: "/v" }, secretName: "s" } } },
    { n: { type: "string" } },
    "'reference' of the parameter 'n' is not served by the local Azure ML",
  ],
])("the template language refuses %s", async (_, parameters, declared, reason) => {
  expect(await refusal(tagged("x", parameters, declared))).toBe(invalid(reason));
});

describe("variables and outputs", () => {
  test("are evaluated, secure outputs without their value", async () => {
    const body = withMembers({
      variables: { name: "[concat(variables('base'), '1')]", base: "st" },
      outputs: {
        name: { type: "string", value: "[variables('name')]" },
        id: { type: "string", value: "[resourceId('Microsoft.Storage/storageAccounts', variables('name'))]" },
        other: { type: "string", value: "[resourceId('g2', 'A.B/c/d', 'x', 'y')]" },
        tags: { type: "object", value: { a: "[variables('base')]" } },
        secret: { type: "securestring", value: "kept" },
      },
    });
    await azure.operate("PUT", templatePath("outputs"), body);
    const { body: deployed } = await azure.arm("GET", templatePath("outputs"));
    const group = `/subscriptions/${azure.azure.subscriptionId}/resourceGroups`;
    expect(valueAt(deployed, "properties.outputs")).toEqual({
      name: { type: "String", value: "st1" },
      id: { type: "String", value: `${group}/heart/providers/Microsoft.Storage/storageAccounts/st1` },
      other: { type: "String", value: `${group}/g2/providers/A.B/c/x/d/y` },
      tags: { type: "Object", value: { a: "st" } },
      secret: { type: "SecureString" },
    });
  });

  test.each([
    [
      {
        variables: { a: "[variables('b')]", b: "[variables('a')]" },
        outputs: { o: { type: "string", value: "[variables('a')]" } },
      },
      "the template variable 'a' refers to itself",
    ],
    [{ variables: { copy: [] } }, "'copy' of variables is not served by the local Azure ML"],
    [{ outputs: { o: { type: "int", value: "1" } } }, "output 'o' is not of type 'int'"],
    [
      { outputs: { o: { type: "string", condition: false, value: "" } } },
      "'condition' of an output is not served by the local Azure ML",
    ],
    [{ functions: [] }, "'functions' is not served by the local Azure ML"],
  ])("of %j are refused", async (members, reason) => {
    expect(await refusal(withMembers(members))).toBe(invalid(reason));
  });
});

test.each(["condition", "copy", "scope"])(
  "the template language refuses '%s' of a resource, which it would not obey",
  async (key) => {
    const resource = { ...ENDPOINT_RESOURCE, ...endpointBody(), [key]: key === "copy" ? {} : false };
    expect(await refusal(templateBody([resource]))).toBe(
      invalid(`'${key}' of a resource is not served by the local Azure ML`),
    );
  },
);

test.each([
  [{ mode: "Complete" }, "Only the mode 'Incremental' is served by the local Azure ML."],
  [{ templateLink: { uri: "https://x" } }, "templateLink is not served by the local Azure ML."],
])("a deployment with %j is refused", async (properties, message) => {
  const body = templateBody([]) as { properties: object };
  expect(await refusal({ properties: { ...body.properties, ...properties } })).toBe(message);
});

test("a secure parameter is never answered", async () => {
  const body = tagged("x", { Secret: { value: "do-not-tell" } }, { secret: { type: "securestring" } });
  const put = await azure.arm("PUT", templatePath("secure"), body);
  await azure.finish(put);
  const answers = [put, await azure.arm("GET", templatePath("secure")), await azure.trace()];
  expect(JSON.stringify(answers)).not.toContain("do-not-tell");
});
