import { readFileSync } from "node:fs";
import type { StoragePipelineOptions } from "@azure/storage-blob";
import type { AzureClient } from "../driver/azureClient";
import { WORKSPACE, createWorkspace, armIdOf } from "../driver/heartWorkspace";
import type { Connection } from "./target/connection";

/** Options of a blob client that trusts the certificate of a local Azure. */
export function trusting(ca: string): StoragePipelineOptions {
  // The client's pipeline accepts this, though its type does not list it.
  const trust = { tlsOptions: { ca: readFileSync(ca) } };
  return { ...trust, retryOptions: { maxTries: 1 } };
}

/** A new workspace in a local Azure; time passes on its virtual clock, which must be frozen. */
export async function localConnection(client: AzureClient): Promise<Connection> {
  await createWorkspace(client);
  const { url, ca } = client.azure;
  let token: Promise<string> | undefined;
  return {
    resourceManager: url,
    workspace: armIdOf(client, WORKSPACE),
    instanceType: "Standard_DS3_v2",
    pollSeconds: 60,
    settleSeconds: 0,
    blobOptions: trusting(ca),
    send: (method, address, sent) => client.send(method, address, sent),
    token: () => (token ??= client.token()),
    wait: async (seconds) => {
      if (seconds > 0) await client.advance(seconds);
    },
  };
}
