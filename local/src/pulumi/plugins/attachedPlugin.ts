import { setMaxListeners } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo, Socket } from "node:net";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import { ANY_SIZE } from "./grpcServer";
import type { PluginService } from "./grpcServer";

/** Makes a plugin. @param gone - aborted when the engine has gone */
export type MakePlugin = (gone: AbortSignal) => PluginService;

/** A plugin that engines attach to, in place of a process that each one starts. */
export interface AttachedPlugin {
  readonly port: number;
  /** Ends the connections too. */
  close(): void;
}

/**
 * Serves a plugin in this process. An engine opens a connection for each provider resource of its program, and configures
 * it: each connection has a plugin of its own, as each plugin process is one.
 */
export async function serveAttached(makePlugin: MakePlugin): Promise<AttachedPlugin> {
  const connections = new Set<Socket>();
  const listener = createServer((connection) => {
    connections.add(connection);
    connection.once("close", () => connections.delete(connection));
    serveConnection(connection, makePlugin);
  });
  await new Promise<void>((resolve, reject) => {
    listener.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  // Whoever forgets to close it may end all the same.
  listener.unref();
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => {
      listener.close();
      for (const connection of connections) connection.destroy();
    },
  };
}

function serveConnection(connection: Socket, makePlugin: MakePlugin): void {
  const gone = new AbortController();
  // One for each request that is under way.
  setMaxListeners(0, gone.signal);
  const { service, implementation } = makePlugin(gone.signal);
  const server = new Server({ ...ANY_SIZE, "grpc.enable_channelz": 0 });
  server.addService(service, implementation);
  server.createConnectionInjector(ServerCredentials.createInsecure()).injectConnection(connection);
  // A plugin process would end here, whatever it was about to do.
  connection.once("close", () => {
    gone.abort();
    server.forceShutdown();
  });
}
