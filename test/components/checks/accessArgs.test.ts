import * as pulumi from "@pulumi/pulumi";
import { describe, expect, test } from "vitest";
import { problemsWith } from "../../support/checkedArgs";

const GROUP = "/subscriptions/s/resourceGroups/rg/providers";
const VAULT = `${GROUP}/Microsoft.KeyVault/vaults/kv`;
const IDENTITY = `${GROUP}/Microsoft.ManagedIdentity/userAssignedIdentities/scorer`;
const COMPUTE = `${GROUP}/Microsoft.MachineLearningServices/workspaces/mlw/computes/aks`;
const PRINCIPAL = "11111111-2222-4333-8444-555555555555";

test("access as production has it is taken, with ids that are not known yet", () => {
  const later = pulumi.output("later");
  expect(
    problemsWith({
      authMode: "Key",
      managedIdentities: { systemAssigned: false, userAssignedResourceIds: [IDENTITY, later] },
      identityRoles: { principalId: later, containerRegistryResourceId: later },
      roleAssignments: {
        app: { principalId: later, principalType: "ServicePrincipal" },
        "on-call": { principalId: PRINCIPAL, roleDefinitionIdOrName: "Reader", description: "Sees it" },
        own: { principalId: PRINCIPAL, roleDefinitionIdOrName: PRINCIPAL },
        output: { principalId: PRINCIPAL, roleDefinitionIdOrName: later },
      },
      keySecret: { keyVaultResourceId: later, secretName: later, keyType: "Secondary" },
    }),
  ).toEqual([]);
});

describe("identity and roles", () => {
  test.each<[object, readonly string[]]>([
    [
      { managedIdentities: { systemAssigned: false } },
      ["managedIdentities: leaves the endpoint without an identity; add one to userAssignedResourceIds"],
    ],
    [
      { managedIdentities: { userAssignedResourceIds: ["scorer"] } },
      ['managedIdentities.userAssignedResourceIds.0: must be the ARM id of a user-assigned identity, got "scorer"'],
    ],
    [
      { identityRoles: { principalId: PRINCIPAL } },
      [
        "identityRoles: has no effect without managedIdentities.userAssignedResourceIds: Azure gives a system-assigned identity its roles; remove it",
      ],
    ],
    [
      {
        managedIdentities: { userAssignedResourceIds: [IDENTITY] },
        identityRoles: { containerRegistryResourceId: "cr" },
      },
      [
        "identityRoles.principalId: is missing; give the object id of the principal in Entra",
        'identityRoles.containerRegistryResourceId: must be the ARM id of a container registry, got "cr"',
      ],
    ],
    [
      {
        roleAssignments: {
          "a b": { principalId: PRINCIPAL },
          app: { principalId: "app", principalType: "Robot", roleDefinitionIdOrName: "Scorer", colour: 1 },
          nobody: null,
        },
      },
      [
        "roleAssignments.a b: is not a valid name; use 1 to 64 letters, digits, dashes, dots and underscores",
        "roleAssignments.app.colour: no such setting; use principalId, principalType, roleDefinitionIdOrName, description",
        'roleAssignments.app.principalId: must be a GUID, got "app"; give the object id of the principal in Entra',
        'roleAssignments.app.principalType: must be one of User, Group, ServicePrincipal, got "Robot"',
        'roleAssignments.app.roleDefinitionIdOrName: must be one of AzureML Data Scientist, Contributor, Owner, Reader, or the GUID or ARM id of a role, got "Scorer"',
        "roleAssignments.nobody: must be { principalId, principalType, roleDefinitionIdOrName, description }, got null",
      ],
    ],
  ])("%j is refused", (change, lines) => {
    expect(problemsWith({ ...change })).toEqual(lines);
  });
});

describe("credentials", () => {
  test.each<[object, string]>([
    [{ authMode: "Cookie" }, 'authMode: must be one of AADToken, Key, AMLToken, got "Cookie"'],
    [
      { compute: COMPUTE, authMode: "AADToken" },
      'authMode: "AADToken" is for managed endpoints; use AMLToken or Key on Kubernetes',
    ],
    [{ keySecret: { keyVaultResourceId: VAULT } }, "keySecret: holds a key, and authMode is AADToken; use Key"],
    [
      { compute: COMPUTE, keySecret: { keyVaultResourceId: VAULT } },
      "keySecret: holds a key, and authMode is AMLToken; use Key",
    ],
    [{ authMode: "Key", keySecret: {} }, "keySecret.keyVaultResourceId: is missing; give the ARM id of the key vault"],
    [
      { authMode: "Key", keySecret: { keyVaultResourceId: VAULT, secretName: "a_b" } },
      'keySecret.secretName: must be 1 to 127 letters, digits and dashes, got "a_b"',
    ],
    [
      { authMode: "Key", keySecret: { keyVaultResourceId: VAULT, keyType: "First" } },
      'keySecret.keyType: must be one of Primary, Secondary, got "First"',
    ],
  ])("%j is refused", (change, line) => {
    expect(problemsWith({ ...change })).toEqual([line]);
  });
});

test.each([
  ["roleAssignments", { roleAssignments: pulumi.output({}) }],
  ["identityRoles", { identityRoles: pulumi.output({}) }],
  [
    "keySecret.keyType",
    { authMode: "Key", keySecret: { keyVaultResourceId: VAULT, keyType: pulumi.output("Primary") } },
  ],
  ["managedIdentities.systemAssigned", { managedIdentities: { systemAssigned: pulumi.output(true) } }],
])("%s decides what is declared and cannot be an output", (path, change) => {
  expect(problemsWith(change)).toEqual([
    `${path}: must be a plain value, got an output; take it from stack config or write it in the program`,
  ]);
});
