import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServices } from "../azure/azure";
import { mostBytes } from "../azure/requestKinds";
import { DataDirectory } from "../data/dataDirectory";
import { loadIdentity } from "../data/serverIdentity";
import type { Exchange, ExchangeObserver } from "../http/exchange";
import type { RequestLogEntry } from "../log/requestLog";
import type { Readings } from "../ml/shared/services";
import { clientEnvironment } from "./clientEnvironment";
import { listen, listenOnLoopback, refuseUnreadable } from "./listener";
import { startStorageProxy } from "./storageProxy";

export interface LocalAzureOptions extends Partial<Readings> {
  /** @default 0, any free port */
  readonly port?: number;
  /**
   * Folder that keeps resources, blobs, keys, certificate and client credentials over a restart; with the same `port` too,
   * the environment of a client stays valid. Trace and fault rules are not kept.
   *
   * @default memory only
   */
  readonly dataDirectory?: string;
  /** Virtual seconds in one real second, above 0. @default 1 */
  readonly speed?: number;
  /** Makes the routing of requests repeatable. @default random */
  readonly random?: () => number;
  /**
   * Python that can import mlflow, to score models without an ONNX flavour.
   *
   * @default LOCAL_AZURE_PYTHON, else `.venv/bin/python` of the current folder, else `python3`
   */
  readonly python?: string;
  /**
   * Cores that deployments may use in a region, by family of virtual machines, such as
   * `{"Standard DSv2 Family Cluster Dedicated vCPUs": 24}`.
   *
   * @default 10000 each
   */
  readonly coreLimits?: Readonly<Record<string, number>>;
  /**
   * Whether an Entra token scores only when its principal has a role for that at the endpoint or above it: Owner,
   * Contributor or AzureML Data Scientist.
   *
   * @default false
   */
  readonly enforceRoles?: boolean;
  /**
   * Whole seconds of `Retry-After` with everything that starts or watches a long-running operation, or `none`.
   *
   * @default as recorded of Azure: 1 with workspaces, none with endpoints and deployments
   */
  readonly retryAfter?: number | "none";
  /**
   * Whether Azure Resource Manager refuses requests beyond its limits with 429: 250 reads at once and 25 more in each virtual
   * second, 200 writes and 10 more, 200 deletes and 10 more.
   *
   * @default false
   */
  readonly throttled?: boolean;
  /** Sees every exchange of a client, and every write made inside a template deployment, just before it is answered. */
  readonly onExchange?: ExchangeObserver;
  /** Asked before a client's request is served; when it says no, the connection is closed instead. */
  readonly admit?: (exchange: Exchange) => Promise<boolean>;
  /** Takes an entry for each request when it has been answered, without secrets. */
  readonly onRequest?: (entry: RequestLogEntry) => void;
}

export interface LocalAzure {
  /** `https://localhost:PORT` */
  readonly url: string;
  /** Path of the certificate that clients must trust, PEM. */
  readonly ca: string;
  readonly subscriptionId: string;
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Variables that point Pulumi and Microsoft's SDKs at it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/**
 * Starts a local Azure ML on the loopback interface.
 *
 * @throws Error when the port or the data folder is in use, or the folder's files cannot be read
 */
export async function startLocalAzure(options: LocalAzureOptions = {}): Promise<LocalAzure> {
  const directory = options.dataDirectory === undefined ? undefined : new DataDirectory(options.dataDirectory);
  const folder = directory?.path ?? mkdtempSync(join(tmpdir(), "local-azure-ml-"));
  const server = createServer({ keepAliveTimeout: 30_000 });
  const release = async (): Promise<void> => {
    await closeServer(server);
    if (directory === undefined) rmSync(folder, { recursive: true, force: true });
    else directory.release();
  };
  try {
    return await serve(server, folder, directory, options, release);
  } catch (error) {
    await release();
    throw error;
  }
}

async function serve(
  server: Server,
  folder: string,
  directory: DataDirectory | undefined,
  options: LocalAzureOptions,
  release: () => Promise<void>,
): Promise<LocalAzure> {
  const { certificate, credentials, signingKey } = await loadIdentity(directory);
  const ca = join(folder, "ca.pem");
  writeFileSync(ca, certificate.ca);
  server.setSecureContext({ cert: certificate.cert, key: certificate.key });
  const listening = { mostBytes, observe: options.onExchange, log: options.onRequest };
  const { admit } = options;
  // Requests that arrive while the state is read wait for it.
  server.on(
    "request",
    listen(
      async (exchange) =>
        admit === undefined || (await admit(exchange)) ? (await services).handle(exchange) : { status: 0 },
      listening,
    ),
  );
  server.on("clientError", refuseUnreadable);
  const url = `https://localhost:${await listenOnLoopback(server, options.port ?? 0)}`;
  const services = startServices({ url, credentials, signingKey, directory, ...options });
  const proxy = await startStorageProxy(Number(new URL(url).port), directory);
  const azure = await services.catch((error: unknown) => {
    proxy.close();
    throw error;
  });
  return {
    url,
    ca,
    ...credentials,
    env: clientEnvironment(url, ca, credentials, proxy.url, process.env),
    close: async () => {
      proxy.close();
      try {
        await azure.close();
      } finally {
        await release();
      }
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
