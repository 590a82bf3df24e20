import { once } from "node:events";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { PluginInfo } from "@pulumi/pulumi/proto/plugin_pb";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { afterEach, expect, test } from "vitest";
import { serveAttached } from "../../../../local/src/pulumi/plugins/attachedPlugin";
import type { AttachedPlugin } from "../../../../local/src/pulumi/plugins/attachedPlugin";
import { providerService } from "../../../../local/src/pulumi/plugins/providerServer";
import { random } from "../../../../local/src/pulumi/plugins/random";

let served: AttachedPlugin;
const made: AbortSignal[] = [];
afterEach(() => {
  made.length = 0;
  served.close();
});

async function serve(): Promise<void> {
  served = await serveAttached((gone) => providerService({ ...random, version: `1.0.${made.push(gone)}` }));
}

/** An engine that attaches: the version that its provider says. */
async function attach(): Promise<{ client: ResourceProviderClient; version(): Promise<string> }> {
  const options = { "grpc.use_local_subchannel_pool": 1 };
  const client = new ResourceProviderClient(`127.0.0.1:${served.port}`, credentials.createInsecure(), options);
  const getPluginInfo = promisify<Empty, PluginInfo>(client.getPluginInfo.bind(client));
  return { client, version: async () => (await getPluginInfo(new Empty())).getVersion() };
}

test("each connection has a provider of its own", async () => {
  await serve();
  const [one, other] = [await attach(), await attach()];
  expect(await one.version()).toBe("1.0.1");
  expect(await other.version()).toBe("1.0.2");
  expect(await one.version()).toBe("1.0.1");
  for (const { client } of [one, other]) client.close();
});

test("a provider hears that its engine has gone, and another one does not", async () => {
  await serve();
  const [one, other] = [await attach(), await attach()];
  await one.version();
  await other.version();
  const [first, second] = made;
  one.client.close();
  if (first?.aborted === false) await once(first, "abort");
  expect([first?.aborted, second?.aborted]).toEqual([true, false]);
  expect(await other.version()).toBe("1.0.2");
  other.client.close();
});
