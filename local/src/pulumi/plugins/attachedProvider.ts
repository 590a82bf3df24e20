import { setMaxListeners } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { ANY_SIZE } from "./grpcServer";
import type { Provider } from "./provider";
import { implementation } from "./providerServer";

/** Makes a provider. @param gone - aborted when the engine has gone */
export type MakeProvider = (gone: AbortSignal) => Provider;

/** A provider that engines attach to, as `PULUMI_DEBUG_PROVIDERS` has them do, in place of a process that each one starts. */
export interface AttachedProvider {
  readonly port: number;
  /** Ends the connections too. */
  close(): void;
}

/**
 * Serves a provider in this process. An engine opens a connection for each provider resource of its program, and
 * configures it: each connection has a provider of its own, as each plugin process is one.
 */
export async function serveAttached(makeProvider: MakeProvider): Promise<AttachedProvider> {
  const connections = new Set<Socket>();
  const listener = createServer((connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
    serveConnection(connection, makeProvider);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => {
      listener.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

function serveConnection(connection: Socket, makeProvider: MakeProvider): void {
  const gone = new AbortController();
  // One for each request that is under way.
  setMaxListeners(0, gone.signal);
  const server = new Server({ ...ANY_SIZE, "grpc.enable_channelz": 0 });
  server.addService(ResourceProviderService, implementation(makeProvider(gone.signal)));
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  // A plugin process would end here, whatever it was about to do.
  connection.once("close", () => {
    gone.abort();
    server.forceShutdown();
  });
}
