import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificate } from "../../local/src/data/serverIdentity";
import { openBareScorer } from "./bareScorer";

/** Where callers send requests. */
export interface ScoringServer {
  readonly scoringUri: string;
  readonly key: string;
  /** Path of the certificate to trust. */
  readonly ca: string;
  close(): Promise<void> | void;
}

/** Answers requests with both models, every tenth with the second one: no rollout, no keys, no logs, no refusals. */
export async function startBareServer(): Promise<ScoringServer> {
  const scorers = { blue: await openBareScorer("blue"), green: await openBareScorer("green") };
  let count = 0;
  return listen((request, response) => {
    const name = count++ % 10 === 0 ? "green" : "blue";
    void bodyOf(request)
      .then(scorers[name])
      .then((text) => answer(response, name, text));
  });
}

/** Reads each request over TLS and answers it with nothing done in between. */
export function startEmptyServer(): Promise<ScoringServer> {
  return listen((request, response) => {
    request.resume();
    request.once("end", () => answer(response, "blue", "[0,1,0,1]"));
  });
}

async function listen(listener: RequestListener): Promise<ScoringServer> {
  const certificate = await createCertificate();
  const folder = mkdtempSync(join(tmpdir(), "bench-scoring-"));
  const ca = join(folder, "ca.pem");
  writeFileSync(ca, certificate.ca);
  // As long as that of the local Azure: connections wait while others have their turn.
  const server = createServer({ cert: certificate.cert, key: certificate.key, keepAliveTimeout: 30_000 }, listener);
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    scoringUri: `https://localhost:${port}/score`,
    key: "none",
    ca,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(folder, { recursive: true });
    },
  };
}

function bodyOf(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.once("end", () => resolve(Buffer.concat(chunks).toString("utf8")));
    request.once("error", reject);
  });
}

function answer(response: ServerResponse, deployment: string, text: string): void {
  const headers = { "content-type": "application/json", "content-length": text.length };
  response.writeHead(200, { ...headers, "azureml-model-deployment": deployment });
  response.end(text);
}
