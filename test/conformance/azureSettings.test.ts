import { expect, test } from "vitest";
import { costNotice, readAzureSettings } from "../../conformance/azureSettings";

const PLACE = {
  AZURE_SUBSCRIPTION_ID: "sub",
  CONFORMANCE_RESOURCE_GROUP: "rg-heart",
  CONFORMANCE_WORKSPACE: "mlw-heart",
};
const APPLICATION = { AZURE_TENANT_ID: "tenant", AZURE_CLIENT_ID: "client", AZURE_CLIENT_SECRET: "secret" };

test("an application signs in", () => {
  expect(readAzureSettings({ ...PLACE, ...APPLICATION })).toEqual({
    subscriptionId: "sub",
    resourceGroup: "rg-heart",
    workspace: "mlw-heart",
    instanceType: "Standard_DS2_v2",
    credential: { tenantId: "tenant", clientId: "client", clientSecret: "secret" },
  });
});

test("a token takes the place of the application", () => {
  const environment = { ...PLACE, AZURE_ACCESS_TOKEN: "ey", CONFORMANCE_INSTANCE_TYPE: "Standard_F2s_v2" };
  expect(readAzureSettings(environment)).toMatchObject({
    instanceType: "Standard_F2s_v2",
    credential: { accessToken: "ey" },
  });
});

test("all that is missing is told at once", () => {
  const environment = { ...PLACE, CONFORMANCE_WORKSPACE: "", AZURE_TENANT_ID: "tenant", AZURE_CLIENT_SECRET: "secret" };
  expect(() => readAzureSettings(environment)).toThrow(
    new Error(
      [
        "TARGET=azure needs variables that are not set:",
        "  CONFORMANCE_WORKSPACE: the name of an Azure ML workspace whose default datastore has an account key",
        "  AZURE_CLIENT_ID: the application",
      ].join("\n"),
    ),
  );
  expect(() => readAzureSettings({})).toThrow(
    "  AZURE_TENANT_ID: the tenant of the application that signs in, or set AZURE_ACCESS_TOKEN in place of all three",
  );
});

test("what a run costs is said in words, with the names", () => {
  const notice = costNotice(readAzureSettings({ ...PLACE, AZURE_ACCESS_TOKEN: "ey" }));
  expect(notice).toContain("two deployments, of one Standard_DS2_v2 instance each, in workspace mlw-heart,");
});
