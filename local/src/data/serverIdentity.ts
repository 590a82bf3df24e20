import { X509Certificate, createPrivateKey, generateKeyPair, randomBytes, randomUUID } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { isObject } from "../common/json";
import { BLOB_HOSTS } from "../http/storageHosts";
import type { Credentials } from "../identity/identity";
import type { ContentCheck, DataDirectory } from "./dataDirectory";

/** The server's identity for its clients. */
export interface ServerIdentity {
  readonly certificate: Certificate;
  readonly credentials: Credentials;
  /** Signs access tokens. */
  readonly signingKey: KeyObject;
}

/** The one subscription and tenant: fixed, so ids in a stack's state outlive a server without a folder. */
const SUBSCRIPTION = "10ca1000-0000-4000-8000-000000000001";
const TENANT = "10ca1000-0000-4000-8000-000000000002";

/**
 * The identity stored in a folder, or a new one. With a folder, a client's environment and tokens stay valid after a
 * restart; an expired certificate is renewed.
 */
export async function loadIdentity(directory: DataDirectory | undefined): Promise<ServerIdentity> {
  const [certificate, { clientId, clientSecret, signingKey }] = await Promise.all([
    readOrCreate(directory, "certificate.json", certificateProblem, createCertificate, isStillValid),
    readOrCreate(directory, "credentials.json", credentialsProblem, () => createCredentials(directory)),
  ]);
  return {
    certificate,
    credentials: { subscriptionId: SUBSCRIPTION, tenantId: TENANT, clientId, clientSecret },
    signingKey: createPrivateKey(signingKey),
  };
}

async function readOrCreate<T>(
  directory: DataDirectory | undefined,
  file: string,
  form: ContentCheck,
  create: () => Promise<T>,
  isUsable: (content: T) => boolean = () => true,
): Promise<T> {
  const content = directory?.read(file, form) as T | undefined;
  if (content !== undefined && isUsable(content)) return content;
  const created = await create();
  directory?.write(file, created);
  return created;
}

const certificateProblem: ContentCheck = (value) => {
  if (!hasTexts(value, ["cert", "key", "ca"])) return "cert, key and ca must be text";
  return parses(() => [new X509Certificate(value["cert"] ?? ""), createPrivateKey(value["key"] ?? "")]);
};

const credentialsProblem: ContentCheck = (value) => {
  if (!hasTexts(value, ["clientId", "clientSecret", "signingKey"]))
    return "clientId, clientSecret and signingKey must be text";
  return parses(() => createPrivateKey(value["signingKey"] ?? ""));
};

function hasTexts(value: unknown, members: readonly string[]): value is Record<string, string> {
  return isObject(value) && members.every((key) => typeof value[key] === "string");
}

function parses(parse: () => unknown): string | undefined {
  try {
    parse();
    return undefined;
  } catch {
    return "it holds no certificate or key in PEM form";
  }
}

/** Whether it is valid and covers the hosts of storage accounts, which older folders lack. */
function isStillValid({ cert }: Certificate): boolean {
  const { validTo, subjectAltName = "" } = new X509Certificate(cert);
  return Date.parse(validTo) > Date.now() && subjectAltName.includes(BLOB_HOSTS);
}

/** Of all servers of this process that keep nothing: to make one takes longer than the rest of a start. */
let passingKey: Promise<string> | undefined;

async function createCredentials(directory: DataDirectory | undefined) {
  const signingKey = directory === undefined ? (passingKey ??= createSigningKey()) : createSigningKey();
  return {
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
    signingKey: await signingKey,
  };
}

async function createSigningKey(): Promise<string> {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /** The self-signed certificate that clients must trust. */
  readonly ca: string;
}

/** macOS refuses server certificates of more than 825 days, browsers of more than 397. */
const DAYS = 397;

/** A certificate for this machine's loopback names and for hosts that only its proxy resolves. */
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
