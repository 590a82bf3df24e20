import { createRequire } from "node:module";
import type * as grpcTypes from "@grpc/grpc-js";
import type * as structTypes from "google-protobuf/google/protobuf/struct_pb";
import type * as emptyTypes from "google-protobuf/google/protobuf/empty_pb";
import type * as engineTypes from "@pulumi/pulumi/proto/engine_grpc_pb";
import type * as clientTypes from "@pulumi/pulumi/proto/provider_grpc_pb";
import type * as messageTypes from "@pulumi/pulumi/proto/provider_pb";

/** How long a plugin may take to answer: it may run `az` to sign in. */
const ANSWER_MS = 60_000;

/** A plugin of azure-native, as the engine speaks to it. What fails is an error of gRPC. */
export interface PluginConnection {
  /** @param config - settings of the provider by their plain names */
  configure(config: Readonly<Record<string, string>>): Promise<void>;
  /** Calls a function, such as `azure-native:authorization:getClientToken`. */
  invoke(token: string, args: Readonly<Record<string, string>>): Promise<Readonly<Record<string, unknown>>>;
  close(): void;
}

/** What a plugin writes its log to, as it expects of an engine; nobody reads it. */
export interface PluginLog {
  readonly address: string;
  close(): void;
}

/** Pulumi's own copies of what it speaks with: this package has none, and two would not understand each other. */
function pulumiModules() {
  const load = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  return {
    grpc: load("@grpc/grpc-js") as typeof grpcTypes,
    structs: load("google-protobuf/google/protobuf/struct_pb") as typeof structTypes,
    empties: load("google-protobuf/google/protobuf/empty_pb") as typeof emptyTypes,
    engines: load("./proto/engine_grpc_pb") as typeof engineTypes,
    clients: load("./proto/provider_grpc_pb") as typeof clientTypes,
    messages: load("./proto/provider_pb") as typeof messageTypes,
  };
}

/** Connects to a plugin that listens on this machine. */
export function connectPlugin(port: number): PluginConnection {
  const { grpc, structs, clients, messages } = pulumiModules();
  const client = new clients.ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
  const call = <T>(send: (metadata: grpcTypes.Metadata, options: grpcTypes.CallOptions, done: Done<T>) => void) =>
    new Promise<T>((resolve, reject) => {
      send(new grpc.Metadata(), { deadline: Date.now() + ANSWER_MS }, (error, answer) =>
        error === null ? resolve(answer) : reject(error),
      );
    });
  return {
    configure: async (config) => {
      const request = new messages.ConfigureRequest();
      for (const [key, value] of Object.entries(config))
        request.getVariablesMap().set(`azure-native:config:${key}`, value);
      request.setArgs(structs.Struct.fromJavaScript({ ...config }));
      // azure-native 3 refuses engines that do not say this (its issue 2686).
      request.setSendsOldInputs(true).setSendsOldInputsToDelete(true);
      await call<unknown>((...rest) => client.configure(request, ...rest));
    },
    invoke: async (token, args) => {
      const request = new messages.InvokeRequest().setTok(token).setArgs(structs.Struct.fromJavaScript({ ...args }));
      const answer = await call<messageTypes.InvokeResponse>((...rest) => client.invoke(request, ...rest));
      return answer.getReturn()?.toJavaScript() ?? {};
    },
    close: () => client.close(),
  };
}

type Done<T> = (error: grpcTypes.ServiceError | null, answer: T) => void;

export async function openPluginLog(): Promise<PluginLog> {
  const { grpc, empties, engines } = pulumiModules();
  const server = new grpc.Server();
  server.addService(engines.EngineService, {
    log: (_: unknown, done: Done<emptyTypes.Empty>) => done(null, new empties.Empty()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, close: () => server.forceShutdown() };
}
