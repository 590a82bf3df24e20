import { afterEach, describe, expect, test } from "vitest";
import { createWorkspaceParts, ENDPOINT, endpointBody, WORKSPACE, workspaceBody } from "../../../driver/heartWorkspace";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../../driver/azureClient";

let azure: AzureClient;
afterEach(() => azure.close());

/** `Retry-After` of what starts and watches the making of a workspace and an endpoint. */
async function waits(): Promise<readonly unknown[]> {
  await createWorkspaceParts(azure);
  const workspace = await azure.arm("PUT", WORKSPACE, workspaceBody(azure));
  const look = await azure.arm("GET", String(workspace.headers.location));
  await azure.finish(workspace);
  const endpoint = await azure.arm("PUT", ENDPOINT, endpointBody());
  const running = await azure.arm("GET", String(endpoint.headers["azure-asyncoperation"]));
  await azure.finish(endpoint);
  const ended = await azure.arm("GET", String(endpoint.headers["azure-asyncoperation"]));
  return [workspace, look, endpoint, running, ended].map(({ headers }) => headers["retry-after"]);
}

describe("Retry-After of operations", () => {
  test.each([
    ["is sent as Azure sends it", undefined, ["1", "1", undefined, undefined, undefined]],
    ["is sent with all that is under way", 7, ["7", "7", "7", "7", undefined]],
    ["is kept away", "none" as const, [undefined, undefined, undefined, undefined, undefined]],
  ])("%s", async (_, retryAfter, expected) => {
    // Not observed: the specification asks for at least 10 s with workspaces.
    azure = new AzureClient(await startLocalAzure(retryAfter === undefined ? {} : { retryAfter }));
    await azure.clock({ freeze: true });
    expect(await waits()).toEqual(expected);
  });
});
