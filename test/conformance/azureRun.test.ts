import { afterAll, beforeAll, expect, test } from "vitest";
import { WORKSPACE, createWorkspace } from "../../driver/heartWorkspace";
import { TestAzure } from "../support/localAzure";
import { seededRandom } from "../../driver/scoring";
import { azureConnection } from "../../conformance/azureConnection";
import type { Transport } from "../../conformance/azureConnection";
import { trusting } from "../../conformance/localConnection";
import { runSemantics } from "../../conformance/runSemantics";
import { SEMANTICS } from "../../conformance/semantics/all";
import { createTarget, removeTarget } from "../../conformance/target/createTarget";

let azure: TestAzure;
beforeAll(async () => {
  azure = await TestAzure.start({ random: seededRandom(2026) });
  await createWorkspace(azure);
});
afterAll(() => azure.close());

/** The transport of a connection to Azure, in which the local one answers for management.azure.com. */
const transport: Transport = {
  fetch: async (url, { method = "GET", headers, body }) => {
    const address = url.replace("https://management.azure.com", azure.azure.url);
    const sent = { headers: headers as Record<string, string>, ...(body !== undefined && { body }) };
    const answer = await azure.send(method, address, sent);
    const text = typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
    const named = Object.entries(answer.headers).map(([name, value]): [string, string] => [name, String(value)]);
    return new Response(answer.status === 204 ? null : text, { status: answer.status, headers: named });
  },
  wait: (seconds) => azure.advance(seconds),
};

test("what is run on Azure runs through the connection to Azure and leaves nothing behind", async () => {
  const { subscriptionId, ca } = azure.azure;
  const place = {
    resourceGroup: "heart",
    workspace: WORKSPACE.split("/").at(-1) ?? "",
    instanceType: "Standard_DS2_v2",
  };
  const credential = { accessToken: await azure.token() };
  const connection = azureConnection({ subscriptionId, ...place, credential }, transport);

  const target = await createTarget({ ...connection, blobOptions: trusting(ca) }, "conformance-1a2b3c");
  const failures: string[] = [];
  let passed = 0;
  for await (const { semantic, failure } of runSemantics(target)) {
    if (failure === undefined) passed += 1;
    else failures.push(`${semantic.id}: ${failure}`);
  }
  expect(failures).toEqual([]);
  expect(passed).toBe(SEMANTICS.filter((semantic) => semantic.target === "any").length);
  expect(await removeTarget(target)).toEqual([]);
});
