import { rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificate } from "../local/src/data/serverIdentity";

/** A server in this process that reads each request over TLS and answers it with nothing done in between. */
export interface EmptyServer {
  readonly scoringUri: string;
  /** Path of the certificate to trust. */
  readonly ca: string;
  close(): void;
}

export async function startEmptyServer(): Promise<EmptyServer> {
  const certificate = await createCertificate();
  const ca = join(tmpdir(), `bench-${process.pid}.pem`);
  writeFileSync(ca, certificate.ca);
  const server = createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    request.resume();
    request.once("end", () => {
      response.writeHead(200, { "content-type": "application/json", "azureml-model-deployment": "blue" });
      response.end("[0,1,0,1]");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    scoringUri: `https://localhost:${port}/score`,
    ca,
    close: () => {
      server.close();
      server.closeAllConnections();
      rmSync(ca);
    },
  };
}
