import { join } from "node:path";
import { createArm } from "./arm/provider";
import { Operations } from "./arm/operations";
import type { Services } from "./arm/services";
import { Store } from "./arm/store";
import { BlobService } from "./blob/blobService";
import { Clock } from "./clock";
import { handleControl } from "./control";
import { FaultInjector } from "./faults/injector";
import { gatewayTimeout } from "./faults/known/refusedRequests";
import { Gateway } from "./gateway/gateway";
import { bearerToken, toSent } from "./http/exchange";
import type { Exchange, ExchangeObserver, Reply } from "./http/exchange";
import { Identity } from "./identity/identity";
import type { Credentials } from "./identity/identity";
import { Serving } from "./ml/serving";
import type { DataDirectory } from "./state";
import { STORAGE_ACCOUNT, keysOf } from "./storage/storageAccounts";
import { Trace, traceEntry } from "./trace";
import type { TraceKind } from "./trace";

export interface AzureOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly directory: DataDirectory | undefined;
  readonly speed?: number;
  readonly random?: () => number;
  readonly omittedTrafficClears?: boolean;
  readonly python?: string;
  readonly onExchange?: ExchangeObserver;
}

/** The services behind one port. */
export interface Azure {
  handle(exchange: Exchange): Promise<Reply>;
  close(): Promise<void>;
}

const SAVE_DELAY_MS = 200;
const ENDPOINT_PATH = /^\/endpoints\/([^/]+)\/([^/]+)\/?(.*)$/;

export async function startServices(options: AzureOptions): Promise<Azure> {
  const { url, directory } = options;
  const clock = new Clock(options.speed ?? 1);
  let saving: NodeJS.Timeout | undefined;
  const store = new Store(() => {
    if (directory !== undefined) saving ??= setTimeout(save, SAVE_DELAY_MS).unref();
  });
  const save = (): void => {
    saving = undefined;
    directory?.save(url, store);
  };
  const identity = new Identity(url, options.credentials, Date.now);
  const blobs = new BlobService(url, directory && join(directory.path, "blobs"));
  const serving = new Serving(store, blobs, identity, options.python);
  const services: Services = {
    url,
    store,
    clock,
    identity,
    blobs,
    serving,
    operations: new Operations(clock),
    omittedTrafficClears: options.omittedTrafficClears ?? true,
  };
  const trace = new Trace();
  const faults = new FaultInjector(services);
  const send = async (exchange: Exchange, via: string): Promise<Reply> => {
    const { reply, fault } = await faults.serve(exchange, () => arm.handle(exchange));
    // There is no connection to close between ARM and a resource provider.
    const answered = reply.status === 0 ? { status: 504, body: { error: gatewayTimeout() } } : reply;
    trace.add(traceEntry("arm", exchange, answered, { time: clock.iso(), via, ...(fault !== undefined && { fault }) }));
    options.onExchange?.(exchange, toSent(exchange.method, answered), via);
    return answered;
  };
  let arm = createArm(services, send);
  await restore(services, directory);
  const gateway = new Gateway({
    find: (name, region) => serving.find(name, region),
    disturb: faults.score,
    ...(options.random && { random: options.random }),
  });
  const reset = async (): Promise<void> => {
    await clock.stop();
    serving.forget(store.all());
    blobs.clear();
    services.operations.clear();
    faults.clear();
    trace.clear();
    arm = createArm(services, send);
    store.clear();
  };

  const answer = async (exchange: Exchange, kind: TraceKind): Promise<Reply> => {
    if (kind === "blob") return blobs.handle(exchange);
    const [, region = "", name = "", path = ""] = ENDPOINT_PATH.exec(exchange.path) ?? [];
    if (kind === "data") return gateway.handle(exchange, name, region, path);
    return identity.handle(exchange) ?? unauthorized(identity, exchange) ?? arm.handle(exchange);
  };
  return {
    handle: async (exchange) => {
      const kind = kindOf(exchange.path);
      if (kind === "control") return handleControl(exchange, { trace, store, clock, faults, reset });
      const { reply, fault } = await faults.serve(exchange, () => answer(exchange, kind));
      trace.add(traceEntry(kind, exchange, reply, { time: clock.iso(), ...(fault !== undefined && { fault }) }));
      return reply;
    },
    close: async () => {
      await Promise.all([serving.close(), clock.stop()]);
      clearTimeout(saving);
      save();
    },
  };
}

function kindOf(path: string): TraceKind {
  if (path.startsWith("/_local/")) return "control";
  if (path.startsWith("/blob/")) return "blob";
  if (path.startsWith("/endpoints/")) return "data";
  return path.toLowerCase().startsWith("/subscriptions") ? "arm" : "identity";
}

function unauthorized(identity: Identity, { headers }: Exchange): Reply | undefined {
  const result = identity.checkArmToken(bearerToken(headers));
  if (result === "ok") return undefined;
  const [code, message] = {
    missing: ["AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing."],
    invalid: ["InvalidAuthenticationToken", "The access token is invalid or expired."],
    "wrong-audience": [
      "InvalidAuthenticationTokenAudience",
      "The access token has been obtained for the wrong audience or resource.",
    ],
  }[result];
  return { status: 401, headers: { "www-authenticate": "Bearer" }, body: { error: { code, message } } };
}

/** Puts saved resources back and loads the models of the deployments that were serving. */
async function restore(services: Services, directory: DataDirectory | undefined): Promise<void> {
  const { store, blobs, serving } = services;
  for (const resource of directory?.load(services.url) ?? []) {
    store.put(resource);
    if (resource.type === STORAGE_ACCOUNT) {
      blobs.addAccount(String(resource.document["name"]), keysOf(resource.hidden));
    }
  }
  const deployments = store.all().filter(({ type }) => type.endsWith("/onlineendpoints/deployments"));
  await Promise.all(deployments.map((deployment) => serving.load(deployment).catch(() => undefined)));
}
