import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createWorkspaceParts, GROUP, armIdOf, LOCATION, STORAGE, storageBody } from "../../../driver/heartWorkspace";
import { TestAzure, textAt, valueAt } from "../../support/localAzure";
import { IDENTITY, LOGS } from "../../support/served";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start();
  await createWorkspaceParts(azure);
  await azure.arm("PUT", IDENTITY, { location: LOCATION });
});
afterAll(() => azure.close());

const tags = (count: number, value = "v"): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, value]));
const TOO_LARGE = (what: string, name: string, most: number): string =>
  `Tag ${what} too large. Following tag ${what} '${name}' exceeded the maximum length. Maximum allowed length for tag ${what} - '${most}' characters.`;

describe("a write is refused by Azure Resource Manager itself", () => {
  test.each<[string, object, string, string]>([
    [
      "an unknown member",
      { location: LOCATION, traffic: {} },
      "InvalidRequestContent",
      "The request content was invalid and could not be deserialized: 'Could not find member 'traffic' on object of type 'ResourceDefinition'. Path 'traffic', line 1, position 1.'.",
    ],
    ["no location", {}, "LocationRequired", "The location property is required for this definition."],
    [
      "a location of another form",
      { location: "eu/west" },
      "LocationNotAvailableForResourceType",
      "The provided location 'eu/west' is not available.",
    ],
    [
      "a location that is no text",
      { location: 1 },
      "LocationNotAvailableForResourceType",
      "The provided location '1' is not available.",
    ],
    [
      "tags that are no object",
      { location: LOCATION, tags: ["a"] },
      "InvalidTags",
      "The tags must be an object whose values are text.",
    ],
    [
      "a tag that is no text",
      { location: LOCATION, tags: { a: 1 } },
      "InvalidTags",
      "The value of tag 'a' must be text.",
    ],
    ["51 tags", { location: LOCATION, tags: tags(51) }, "TooManyTags", "A resource has at most 50 tags, got 51."],
    [
      "a tag name with a slash",
      { location: LOCATION, tags: { "a/b": "" } },
      "InvalidTagNameCharacters",
      "The tag names 'a/b' have reserved characters '<,>,%,&,\\,?,/' or control characters.",
    ],
    [
      "a tag name of 513 characters",
      { location: LOCATION, tags: { ["n".repeat(513)]: "" } },
      "InvalidTagNameLength",
      TOO_LARGE("name", "n".repeat(513), 512),
    ],
    [
      "a tag value of 257 characters",
      { location: LOCATION, tags: tags(1, "v".repeat(257)) },
      "InvalidTagValueLength",
      TOO_LARGE("value", "v".repeat(257), 256),
    ],
  ])("with %s", async (_, body, code, message) => {
    expect(await azure.arm("PUT", LOGS, body)).toMatchObject({ status: 400, body: { error: { code, message } } });
    expect((await azure.arm("GET", LOGS)).status).toBe(404);
  });

  test("when it is larger than 4 MB", async () => {
    const body = { location: LOCATION, properties: { text: "x".repeat(4 * 1024 * 1024) } };
    expect(await azure.arm("PUT", LOGS, body)).toMatchObject({
      status: 413,
      body: { error: { code: "RequestContentTooLarge" } },
    });
  });

  test("in a group that is being deleted", async () => {
    await azure.arm("PUT", "resourceGroups/leaving", { location: LOCATION });
    const deleted = await azure.arm("DELETE", "resourceGroups/leaving");
    expect(await azure.arm("PUT", LOGS.replace(GROUP, "resourceGroups/leaving"), { location: LOCATION })).toMatchObject(
      {
        status: 409,
        body: { error: { code: "ResourceGroupBeingDeleted" } },
      },
    );
    expect((await azure.arm("DELETE", "resourceGroups/leaving")).headers.location).toBe(deleted.headers.location);
    await azure.finish(deleted);
    expect(await azure.arm("PUT", "resourceGroups/leaving", { location: LOCATION })).toMatchObject({ status: 201 });
  });
});

test("50 tags with values of 256 characters are taken", async () => {
  const given = tags(50, "v".repeat(256));
  expect(await azure.arm("PUT", LOGS, { location: LOCATION, tags: given })).toMatchObject({ body: { tags: given } });
});

describe("the identity of a resource", () => {
  const write = (identity: object | undefined) =>
    azure.arm("PUT", STORAGE, { ...storageBody(), ...(identity && { identity }) });

  test("that the system assigns has a principal, which it keeps", async () => {
    const { body } = await write({ type: "SystemAssigned" });
    const principal = textAt(body, "identity.principalId");
    expect(valueAt(body, "identity")).toEqual({
      type: "SystemAssigned",
      principalId: principal,
      tenantId: azure.azure.tenantId,
    });
    expect(valueAt((await write({ type: "SystemAssigned" })).body, "identity.principalId")).toBe(principal);
    expect(valueAt((await write(undefined)).body, "identity.principalId")).toBe(principal);
  });

  test("that a user assigns is answered with its own ids", async () => {
    const id = armIdOf(azure, IDENTITY);
    const { body } = await write({ type: "UserAssigned", userAssignedIdentities: { [id]: {} } });
    const { principalId, clientId } = valueAt((await azure.arm("GET", IDENTITY)).body, "properties") as Record<
      string,
      string
    >;
    expect(valueAt(body, "identity")).toEqual({
      type: "UserAssigned",
      userAssignedIdentities: { [id]: { principalId, clientId } },
    });
  });

  test.each<[object, string]>([
    [{ type: "Assigned" }, "InvalidRequestContent"],
    [{ type: "UserAssigned" }, "InvalidIdentityValues"],
    [{ type: "SystemAssigned", userAssignedIdentities: { "/x": {} } }, "InvalidIdentityValues"],
    [{ type: "UserAssigned", userAssignedIdentities: { "/x": {} } }, "FailedIdentityOperation"],
  ])("%j is refused", async (identity, code) => {
    expect(await write(identity)).toMatchObject({ status: 400, body: { error: { code } } });
  });
});
