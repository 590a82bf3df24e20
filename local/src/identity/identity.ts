import { createHash, timingSafeEqual } from "node:crypto";
import type { KeyObject } from "node:crypto";
import type { Exchange, Reply } from "../http/exchange";
import { STORAGE_SUFFIX } from "../http/storageHosts";
import { ENDPOINT_TOKEN_SECONDS, TOKEN_SECONDS, TokenIssuer } from "./tokens";
import type { IssuedToken } from "./tokens";

export interface Credentials {
  readonly tenantId: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly subscriptionId: string;
}

/** Audience of tokens for scoring requests. */
const SCORING_AUDIENCE = "https://ml.azure.com";
export const STORAGE_AUDIENCE = "https://storage.azure.com";
export const VAULT_AUDIENCE = "https://vault.azure.net";
/** The name of this cloud. */
const CLOUD = "LocalAzureML";

/** The token service, and the metadata with all addresses of the cloud. */
export class Identity {
  private readonly issuer: TokenIssuer;
  /** Object id of the client, derived from its id. */
  private readonly principalId: string;

  constructor(
    private readonly url: string,
    readonly credentials: Credentials,
    signingKey: KeyObject,
    now: () => number,
  ) {
    this.issuer = new TokenIssuer(signingKey, now);
    this.principalId = principalIdOf(credentials.clientId);
  }

  /** Answers a request to the token service; undefined for other paths. */
  handle(exchange: Exchange): Reply | undefined {
    const path = exchange.path.toLowerCase();
    if (path === "/metadata/endpoints") return { status: 200, body: this.metadata(exchange.query.get("api-version")) };
    if (path.endsWith("/.well-known/openid-configuration")) return { status: 200, body: this.openIdConfiguration() };
    if (path === "/common/discovery/instance") return { status: 200, body: this.instanceDiscovery() };
    if (path.endsWith("/discovery/v2.0/keys")) return { status: 200, body: { keys: [this.issuer.publicJwk()] } };
    if (/\/oauth2\/(v2\.0\/)?token$/.test(path)) return this.token(exchange);
    return undefined;
  }

  /** Whether a token was issued here for Azure Resource Manager; `wrong-audience` when it is for something else. */
  checkArmToken(token: string | undefined): "ok" | "missing" | "invalid" | "wrong-audience" {
    if (token === undefined) return "missing";
    const claims = this.issuer.check(token);
    if (claims === undefined) return "invalid";
    return this.armAudiences().includes(trimSlash(claims.aud)) ? "ok" : "wrong-audience";
  }

  checkScoringToken(token: string): boolean {
    return this.isTokenFor(SCORING_AUDIENCE, token);
  }

  /** The object id that a token was issued to. */
  principalOf(token: string): string | undefined {
    return this.issuer.check(token) === undefined ? undefined : this.principalId;
  }

  /** Whether a token was issued here for a service, such as `STORAGE_AUDIENCE`. */
  isTokenFor(audience: string, token: string): boolean {
    const claims = this.issuer.check(token);
    return claims !== undefined && trimSlash(claims.aud) === audience;
  }

  /** A token of the workspace for scoring, as `POST .../token` gives it. */
  issueEndpointToken(endpointId: string): IssuedToken {
    const claims = { iss: this.url, aud: `aml:${endpointId.toLowerCase()}`, oid: this.principalId };
    return this.issuer.issue(claims, ENDPOINT_TOKEN_SECONDS);
  }

  checkEndpointToken(token: string, endpointId: string): boolean {
    return this.issuer.check(token)?.aud === `aml:${endpointId.toLowerCase()}`;
  }

  private armAudiences(): readonly string[] {
    return [this.url, "https://management.azure.com", "https://management.core.windows.net"];
  }

  private token({ method, body, headers }: Exchange): Reply {
    if (method !== "POST") return oauthError(405, "invalid_request", "use POST");
    const form = new URLSearchParams(body.toString("utf8"));
    const [id, secret] = basicCredentials(headers.authorization) ?? [form.get("client_id"), form.get("client_secret")];
    if (form.get("grant_type") !== "client_credentials") {
      return oauthError(400, "unsupported_grant_type", "AADSTS70003: only client_credentials is served here");
    }
    const scope = form.get("scope") ?? form.get("resource");
    if (scope === null) return oauthError(400, "invalid_request", "AADSTS900144: the body must contain 'scope'");
    const { clientId, clientSecret } = this.credentials;
    if (id !== clientId)
      return oauthError(400, "unauthorized_client", "AADSTS700016: application not found in the directory");
    if (secret === null || !equal(secret, clientSecret)) {
      return oauthError(401, "invalid_client", "AADSTS7000215: invalid client secret provided");
    }
    return { status: 200, headers: { "cache-control": "no-store" }, body: this.tokenBody(scope) };
  }

  private tokenBody(scope: string): object {
    const aud = scope.split(" ")[0]?.replace(/\/?\.default$/, "") ?? "";
    const { tenantId, clientId } = this.credentials;
    const claims = {
      aud,
      iss: `${this.url}/${tenantId}/v2.0`,
      oid: this.principalId,
      sub: this.principalId,
      tid: tenantId,
      appid: clientId,
    };
    return {
      token_type: "Bearer",
      expires_in: TOKEN_SECONDS,
      ext_expires_in: TOKEN_SECONDS,
      access_token: this.issuer.issue(claims).token,
    };
  }

  private openIdConfiguration(): object {
    const base = `${this.url}/${this.credentials.tenantId}`;
    return {
      issuer: `${base}/v2.0`,
      authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
      token_endpoint: `${base}/oauth2/v2.0/token`,
      jwks_uri: `${base}/discovery/v2.0/keys`,
      response_types_supported: ["token"],
      subject_types_supported: ["pairwise"],
      id_token_signing_alg_values_supported: ["RS256"],
      token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
    };
  }

  private instanceDiscovery(): object {
    const { host } = new URL(this.url);
    return {
      tenant_discovery_endpoint: `${this.url}/${this.credentials.tenantId}/v2.0/.well-known/openid-configuration`,
      "api-version": "1.1",
      metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
    };
  }

  /** Since 2022-09-01 one object; earlier versions return a list or an older shape, which nothing here uses. */
  private metadata(version: string | null): object {
    const { host, port } = new URL(this.url);
    const cloud = {
      // Its own name, or SDKs would use their built-in values for the public cloud.
      name: CLOUD,
      // There is none here; the Python ML SDK derives the audience of scoring tokens from the end of this name.
      portal: "https://portal.azure.com",
      authentication: {
        loginEndpoint: this.url,
        audiences: [this.url, "https://management.azure.com/"],
        tenant: "common",
        identityProvider: "AAD",
      },
      resourceManager: this.url,
      graph: this.url,
      microsoftGraphResourceId: this.url,
      suffixes: { storage: `${STORAGE_SUFFIX}:${port}`, keyVaultDns: host, acrLoginServer: host },
    };
    return version !== null && version < "2022" ? [cloud] : cloud;
  }
}

function oauthError(status: number, error: string, description: string): Reply {
  return {
    status,
    body: { error, error_description: description, error_codes: [], timestamp: new Date().toISOString() },
  };
}

function basicCredentials(authorization: string | undefined): [string, string] | undefined {
  const encoded = /^Basic\s+(.+)$/i.exec(authorization ?? "")?.[1];
  if (encoded === undefined) return undefined;
  // Both are form-encoded before they are joined (RFC 6749, 2.3.1).
  const [id, secret] = Buffer.from(encoded, "base64").toString("utf8").split(":", 2).map(formDecoded);
  return [id ?? "", secret ?? ""];
}

function formDecoded(text: string): string {
  return new URLSearchParams(`value=${text.replaceAll("&", "%26")}`).get("value") ?? "";
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function principalIdOf(clientId: string): string {
  const hex = createHash("sha256").update(clientId).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

function trimSlash(text: string): string {
  return text.replace(/\/+$/, "");
}
