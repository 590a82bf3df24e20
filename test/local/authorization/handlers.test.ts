import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspaceParts, GROUP, armIdOf, LOCATION, STORAGE } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { IDENTITY } from "../../support/served";

let azure: TestAzure;
let scorer: string;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  const { body } = await azure.arm("PUT", IDENTITY, { location: LOCATION });
  scorer = textAt(body, "properties.principalId");
});
afterAll(() => azure.close());

const READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const PULL = "7f951dda-4ed3-4680-a7ca-43fe172d538d";
const guid = (digit: number): string => `00000000-0000-4000-8000-00000000000${digit}`;
const assignments = (scope: string): string => `${scope}/providers/Microsoft.Authorization/roleAssignments`;
const body = (role: string, principalId: string, others: object = {}): object => ({
  properties: {
    roleDefinitionId: armIdOf(azure, `providers/Microsoft.Authorization/roleDefinitions/${role}`),
    principalId,
    ...others,
  },
});
const error = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });

test("a role is assigned at a resource, a group or the subscription, and read there", async () => {
  for (const [index, scope] of [STORAGE, GROUP].entries()) {
    const path = `${assignments(scope)}/${guid(index)}`;
    expect(await azure.arm("PUT", path, body(READER, scorer))).toMatchObject({
      status: 201,
      body: {
        id: armIdOf(azure, path),
        name: guid(index),
        type: "Microsoft.Authorization/roleAssignments",
        properties: { principalId: scorer, principalType: "ServicePrincipal", scope: armIdOf(azure, scope) },
      },
    });
    expect(await azure.arm("GET", path)).toMatchObject({ status: 200, body: { name: guid(index) } });
  }
  const top = `providers/Microsoft.Authorization/roleAssignments/${guid(2)}`;
  expect(await azure.arm("PUT", top, body(PULL, guid(9)))).toMatchObject({
    body: { properties: { principalType: "User" } },
  });
});

describe("a list of assignments", () => {
  const names = async (scope: string, filter = ""): Promise<unknown> => {
    const query = filter === "" ? "" : `?$filter=${encodeURIComponent(filter)}`;
    const { body: list } = await azure.arm("GET", `${assignments(scope)}${query}`);
    return (valueAt(list, "value") as readonly { readonly name: string }[])
      .map(({ name }) => Number(name.at(-1)))
      .toSorted((a, b) => a - b)
      .join("");
  };

  test.each([
    ["at, above and below a group", GROUP, "", "012"],
    ["at and above a resource", STORAGE, "", "012"],
    ["at and above a group", GROUP, "atScope()", "12"],
    ["of a principal", GROUP, `principalId eq '${guid(9)}'`, "2"],
    ["of what a principal may", GROUP, `assignedTo('${guid(9)}')`, "2"],
    ["above another resource", IDENTITY, "", "12"],
  ])("shows those %s", async (_, scope, filter, expected) => {
    expect(await names(scope, filter)).toBe(expected);
  });

  test("with another filter is refused", async () => {
    expect(await azure.arm("GET", `${assignments(GROUP)}?$filter=x`)).toMatchObject({
      status: 400,
      body: { error: { code: "UnsupportedQuery" } },
    });
  });
});

describe("an assignment", () => {
  const path = (digit: number): string => `${assignments(STORAGE)}/${guid(digit)}`;

  test("is written again as it is, and changes its description only", async () => {
    expect(await azure.arm("PUT", path(0), body(READER, scorer, { description: "new" }))).toMatchObject({
      status: 200,
      body: { properties: { description: "new" } },
    });
    for (const changed of [body(PULL, scorer), body(READER, guid(9))]) {
      expect(await azure.arm("PUT", path(0), changed)).toMatchObject(
        error(
          400,
          "RoleAssignmentUpdateNotPermitted",
          "Tenant ID, application ID, principal ID, and scope are not allowed to be updated.",
        ),
      );
    }
  });

  test("exists once under whatever name", async () => {
    const id = guid(0).replaceAll("-", "");
    expect(await azure.arm("PUT", path(5), body(READER, scorer))).toMatchObject(
      error(
        409,
        "RoleAssignmentExists",
        `The role assignment already exists. The ID of the conflicting role assignment is ${id}.`,
      ),
    );
  });

  test("is deleted with what it was, then with nothing", async () => {
    expect(await azure.arm("DELETE", path(0))).toMatchObject({ status: 200, body: { name: guid(0) } });
    expect((await azure.arm("DELETE", path(0))).status).toBe(204);
    expect(await azure.arm("GET", path(0))).toMatchObject(
      error(404, "RoleAssignmentNotFound", `The role assignment '${guid(0)}' is not found.`),
    );
  });

  test.each<[string, string, () => object, string, string]>([
    [
      "with another name than a GUID",
      "reader",
      () => body(READER, scorer),
      "InvalidRoleAssignmentId",
      "The role assignment ID 'reader' is not valid. Role assignment ID must be a GUID.",
    ],
    [
      "to no GUID",
      guid(6),
      () => body(READER, "me"),
      "InvalidPrincipalId",
      "The Principal ID 'me' is not valid. Principal ID must be a GUID.",
    ],
    [
      "of the name of a role",
      guid(6),
      () => body("Reader", scorer),
      "InvalidRoleDefinitionId",
      "is not valid. Role definition ID must be a GUID.",
    ],
    [
      "of nothing",
      guid(6),
      () => ({ properties: {} }),
      "InvalidRequestContent",
      "Required properties are missing: properties.roleDefinitionId, properties.principalId.",
    ],
    [
      "to an unknown kind of principal",
      guid(6),
      () => body(READER, scorer, { principalType: "Robot" }),
      "InvalidPrincipalType",
      "principalType must be one of User, Group, ServicePrincipal, ForeignGroup, Device.",
    ],
  ])("%s is refused", async (_, name, given, code, message) => {
    const answer = await azure.arm("PUT", `${assignments(STORAGE)}/${name}`, given());
    expect(answer).toMatchObject({ status: 400, body: { error: { code } } });
    expect(textAt(answer.body, "error.message")).toContain(message);
  });
});

describe("role definitions", () => {
  const definitions = "providers/Microsoft.Authorization/roleDefinitions";

  test("are found by id, with or without a subscription, and by name", async () => {
    const found = { body: { name: READER, properties: { roleName: "Storage Blob Data Reader", type: "BuiltInRole" } } };
    expect(await azure.arm("GET", `${definitions}/${READER}`)).toMatchObject(found);
    expect(await azure.arm("GET", `/${definitions}/${READER}`)).toMatchObject(found);
    const filter = encodeURIComponent("roleName eq 'Storage Blob Data Reader'");
    expect(await azure.arm("GET", `${STORAGE}/${definitions}?$filter=${filter}`)).toMatchObject({
      body: { value: [found.body] },
    });
  });

  test("that are not there are an error", async () => {
    expect(await azure.arm("GET", `${definitions}/${guid(1)}`)).toMatchObject({
      status: 404,
      body: { error: { code: "RoleDefinitionDoesNotExist" } },
    });
  });
});
