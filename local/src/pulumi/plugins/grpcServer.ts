import { Server, ServerCredentials } from "@grpc/grpc-js";
import type { ServiceDefinition, UntypedServiceImplementation } from "@grpc/grpc-js";

const LOOK_MS = 1000;
/** States and models are of any size. */
export const ANY_SIZE = { "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 };

/** The calls of the engine to a plugin. */
export interface PluginService {
  readonly service: ServiceDefinition;
  readonly implementation: UntypedServiceImplementation;
}

/** Serves a plugin to the engine: prints the port, ends on SIGINT, which the engine sends when it is done, and with it. */
export function servePlugin({ service, implementation }: PluginService): void {
  const server = new Server(ANY_SIZE);
  server.addService(service, implementation);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error !== null) throw error;
    console.log(port);
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(0));
  endWithEngine();
}

/** Ends this process when the one that has started it is gone: an engine that is killed tells its plugins nothing. */
function endWithEngine(): void {
  const engine = process.ppid;
  setInterval(() => {
    if (process.ppid !== engine) process.exit(0);
  }, LOOK_MS).unref();
}
