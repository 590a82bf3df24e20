import { Metadata, status } from "@grpc/grpc-js";
import type { ServiceError, UntypedServiceImplementation, handleUnaryCall, sendUnaryData } from "@grpc/grpc-js";
import * as pluginPb from "@pulumi/pulumi/proto/plugin_pb";
import * as providerGrpc from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as pb from "@pulumi/pulumi/proto/provider_pb";
import * as statusPb from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import { servePlugin } from "./grpcServer";
import type { PluginService } from "./grpcServer";
import { InitFailed } from "./provider";
import type { Provider } from "./provider";
import { plainJson } from "./values";
import type { Values } from "./values";

/** Serves a provider to the engine. */
export function serveProvider(provider: Provider): void {
  servePlugin(providerService(provider));
}

/** The calls of the engine to a provider. */
export function providerService(provider: Provider): PluginService {
  return { service: providerGrpc.ResourceProviderService, implementation: implementation(provider) };
}

function implementation(provider: Provider): UntypedServiceImplementation {
  const empty = () => new Empty();
  const handlers: Record<string, (request: never) => unknown> = {
    getPluginInfo: () => new pluginPb.PluginInfo().setVersion(provider.version),
    getSchema: () => new pb.GetSchemaResponse().setSchema("{}"),
    checkConfig: (request: pb.CheckRequest) => new pb.CheckResponse().setInputs(request.getNews()),
    diffConfig: () => new pb.DiffResponse(),
    configure: (request: pb.ConfigureRequest) => {
      const config: Record<string, string> = {};
      for (const [key, value] of request.getVariablesMap().entries()) config[key.split(":").at(-1) ?? key] = value;
      provider.configure(config);
      return new pb.ConfigureResponse()
        .setSupportspreview(true)
        .setAcceptresources(true)
        .setAcceptsecrets(false)
        .setAcceptoutputs(false);
    },
    check: (request: pb.CheckRequest) => check(provider, request),
    diff: (request: pb.DiffRequest) => diff(provider, request),
    create: async (request: pb.CreateRequest) => {
      const call = {
        type: typeOf(request.getUrn()),
        inputs: valuesOf(request.getProperties()),
        preview: request.getPreview(),
      };
      const { id, outputs } = await withTimeout(request.getTimeout(), provider.create(call));
      return new pb.CreateResponse().setId(id).setProperties(structOf(outputs));
    },
    update: async (request: pb.UpdateRequest) => {
      const work = provider.update({
        type: typeOf(request.getUrn()),
        id: request.getId(),
        inputs: valuesOf(request.getNews()),
        olds: valuesOf(request.getOlds()),
        preview: request.getPreview(),
      });
      const outputs = await withTimeout(request.getTimeout(), work);
      return new pb.UpdateResponse().setProperties(structOf(outputs));
    },
    read: async (request: pb.ReadRequest) => {
      const state = await provider.read({
        type: typeOf(request.getUrn()),
        id: request.getId(),
        inputs: valuesOf(request.getInputs()),
        outputs: valuesOf(request.getProperties()),
      });
      if (state === undefined) return new pb.ReadResponse();
      return new pb.ReadResponse()
        .setId(state.id)
        .setProperties(structOf(state.outputs))
        .setInputs(structOf(state.inputs ?? {}));
    },
    delete: async (request: pb.DeleteRequest) => {
      const [inputs, outputs] = [valuesOf(request.getOldInputs()), valuesOf(request.getProperties())];
      await provider.delete({ type: typeOf(request.getUrn()), id: request.getId(), inputs, outputs });
      return new Empty();
    },
    invoke: async (request: pb.InvokeRequest) => {
      const result = await provider.invoke(request.getTok(), valuesOf(request.getArgs()));
      return new pb.InvokeResponse().setReturn(structOf(result));
    },
    cancel: empty,
    attach: empty,
  };
  return Object.fromEntries(Object.entries(handlers).map(([name, handle]) => [name, unary(handle)]));
}

/** Gives up what takes longer than the resource's `customTimeouts`, in the words of azure-native; 0 is no limit. */
async function withTimeout<T>(seconds: number, work: Promise<T>): Promise<T> {
  if (seconds === 0) return work;
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("operation timed out")), seconds * 1000);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

async function check(provider: Provider, request: pb.CheckRequest): Promise<pb.CheckResponse> {
  const { inputs, failures } = await provider.check({
    type: typeOf(request.getUrn()),
    name: request.getUrn().split("::").at(-1) ?? "",
    olds: valuesOf(request.getOlds()),
    news: valuesOf(request.getNews()),
    seed: request.getRandomseed_asU8(),
  });
  const list = failures.map(({ property, reason }) => new pb.CheckFailure().setProperty(property).setReason(reason));
  return new pb.CheckResponse().setInputs(structOf(inputs)).setFailuresList(list);
}

/** What a change comes to, without what `ignoreChanges` names. */
export function diff(provider: Pick<Provider, "diff">, request: pb.DiffRequest): pb.DiffResponse {
  const { changes: all, deleteBeforeReplace } = provider.diff({
    type: typeOf(request.getUrn()),
    olds: valuesOf(request.getOldInputs()),
    news: valuesOf(request.getNews()),
    outputs: valuesOf(request.getOlds()),
  });
  const ignored = request.getIgnorechangesList();
  const changes = all.filter(({ path }) => !ignored.some((each) => isBelow(path, each)));
  const { DIFF_SOME, DIFF_NONE } = pb.DiffResponse.DiffChanges;
  const response = new pb.DiffResponse()
    .setHasdetaileddiff(true)
    .setChanges(changes.length > 0 ? DIFF_SOME : DIFF_NONE)
    .setDeletebeforereplace(deleteBeforeReplace && changes.some(({ replaces }) => replaces));
  for (const { path, kind, replaces } of changes) {
    const detail = new pb.PropertyDiff()
      .setInputdiff(true)
      .setKind(pb.PropertyDiff.Kind[`${kind}${replaces ? "_REPLACE" : ""}`]);
    response.getDetaileddiffMap().set(path, detail);
    response.addDiffs(path.split(/[.[]/)[0] ?? path);
    if (replaces) response.addReplaces(path);
  }
  return response;
}

/** Whether a path such as `properties.traffic.blue` is one that `ignoreChanges` names, or part of it. */
function isBelow(path: string, ignored: string): boolean {
  return ignored === "*" || path === ignored || path.startsWith(`${ignored}.`) || path.startsWith(`${ignored}[`);
}

function unary(handle: (request: never) => unknown): handleUnaryCall<unknown, unknown> {
  return (call, callback: sendUnaryData<unknown>) => {
    Promise.resolve()
      .then(() => handle(call.request as never))
      .then(
        (value) => callback(null, value),
        (error: unknown) => callback(toServiceError(error)),
      );
  };
}

function toServiceError(error: unknown): Partial<ServiceError> {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof InitFailed)) return { code: status.UNKNOWN, details: message, message };
  const detail = new pb.ErrorResourceInitFailed()
    .setId(error.state.id)
    .setProperties(structOf(error.state.outputs))
    .setInputs(structOf(error.state.inputs ?? {}))
    .setReasonsList([...error.reasons]);
  const any = new Any();
  any.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const full = new statusPb.Status();
  full.setCode(status.UNKNOWN);
  full.setMessage(message);
  full.addDetails(any);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(full.serializeBinary()));
  return { code: status.UNKNOWN, details: message, message, metadata };
}

/** The type token at the end of a URN. */
function typeOf(urn: string): string {
  return urn.split("::")[2]?.split("$").at(-1) ?? "";
}

function valuesOf(struct: Struct | undefined): Values {
  return struct === undefined ? {} : struct.toJavaScript();
}

function structOf(values: Values): Struct {
  return Struct.fromJavaScript(plainJson(values) as never);
}
