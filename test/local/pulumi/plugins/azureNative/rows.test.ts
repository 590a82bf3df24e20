import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { autoName } from "../../../../../local/src/pulumi/plugins/azureNative/check";
import {
  mergeDrift,
  withoutSubResources,
  writableInputs,
} from "../../../../../local/src/pulumi/plugins/azureNative/drift";
import {
  argumentsOfId,
  isReplacing,
  outputsAsArguments,
  pathArguments,
  resourceId,
  resourceType,
  toBody,
  toOutputs,
  TYPES,
} from "../../../../../local/src/pulumi/plugins/azureNative/rows/resourceTypes";
import { ROWS } from "../../../../support/azureNativeRows";

const typed = (type: string) => resourceType(`azure-native:${type}`);
const SEED = Uint8Array.from({ length: 32 }, (_, index) => index + 1);

test("each type has a row here", () => {
  expect(ROWS.map(({ type }) => type).toSorted()).toEqual(Object.keys(TYPES).toSorted());
});

describe.each(ROWS)("$type", ({ type, args, path, body }) => {
  const definition = typed(type);
  const id = `/subscriptions/s${path}`;

  test("is written at its path with the body that Azure takes", () => {
    expect(resourceId(definition, "s", args)).toBe(id);
    expect(toBody(definition, args)).toEqual(body);
  });

  test("is read back as the arguments that it was written with", () => {
    const read = outputsAsArguments(definition, toOutputs(definition, { ...(body as object), id }));
    const names = argumentsOfId(definition, id);
    const scope = pathArguments(definition)[0] ?? "";
    const slashed =
      typeof args[scope] === "string" && id.startsWith(`/${args[scope]}`) ? { [scope]: `/${args[scope]}` } : {};
    expect({ ...writableInputs(definition, read), ...names }).toEqual({ ...args, ...slashed });
  });

  test("has the API version and the path arguments of the package", () => {
    const [module = "", name = ""] = type.split(":");
    const root = dirname(require.resolve("@pulumi/azure-native/package.json"));
    const declaration = readFileSync(
      join(root, module, `${name[0]?.toLowerCase() ?? ""}${name.slice(1)}.d.ts`),
      "utf8",
    );
    expect(declaration).toContain(`Uses Azure REST API version ${definition.apiVersion}.`);
    const [, given = ""] = declaration.split(`export interface ${name}Args {`);
    for (const argument of Object.keys(args)) expect(given).toMatch(new RegExp(`^ {4}${argument}\\??:`, "m"));
  });
});

describe("a name that is not given", () => {
  test.each([
    ["authorization:RoleAssignment", "01020304-0506-4708-890a-0b0c0d0e0f10", true],
    ["monitor:AutoscaleSetting", "scale01020304", true],
    ["monitor:DiagnosticSetting", "scale01020304", true],
    ["resources:ResourceGroup", "scale01020304", true],
    ["machinelearningservices:OnlineEndpoint", "scale01020304", true],
    ["machinelearningservices:OnlineDeployment", "scale", false],
    ["network:Subnet", "scale", false],
    ["keyvault:Secret", "scale", false],
    ["storage:StorageAccount", "scale01020304", true],
  ])("of %s is %s", (type, value, isRandom) => {
    expect(autoName(typed(type), "scale", SEED)).toEqual({ value, isRandom });
  });
});

describe("a change replaces", () => {
  test.each([
    ["authorization:RoleAssignment", "principalId", true],
    ["authorization:RoleAssignment", "scope", true],
    ["authorization:RoleAssignment", "description", false],
    ["network:PrivateEndpoint", "subnet.id", true],
    ["network:PrivateEndpoint", "subnets", false],
    ["machinelearningservices:OnlineEndpoint", "properties.keys.primaryKey", true],
    ["machinelearningservices:OnlineEndpoint", "properties.authMode", false],
    ["machinelearningservices:OnlineDeployment", "properties.instanceType", false],
    ["monitor:AutoscaleSetting", "targetResourceUri", false],
  ])("%s by %s: %s", (type, path, replaces) => {
    expect(isReplacing(typed(type), path)).toBe(replaces);
  });
});

test("a subnet that stands by itself is no drift of its network, one that the network names is", () => {
  const network = typed("network:VirtualNetwork");
  const drift = (inputs: object) => {
    const [before, after] = [{ subnets: [] }, { subnets: [{ name: "s" }] }].map((outputs) =>
      withoutSubResources(network, { ...inputs }, outputs),
    );
    return mergeDrift({ ...inputs }, before ?? {}, after ?? {});
  };
  expect(drift({ location: "x" })).toEqual({ location: "x" });
  expect(drift({ subnets: [] })).toEqual({ subnets: [{ name: "s" }] });
});
