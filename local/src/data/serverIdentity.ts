import { createPrivateKey, generateKeyPair, randomBytes, randomUUID, X509Certificate } from "node:crypto";
import type { KeyObject } from "node:crypto";
import { promisify } from "node:util";
import { isObject } from "../common/json";
import { BLOB_HOSTS } from "../http/storageHosts";
import type { Credentials } from "../identity/identity";
import { createCertificate } from "./certificate";
import type { Certificate } from "./certificate";
import type { DataDirectory, Form } from "./dataDirectory";

/** What clients know the server by. */
export interface ServerIdentity {
  readonly certificate: Certificate;
  readonly credentials: Credentials;
  /** Signs access tokens. */
  readonly signingKey: KeyObject;
}

/** The one subscription and tenant: fixed, so that ids in a stack's state outlive a server without a folder. */
const SUBSCRIPTION = "10ca1000-0000-4000-8000-000000000001";
const TENANT = "10ca1000-0000-4000-8000-000000000002";

/**
 * The identity of a folder, or a new one. With a folder, environment and tokens of a client are as good after a restart
 * as before; the certificate is renewed when it has run out.
 */
export async function loadIdentity(directory: DataDirectory | undefined): Promise<ServerIdentity> {
  const [certificate, { clientId, clientSecret, signingKey }] = await Promise.all([
    kept(directory, "certificate.json", certificateProblem, createCertificate, isStillValid),
    kept(directory, "credentials.json", credentialsProblem, createCredentials),
  ]);
  return {
    certificate,
    credentials: { subscriptionId: SUBSCRIPTION, tenantId: TENANT, clientId, clientSecret },
    signingKey: createPrivateKey(signingKey),
  };
}

async function kept<T>(
  directory: DataDirectory | undefined,
  file: string,
  form: Form,
  create: () => Promise<T>,
  isUsable: (content: T) => boolean = () => true,
): Promise<T> {
  const content = directory?.read(file, form) as T | undefined;
  if (content !== undefined && isUsable(content)) return content;
  const created = await create();
  directory?.write(file, created);
  return created;
}

const certificateProblem: Form = (value) => {
  if (!hasTexts(value, ["cert", "key", "ca"])) return "cert, key and ca must be text";
  return parses(() => [new X509Certificate(value["cert"] ?? ""), createPrivateKey(value["key"] ?? "")]);
};

const credentialsProblem: Form = (value) => {
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

/** Whether it has not run out and is for the hosts of storage accounts too, which older folders have none for. */
function isStillValid({ cert }: Certificate): boolean {
  const { validTo, subjectAltName = "" } = new X509Certificate(cert);
  return Date.parse(validTo) > Date.now() && subjectAltName.includes(BLOB_HOSTS);
}

async function createCredentials() {
  const { privateKey } = await promisify(generateKeyPair)("rsa", { modulusLength: 2048 });
  return {
    clientId: randomUUID(),
    clientSecret: randomBytes(24).toString("base64url"),
    signingKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
  };
}
