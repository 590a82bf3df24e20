import type { Store } from "../arm/store";
import { bearerToken } from "../http/exchange";
import type { Exchange, Reply } from "../http/exchange";
import { SECRET, VAULT, secretUri, secretVersions } from "./records";
import type { SecretVersion } from "./records";

/** `/vault/{vault}/secrets[/{name}[/{version}]]`; clients leave a trailing slash when there is no version. */
const SECRET_PATH = /^\/vault\/([^/]+)\/secrets(?:\/([^/]+))?(?:\/([^/]+))?\/?$/;

/** Reads and deletes the secrets of key vaults at their own addresses; they are written through Azure Resource Manager. */
export class SecretService {
  /** @param isToken whether a token was issued for key vaults */
  constructor(
    private readonly url: string,
    private readonly store: Store,
    private readonly tenantId: string,
    private readonly isToken: (token: string) => boolean,
  ) {}

  handle({ method, path, query, headers }: Exchange): Reply {
    const token = bearerToken(headers);
    if (token === undefined || !this.isToken(token)) {
      // Clients send no token until they know its audience.
      const challenge = `Bearer authorization="${this.url}/${this.tenantId}", resource="https://vault.azure.net"`;
      const refused = failure(401, "Unauthorized", "AKV10000: Request is missing a Bearer or PoP token.");
      return { ...refused, headers: { "www-authenticate": challenge } };
    }
    const [, vaultName, name, version] = SECRET_PATH.exec(path) ?? [];
    if (vaultName === undefined) return failure(404, "NotFound", "There is nothing at this address.");
    if (!query.has("api-version")) return failure(400, "BadParameter", "api-version must be specified");
    if (method !== "GET" && method !== "DELETE")
      return failure(405, "MethodNotAllowed", "Secrets are written through Azure Resource Manager here.");
    const vault = this.store
      .all()
      .find(({ type, document }) => type === VAULT && sameText(document["name"], vaultName));
    if (vault === undefined) return failure(404, "VaultNotFound", `There is no vault '${vaultName}'.`);
    if (name === undefined) return { status: 200, body: { value: this.list(vault.id), nextLink: null } };
    const id = `${vault.id}/secrets/${name}`;
    if (method === "GET") return this.read(id, name, version);
    if (version !== undefined) return failure(405, "MethodNotAllowed", "A secret is deleted with all its versions.");
    return this.delete(id, name);
  }

  /** Deletes permanently: there is no recovery here, and the name is free. */
  private delete(id: string, name: string): Reply {
    const [gone] = this.store.remove(id);
    const [newest] = secretVersions(gone);
    if (gone === undefined || newest === undefined) return notFound(name);
    return { status: 200, body: this.described(gone.id, newest) };
  }

  private read(id: string, name: string, version: string | undefined): Reply {
    const versions = secretVersions(this.store.get(id));
    const found = version === undefined ? versions[0] : versions.find((each) => each.version === version);
    if (found === undefined) return notFound(version === undefined ? name : `${name}/${version}`);
    if (found.attributes["enabled"] === false)
      return failure(403, "Forbidden", "Operation get is not allowed on a disabled secret.");
    return { status: 200, body: { value: found.value, ...this.described(id, found) } };
  }

  private list(vaultId: string): readonly object[] {
    return this.store.list(SECRET, vaultId).map((secret) => {
      const [newest] = secretVersions(secret);
      const uri = secretUri(this.url, secret.id);
      return { id: uri, attributes: newest?.attributes, ...(newest?.tags !== undefined && { tags: newest.tags }) };
    });
  }

  private described(id: string, { version, contentType, attributes, tags }: SecretVersion): object {
    return {
      id: `${secretUri(this.url, this.store.get(id)?.id ?? id)}/${version}`,
      attributes: { ...attributes, recoveryLevel: "Recoverable+Purgeable" },
      ...(contentType !== undefined && { contentType }),
      ...(tags !== undefined && { tags }),
    };
  }
}

function notFound(shown: string): Reply {
  return failure(
    404,
    "SecretNotFound",
    `A secret with (name/id) ${shown} was not found in this key vault. If you recently deleted this secret you may be able to recover it using the correct recovery command. For help resolving this issue, please see https://go.microsoft.com/fwlink/?linkid=2125182`,
  );
}

function sameText(one: unknown, other: string): boolean {
  return String(one).toLowerCase() === other.toLowerCase();
}

function failure(status: number, code: string, message: string): Reply {
  return { status, body: { error: { code, message } } };
}
