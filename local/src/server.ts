import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startServices } from "./azure";
import { clientEnvironment } from "./clientEnvironment";
import type { ExchangeObserver } from "./http/exchange";
import { listen } from "./http/listener";
import { DataDirectory } from "./state";
import { createCertificate } from "./tls";

export interface LocalAzureOptions {
  /** @default 0, any free port */
  readonly port?: number;
  /** Folder that keeps the state. @default memory only */
  readonly dataDirectory?: string;
  /** Virtual seconds in one real second, above 0. @default 1 */
  readonly speed?: number;
  /** Makes the routing of requests repeatable. @default random */
  readonly random?: () => number;
  /** Whether an endpoint PUT without `traffic` clears the live weights. @default true */
  readonly omittedTrafficClears?: boolean;
  /**
   * Python that can import mlflow, to score models without an ONNX flavour.
   *
   * @default MLFLOW_ROLLOUT_PYTHON, else `.venv/bin/python` of the current folder, else `python3`
   */
  readonly python?: string;
  /** Sees every exchange of a client, and every write made inside a template deployment, just before it is answered. */
  readonly onExchange?: ExchangeObserver;
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

const SUBSCRIPTION = "10ca1000-0000-4000-8000-000000000001";
const TENANT = "10ca1000-0000-4000-8000-000000000002";

/**
 * Starts a local Azure ML on the loopback interface.
 *
 * @throws Error when the port or the data folder is in use, or the folder's state cannot be read
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
  const certificate = directory?.loadCertificate() ?? (await createCertificate());
  directory?.saveCertificate(certificate);
  const ca = join(folder, "ca.pem");
  writeFileSync(ca, certificate.ca);
  server.setSecureContext({ cert: certificate.cert, key: certificate.key });
  const port = await bind(server, options.port ?? 0);
  const url = `https://localhost:${port}`;
  const credentials = {
    subscriptionId: SUBSCRIPTION,
    tenantId: TENANT,
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
  };
  const azure = await startServices({ url, credentials, directory, ...options });
  server.on(
    "request",
    listen((exchange) => azure.handle(exchange), options.onExchange),
  );
  return {
    url,
    ca,
    ...credentials,
    env: clientEnvironment(url, ca, credentials),
    close: async () => {
      await azure.close();
      await release();
    },
  };
}

function bind(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      reject(error.code === "EADDRINUSE" ? new Error(`port ${port} is in use; choose another one`) : error);
    });
    server.listen(port, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
