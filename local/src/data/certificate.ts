import { BLOB_HOSTS } from "../http/storageHosts";

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** What clients must trust: the certificate itself, which is its own authority. */
  readonly ca: string;
}

/** macOS refuses server certificates of more than 825 days, browsers of more than 397. */
const DAYS = 397;

/** A certificate for this machine's loopback names, and for those that only its proxy finds. */
export async function createCertificate(): Promise<Certificate> {
  // Loaded on first use: a server with a folder starts without it.
  const { generate } = await import("selfsigned");
  const start = new Date(Date.now() - 60 * 60 * 1000);
  const pems = await generate([{ name: "commonName", value: "local Azure ML" }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    notBeforeDate: start,
    notAfterDate: new Date(start.getTime() + (DAYS - 1) * 24 * 60 * 60 * 1000),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          { type: 2, value: "localhost" },
          { type: 2, value: BLOB_HOSTS },
          { type: 7, ip: "127.0.0.1" },
        ],
      },
    ],
  });
  return { cert: pems.cert, key: pems.private, ca: pems.cert };
}
