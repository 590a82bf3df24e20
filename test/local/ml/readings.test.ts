import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as heart from "../../../driver/heartWorkspace";
import { TestAzure, valueAt } from "../../support/localAzure";
import { IDENTITY } from "../../support/served";

const { deploymentBody, ENDPOINT, endpointBody, GROUP, armIdOf, LOCATION, STORAGE, WORKSPACE } = heart;
const BLUE = `${ENDPOINT}/deployments/blue`;
const GREEN = `${ENDPOINT}/deployments/green`;
const READER = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";

let azure: TestAzure;
afterAll(() => azure.close());
const stateOf = async (path: string) => valueAt((await azure.arm("GET", path)).body, "properties.provisioningState");

describe("where a failed deployment stays", () => {
  beforeAll(async () => {
    azure = await TestAzure.start({ failedDeploymentStays: true });
    await heart.createWorkspace(azure);
    await heart.registerModel(azure, "1", "blue");
    await heart.registerModel(azure, "2", "green", ["model.onnx"]);
    await azure.operate("PUT", ENDPOINT, endpointBody());
    await azure.operate("PUT", GREEN, deploymentBody(azure, "2"));
  });

  test("a PUT is refused, and starts it anew after a delete", async () => {
    expect(await stateOf(GREEN)).toBe("Failed");
    const refused = await azure.arm("PUT", GREEN, deploymentBody(azure, "1"));
    expect(refused).toMatchObject({ status: 400, body: { error: { code: "BadRequest" } } });
    expect(await stateOf(GREEN)).toBe("Failed");
    await azure.operate("DELETE", GREEN);
    await azure.operate("PUT", GREEN, deploymentBody(azure, "1"));
    expect(await stateOf(GREEN)).toBe("Succeeded");
  });
});

describe("where datastores need a role", () => {
  beforeAll(async () => {
    await azure.close();
    azure = await TestAzure.start({ datastoresNeedRole: true });
    await heart.createWorkspace(azure);
    await heart.registerModel(azure, "1", "blue");
    await azure.operate("PUT", ENDPOINT, endpointBody());
  });

  test("a model of the default datastore is read by a system-assigned identity", async () => {
    await azure.operate("PUT", BLUE, deploymentBody(azure, "1"));
    expect(await stateOf(BLUE)).toBe("Succeeded");
  });

  test("a model of another datastore is not", async () => {
    const credentials = { credentialsType: "None" };
    const properties = {
      datastoreType: "AzureBlob",
      accountName: "heartstorage",
      containerName: "models",
      credentials,
    };
    await azure.arm("PUT", `${WORKSPACE}/datastores/models`, { properties });
    const modelUri = `azureml:/${armIdOf(azure, GROUP)}/workspaces/heart/datastores/models/paths/models/1`;
    await azure.arm("PUT", `${WORKSPACE}/models/heart-classifier/versions/3`, {
      properties: { modelType: "mlflow_model", modelUri },
    });
    const end = await azure.operate("PUT", GREEN, deploymentBody(azure, "3"));
    expect(valueAt(end.body, "error.code")).toBe("BadArgument");
    expect(valueAt(end.body, "error.message")).toContain("Storage Blob Data Reader");
    expect(await stateOf(GREEN)).toBe("Failed");
  });

  test("a user-assigned identity needs the role at the storage account or above", async () => {
    await azure.arm("PUT", IDENTITY, { location: LOCATION });
    const other = `${WORKSPACE}/onlineEndpoints/heart-user`;
    const identity = { type: "UserAssigned", userAssignedIdentities: { [armIdOf(azure, IDENTITY)]: {} } };
    await azure.operate("PUT", other, { ...endpointBody(), identity });
    await azure.operate("PUT", `${other}/deployments/blue`, deploymentBody(azure, "1"));
    expect(await stateOf(`${other}/deployments/blue`)).toBe("Failed");
    const { body } = await azure.arm("GET", IDENTITY);
    const roleDefinitionId = armIdOf(azure, `providers/Microsoft.Authorization/roleDefinitions/${READER}`);
    const role = `${STORAGE}/providers/Microsoft.Authorization/roleAssignments/00000000-0000-4000-8000-000000000002`;
    const assigned = { properties: { roleDefinitionId, principalId: valueAt(body, "properties.principalId") } };
    expect((await azure.arm("PUT", role, assigned)).status).toBe(201);
    await azure.operate("PUT", `${other}/deployments/blue`, deploymentBody(azure, "1"));
    expect(await stateOf(`${other}/deployments/blue`)).toBe("Succeeded");
  });
});
