import type { KeyObject } from "node:crypto";
import { join } from "node:path";
import { Operations } from "../arm/operations";
import { Store } from "../arm/store";
import { BlobService } from "../blob/blobService";
import { Clock } from "../common/clock";
import { unusableFile } from "../data/dataDirectory";
import type { DataDirectory } from "../data/dataDirectory";
import { loadState, saveState } from "../data/savedState";
import type { SavedState } from "../data/savedState";
import { FaultInjector } from "../faults/injector";
import type { Served } from "../faults/injector";
import { gatewayTimeout } from "../faults/knownRefusals";
import { Gateway } from "../gateway/gateway";
import { TrafficLog } from "../gateway/trafficLog";
import { toSent } from "../http/exchange";
import type { Exchange, ExchangeObserver, Reply } from "../http/exchange";
import { Identity, STORAGE_AUDIENCE, VAULT_AUDIENCE } from "../identity/identity";
import type { Credentials } from "../identity/identity";
import { SecretService } from "../keyvault/secretService";
import { Trace, traceEntry } from "../log/trace";
import type { TraceKind } from "../log/trace";
import { RequestMetrics } from "../metrics/records";
import { applyAutoscale } from "../ml/deployments/records";
import { ONLINE_DEPLOYMENT } from "../ml/endpoints/records";
import { EndpointAccess } from "../ml/serving/access";
import { ModelServing } from "../ml/serving/modelServing";
import { readingsOf } from "../ml/shared/services";
import type { CoreLimits, Readings } from "../ml/shared/services";
import { ActivityLog } from "../monitor/activityLog";
import { withRetryAfter } from "../routing/retryAfter";
import type { RetryAfter } from "../routing/retryAfter";
import { Throttle } from "../routing/throttle";
import { STORAGE_ACCOUNT, closeAccount, openAccount } from "../storage/records";
import { handleControl } from "./control";
import { refuseBody, requestKind, unauthorized } from "./requestKinds";
import { createArm } from "./resourceTypes";
import type { Services } from "./services";

export interface AzureOptions extends Partial<Readings> {
  readonly url: string;
  readonly credentials: Credentials;
  /** Signs access tokens. */
  readonly signingKey: KeyObject;
  readonly directory: DataDirectory | undefined;
  /** What is there at the start, in place of what the directory has. */
  readonly saved?: SavedState;
  readonly speed?: number;
  readonly random?: () => number;
  readonly python?: string;
  readonly coreLimits?: CoreLimits;
  readonly enforceRoles?: boolean;
  readonly retryAfter?: RetryAfter;
  readonly throttled?: boolean;
  readonly onExchange?: ExchangeObserver;
}

/** The services behind one port. */
export interface Azure {
  handle(exchange: Exchange): Promise<Reply>;
  /** Stops the models and saves the state. */
  close(): Promise<void>;
}

const SAVE_DELAY_MS = 200;
const ENDPOINT_PATH = /^\/endpoints\/([^/]+)\/([^/]+)\/?(.*)$/;

export async function startServices(options: AzureOptions): Promise<Azure> {
  const { url, directory } = options;
  const saved = options.saved ?? (directory && loadState(directory, url));
  const clock = new Clock(options.speed ?? 1, Math.max(Date.now(), saved?.now ?? 0));
  const operations = new Operations(clock);
  let saving: NodeJS.Timeout | undefined;
  const store = new Store(() => {
    if (directory !== undefined) saving ??= setTimeout(saveSoon, SAVE_DELAY_MS).unref();
  });
  const save = (): void => {
    const state = { url, now: clock.now(), resources: store.all(), operations: operations.all() };
    if (directory !== undefined) saveState(directory, state);
  };
  const saveSoon = (): void => {
    saving = undefined;
    try {
      save();
    } catch (error) {
      process.emitWarning(`the state of the local Azure ML cannot be saved: ${String(error)}`);
    }
  };
  const identity = new Identity(url, options.credentials, options.signingKey, Date.now);
  const blobs = openBlobs(url, directory, identity);
  const vaults = new SecretService(url, store, options.credentials.tenantId, (token) =>
    identity.isTokenFor(VAULT_AUDIENCE, token),
  );
  const serving = new ModelServing(
    store,
    blobs,
    new EndpointAccess(store, identity, options.enforceRoles),
    options.python,
  );
  const requestMetrics = new RequestMetrics(() => clock.now());
  const trafficLog = new TrafficLog(() => clock.now());
  const activityLog = new ActivityLog(() => clock.now());
  const services: Services = {
    url,
    store,
    clock,
    operations,
    tenancy: options.credentials,
    identity,
    blobs,
    serving,
    requestMetrics,
    activityLog,
    autoscaled: (target) => {
      if (target.type === ONLINE_DEPLOYMENT) applyAutoscale(store, target);
    },
    removed: (resources) => {
      serving.forget(resources);
      for (const resource of resources) if (resource.type === STORAGE_ACCOUNT) closeAccount(blobs, resource);
    },
    send: (exchange, via) => send(exchange, via),
    readings: readingsOf(options),
    coreLimits: options.coreLimits ?? {},
  };
  const throttle = options.throttled === true ? new Throttle(() => clock.now()) : undefined;
  const trace = new Trace();
  const faults = new FaultInjector(services);
  const record = (kind: TraceKind, exchange: Exchange, { reply, fault }: Served, via?: string): void =>
    trace.add(traceEntry(kind, exchange, reply, { time: clock.iso(), via, fault }));
  const answerArm = async (exchange: Exchange): Promise<Reply> =>
    withRetryAfter(exchange, await arm.handle(exchange), options.retryAfter);
  const send = async (exchange: Exchange, via: string): Promise<Reply> => {
    const served = await faults.serve(exchange, () => answerArm(exchange));
    // There is no connection to close between ARM and a resource provider.
    const reply = served.reply.status === 0 ? { status: 504, body: { error: gatewayTimeout() } } : served.reply;
    record("arm", exchange, { ...served, reply }, via);
    options.onExchange?.(exchange, toSent(exchange.method, reply), via);
    return reply;
  };
  let arm = createArm(services);
  if (saved !== undefined) await restore(services, saved);
  const gateway = new Gateway({
    find: (name, region) => serving.find(name, region),
    intercept: faults.score,
    observe: (request) => {
      requestMetrics.record(request);
      trafficLog.add(request);
    },
    ...(options.random && { random: options.random }),
  });
  const reset = async (): Promise<void> => {
    await clock.stop();
    serving.forget(store.all());
    blobs.clear();
    operations.clear();
    faults.clear();
    throttle?.clear();
    requestMetrics.clear();
    trafficLog.clear();
    activityLog.clear();
    trace.clear();
    arm = createArm(services);
    store.clear();
  };

  const answer = async (exchange: Exchange, kind: TraceKind): Promise<Reply> => {
    if (kind === "blob") return blobs.handle(exchange);
    if (kind === "vault") return vaults.handle(exchange);
    const [, region = "", name = "", path = ""] = ENDPOINT_PATH.exec(exchange.path) ?? [];
    if (kind === "data") return gateway.handle(exchange, name, region, path);
    const answered = identity.handle(exchange) ?? unauthorized(identity, exchange);
    if (answered !== undefined) return answered;
    // What a template deployment writes counts for nobody: whose limits hold then is not documented.
    return throttle === undefined ? answerArm(exchange) : throttle.serve(exchange, () => answerArm(exchange));
  };
  return {
    handle: async (exchange) => {
      const kind = requestKind(exchange.path);
      const refused = refuseBody(kind, exchange);
      if (kind === "control")
        return refused ?? handleControl(exchange, { trace, trafficLog, store, clock, faults, reset });
      const served: Served =
        refused === undefined ? await faults.serve(exchange, () => answer(exchange, kind)) : { reply: refused };
      // Requests that are too large or nested too deep are not traced either.
      if (kind === "arm") activityLog.add(exchange, served.reply);
      record(kind, refused === undefined ? exchange : { ...exchange, body: Buffer.alloc(0) }, served);
      return served.reply;
    },
    close: async () => {
      await Promise.all([serving.close(), clock.stop()]);
      clearTimeout(saving);
      save();
    },
  };
}

function openBlobs(url: string, directory: DataDirectory | undefined, identity: Identity): BlobService {
  const folder = directory && join(directory.path, "blobs");
  try {
    return new BlobService(url, folder, (token) => identity.isTokenFor(STORAGE_AUDIENCE, token));
  } catch (error) {
    throw unusableFile(
      String(folder),
      `cannot be read (${error instanceof Error ? error.message : String(error)})`,
      error,
    );
  }
}

/** Restores the saved state and loads the models of the deployments that were serving. */
async function restore(services: Services, { resources, operations }: SavedState): Promise<void> {
  const { store, blobs, serving } = services;
  services.operations.restore(operations);
  for (const resource of resources) {
    store.put(resource);
    if (resource.type === STORAGE_ACCOUNT) openAccount(blobs, resource);
  }
  const deployments = store.all().filter(({ type }) => type.endsWith("/onlineendpoints/deployments"));
  await Promise.all(deployments.map((deployment) => serving.load(deployment).catch(() => undefined)));
}
