import { readFileSync } from "node:fs";
import tls from "node:tls";
import { vi } from "vitest";

/**
 * Lets clients of this process that take no certificates trust a local Azure, as `NODE_EXTRA_CA_CERTS` does for one that
 * is started with it.
 *
 * @param ca path of the certificate
 */
export function trust(ca: string): void {
  const connect = tls.connect.bind(tls) as (options: tls.ConnectionOptions) => tls.TLSSocket;
  const certificate = readFileSync(ca);
  vi.spyOn(tls, "connect").mockImplementation(((options: tls.ConnectionOptions) =>
    connect({ ...options, ca: certificate })) as typeof tls.connect);
}
