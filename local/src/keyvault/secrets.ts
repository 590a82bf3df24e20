import { randomBytes } from "node:crypto";
import { isObject, objectAt } from "../common/json";
import { bool, check, object, optional } from "../arm/checks";
import { genericResource, withoutState } from "../arm/generic";
import { nameAfter } from "../arm/ids";
import type { ResourceHandler } from "../arm/resourceHandler";
import type { ArmServices } from "../arm/services";
import type { Resource } from "../arm/store";
import { vaultUri } from "./vaults";

export const SECRET = "microsoft.keyvault/vaults/secrets";
const MAX_VALUE = 25 * 1024;
const MAX_VERSIONS = 100;

/** One value that a secret has had. */
export interface SecretVersion {
  readonly version: string;
  readonly value: string;
  readonly contentType: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly tags: unknown;
}

/** The secrets of key vaults. Their values are written here and read at the address of the vault only. */
export function secrets(services: ArmServices): ResourceHandler {
  const { clock, url } = services;
  const seconds = () => Math.floor(clock.now() / 1000);
  const {
    patch: _,
    delete: __,
    ...handler
  } = genericResource(services, {
    name: [/^[-a-zA-Z0-9]{1,127}$/, "1 to 127 letters, digits and '-'"],
    checks: {
      "properties.value": check(
        `text of at most ${MAX_VALUE} bytes`,
        (value) => typeof value === "string" && Buffer.byteLength(value) <= MAX_VALUE,
      ),
      "properties.attributes": optional(object),
      "properties.attributes.enabled": optional(bool),
    },
    secrets: ["value"],
    adds: withoutState,
    written: (secret, existing) => {
      const versions = versionsOf(existing);
      const version = newVersion(secret, versions[0], seconds());
      secret.hidden = { versions: [version, ...versions].slice(0, MAX_VERSIONS) };
      secret.document = described(secret.document, version, secretUri(url, secret.id));
    },
  });
  return handler;
}

/** The values of a secret, newest first. */
export function versionsOf(secret: Resource | undefined): readonly SecretVersion[] {
  const versions = secret?.hidden["versions"];
  return Array.isArray(versions) ? (versions as readonly SecretVersion[]) : [];
}

/** Address of a secret without a version. */
export function secretUri(url: string, id: string): string {
  return `${vaultUri(url, nameAfter(id, "vaults") ?? "")}secrets/${nameAfter(id, "secrets") ?? ""}`;
}

function newVersion({ document, hidden }: Resource, before: SecretVersion | undefined, now: number): SecretVersion {
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

function described(document: Record<string, unknown>, { version, attributes }: SecretVersion, uri: string) {
  const properties = objectAt(document, "properties");
  return {
    ...document,
    properties: { ...properties, attributes, secretUri: uri, secretUriWithVersion: `${uri}/${version}` },
  };
}
