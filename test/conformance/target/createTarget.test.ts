import { afterAll, beforeAll, expect, test } from "vitest";
import { TestAzure, valueAt } from "../../support/localAzure";
import { EndpointClient } from "../../../conformance/target/endpointClient";
import type { Connection } from "../../../conformance/target/connection";
import { localConnection } from "../../../conformance/localConnection";
import { Target } from "../../../conformance/target/target";
import { createTarget, removeTarget } from "../../../conformance/target/createTarget";

let azure: TestAzure;
let connection: Connection;
beforeAll(async () => {
  azure = await TestAzure.start();
  connection = await localConnection(azure);
});
afterAll(() => azure.close());

/** Ids of the resources of the workspace, but for what came with it. */
async function made(): Promise<readonly string[]> {
  const { body } = await azure.send("GET", "/_local/state");
  const ids = (valueAt(body, "resources") as readonly { id: string }[]).map(({ id }) => id);
  return ids.filter((id) => /conformance/.test(id));
}

test("what was made is removed, the endpoints of semantics too", async () => {
  const target = await createTarget(connection, "conformance");
  await target.succeed("PUT", target.spareEndpoint(), target.endpointBody());
  expect(await made()).toHaveLength(7);
  expect(await removeTarget(target)).toEqual([]);
  expect(await made()).toEqual([]);
});

test("what was made until something failed is removed, and the reason told", async () => {
  const refusal = { status: 400, headers: {}, body: { error: { code: "OutOfQuota", message: "no cores left" } } };
  const send: Connection["send"] = (method, url, sent) =>
    method === "PUT" && /deployments\/green/.test(url) ? Promise.resolve(refusal) : connection.send(method, url, sent);
  await expect(createTarget({ ...connection, send }, "conformance")).rejects.toThrow(/OutOfQuota.*no cores left/);
  expect(await made()).toEqual([]);
});

test("what cannot be removed is told", async () => {
  const target = await createTarget(connection, "conformance");
  const send: Connection["send"] = (method, url, sent) =>
    method === "DELETE" && /versions\/2/.test(url)
      ? Promise.resolve({ status: 409, headers: {}, body: "in use" })
      : connection.send(method, url, sent);
  const stuck = new Target(new EndpointClient({ ...connection, send }, target.name, target.location), target.creation);
  expect(await removeTarget(stuck)).toEqual([
    expect.stringMatching(/versions\/2: Error: DELETE .* is still answered 409 after 90 minutes: "in use"$/),
  ]);
  expect(await removeTarget(target)).toEqual([]);
});

test("a workspace that is not there is told at once", async () => {
  const workspace = `${connection.workspace}-absent`;
  await expect(createTarget({ ...connection, workspace }, "conformance")).rejects.toThrow(/-absent is answered 404/);
});
