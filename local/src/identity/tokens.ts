import { createHash, createPublicKey, sign, verify } from "node:crypto";
import type { KeyObject } from "node:crypto";

/** Lifetime of an Entra access token, in seconds. */
export const TOKEN_SECONDS = 3600;
/** Lifetime of an endpoint's own token, in seconds; recorded, as is the refresh after half of it. */
export const ENDPOINT_TOKEN_SECONDS = 86_400;

export interface TokenClaims {
  readonly aud: string;
  readonly iss: string;
  readonly exp: number;
  readonly oid: string;
  readonly [claim: string]: unknown;
}

export interface IssuedToken {
  readonly token: string;
  /** Seconds since 1970 in UTC. */
  readonly expires: number;
}

/** Signs and checks access tokens, as JSON web tokens with RS256. */
export class TokenIssuer {
  private readonly publicKey: KeyObject;
  readonly keyId: string;

  /** @param privateKey an RSA key */
  constructor(
    private readonly privateKey: KeyObject,
    private readonly now: () => number,
  ) {
    this.publicKey = createPublicKey(privateKey);
    const encoded = this.publicKey.export({ type: "spki", format: "der" });
    this.keyId = createHash("sha256").update(encoded).digest("base64url");
  }

  issue(claims: Readonly<Record<string, unknown>>, lifetimeSeconds = TOKEN_SECONDS): IssuedToken {
    const seconds = Math.floor(this.now() / 1000);
    const times = { iat: seconds, nbf: seconds, exp: seconds + lifetimeSeconds };
    const head = { alg: "RS256", typ: "JWT", kid: this.keyId };
    const content = `${encode(head)}.${encode({ ...claims, ...times })}`;
    const signature = sign("RSA-SHA256", Buffer.from(content), this.privateKey).toString("base64url");
    return { token: `${content}.${signature}`, expires: times.exp };
  }

  /** The claims of a token that was signed here and has not expired, else undefined. */
  check(token: string): TokenClaims | undefined {
    const [head = "", payload = "", signature = ""] = token.split(".");
    const content = Buffer.from(`${head}.${payload}`);
    try {
      if (!verify("RSA-SHA256", content, this.publicKey, Buffer.from(signature, "base64url"))) return undefined;
      const claims = JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as TokenClaims;
      return claims.exp * 1000 > this.now() ? claims : undefined;
    } catch {
      return undefined;
    }
  }

  publicJwk(): object {
    return { ...this.publicKey.export({ format: "jwk" }), kid: this.keyId, use: "sig", alg: "RS256" };
  }
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString("base64url");
}
