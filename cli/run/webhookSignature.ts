import { createHmac } from "node:crypto";

/** The headers of a signed message. */
export interface SignedHeaders {
  readonly "webhook-id": string;
  /** Seconds since 1970. */
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

const PREFIX = "whsec_";
const [LEAST_BYTES, MOST_BYTES] = [24, 64];

/**
 * The key of a secret such as `whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw`, by the specification of Standard Webhooks
 * (https://www.standardwebhooks.com): base64 of 24 to 64 bytes.
 *
 * @returns undefined when it is no such secret
 */
export function keyOf(secret: string): Buffer | undefined {
  const text = secret.startsWith(PREFIX) ? secret.slice(PREFIX.length) : "";
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return undefined;
  const key = Buffer.from(text, "base64");
  return key.length >= LEAST_BYTES && key.length <= MOST_BYTES ? key : undefined;
}

/** Signs a message with HMAC-SHA256 over its id, the time in seconds and the body, by the same specification. */
export function signed(key: Buffer, id: string, seconds: number, body: string): SignedHeaders {
  const signature = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${signature}` };
}
