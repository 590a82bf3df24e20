import { join } from "node:path";
import { createArm } from "./arm/provider";
import { Operations } from "./arm/operations";
import type { Services } from "./arm/services";
import { Store } from "./arm/store";
import { withoutSecureValues } from "./arm/template";
import { BlobService } from "./blob/blobService";
import { Clock } from "./clock";
import { handleControl } from "./control";
import { Gateway } from "./gateway/gateway";
import { bearerToken, toSent } from "./http/exchange";
import type { Exchange, ExchangeObserver, Reply } from "./http/exchange";
import { Identity } from "./identity/identity";
import type { Credentials } from "./identity/identity";
import { Serving } from "./ml/serving";
import type { DataDirectory } from "./state";
import { STORAGE_ACCOUNT, keysOf } from "./storage/storageAccounts";
import { Trace } from "./trace";
import type { TraceKind } from "./trace";

export interface AzureOptions {
  readonly url: string;
  readonly credentials: Credentials;
  readonly directory: DataDirectory | undefined;
  readonly speed?: number;
  readonly random?: () => number;
  readonly omittedTrafficClears?: boolean;
  readonly onExchange?: ExchangeObserver;
}

/** The services behind one port. */
export interface Azure {
  handle(exchange: Exchange): Promise<Reply>;
  close(): void;
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
  const serving = new Serving(store, blobs, identity);
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
  const arm = createArm(services, async (exchange, via) => {
    const reply = await arm.handle(exchange);
    record(trace, clock, "arm", exchange, reply, via);
    options.onExchange?.(exchange, toSent(exchange.method, reply), via);
    return reply;
  });
  await restore(services, directory);
  const gateway = new Gateway({
    find: (name, region) => serving.find(name, region),
    ...(options.random && { random: options.random }),
  });

  const answer = async (exchange: Exchange, kind: TraceKind): Promise<Reply> => {
    if (kind === "control") return handleControl(exchange, trace, store, clock);
    if (kind === "blob") return blobs.handle(exchange);
    const [, region = "", name = "", path = ""] = ENDPOINT_PATH.exec(exchange.path) ?? [];
    if (kind === "data") return gateway.handle(exchange, name, region, path);
    return identity.handle(exchange) ?? unauthorized(identity, exchange) ?? arm.handle(exchange);
  };
  return {
    handle: async (exchange) => {
      const kind = kindOf(exchange.path);
      const reply = await answer(exchange, kind);
      if (kind !== "control") record(trace, clock, kind, exchange, reply);
      return reply;
    },
    close: () => {
      clock.stop();
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

function record(trace: Trace, clock: Clock, kind: TraceKind, exchange: Exchange, reply: Reply, via?: string): void {
  const { method, path, query, body } = exchange;
  const deployment = reply.headers?.["azureml-model-deployment"];
  const isWrite = kind === "arm" && (method === "PUT" || method === "PATCH");
  trace.add({
    time: clock.iso(),
    kind,
    method,
    path,
    status: reply.status,
    ...(query.size > 0 && { query: query.toString() }),
    ...(via !== undefined && { via }),
    ...(deployment !== undefined && { deployment }),
    ...(isWrite && { body: withoutSecureValues(parsed(body)) }),
  });
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
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
  for (const deployment of deployments) await serving.load(deployment).catch(() => undefined);
}
