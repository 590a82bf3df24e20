import { randomBytes } from "node:crypto";
import { segmentAfter } from "../arm/ids";
import type { NameRules } from "../arm/names";
import type { Resource } from "../arm/store";
import { isObject, objectAt } from "../common/json";

export const VAULT = "microsoft.keyvault/vaults";

export const VAULT_NAMES: NameRules = {
  type: "Microsoft.KeyVault/vaults",
  pattern: /^(?=.{3,24}$)[a-zA-Z](-?[a-zA-Z0-9])*$/,
  allowed: "3 to 24 letters, digits and single '-', a letter first and a letter or digit last",
  invalid: "AccountNameInvalid",
};
export const SECRET = "microsoft.keyvault/vaults/secrets";
export const MAX_VERSIONS = 100;

/** Base URL of a vault's secrets. */
export function vaultUri(url: string, vault: string): string {
  return `${url}/vault/${vault}/`;
}

/** A version of a secret. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: unknown;
}

/** The versions of a secret, newest first. */
export function secretVersions(secret: Resource | undefined): readonly SecretVersion[] {
  const versions = secret?.hidden["versions"];
  return Array.isArray(versions) ? (versions as readonly SecretVersion[]) : [];
}

/** Address of a secret without a version. */
export function secretUri(url: string, id: string): string {
  return `${vaultUri(url, segmentAfter(id, "vaults") ?? "")}secrets/${segmentAfter(id, "secrets") ?? ""}`;
}

export function newSecretVersion(
  { document, hidden }: Resource,
  before: SecretVersion | undefined,
  now: number,
): SecretVersion {
  const { contentType, attributes } = objectAt(document, "properties");
  const created = before?.attributes["created"] ?? now;
  return {
    version: randomBytes(16).toString("hex"),
    value: String(hidden["value"]),
    contentType: typeof contentType === "string" ? contentType : undefined,
    attributes: { enabled: true, ...(isObject(attributes) && attributes), created, updated: now },
    tags: document["tags"],
  };
}

export function secretDocument(document: Record<string, unknown>, { version, attributes }: SecretVersion, uri: string) {
  const properties = objectAt(document, "properties");
  return {
    ...document,
    properties: { ...properties, attributes, secretUri: uri, secretUriWithVersion: `${uri}/${version}` },
  };
}
