import { expect, test } from "vitest";
import { parseEndpointId } from "../../../components/azure/ids";

const EXPECTED = { resourceGroupName: "rg-heart", workspaceName: "ws-1", endpointName: "heart" };

test.each([
  "/subscriptions/s/resourceGroups/rg-heart/providers/Microsoft.MachineLearningServices/workspaces/ws-1/onlineEndpoints/heart",
  "/subscriptions/s/resourcegroups/rg-heart/providers/microsoft.machinelearningservices/Workspaces/ws-1/onlineendpoints/heart",
])("an endpoint's path is read from its id in any case: %s", (id) => {
  expect(parseEndpointId(id)).toEqual(EXPECTED);
});
