import { isLoopback } from "../../components/settings/httpAddress";
import type { Violation } from "../../components/values/violation";
import { keyOf } from "./webhookSignature";

/** Where events go, and the key that they are signed with. */
export interface WebhookTarget {
  readonly url: URL;
  readonly key: Buffer;
}

export const WEBHOOK_SECRET = "MLFLOW_ROLLOUT_WEBHOOK_SECRET";

const HOW = 'make one with: echo "whsec_$(openssl rand -base64 32)"';

/** Reads `--webhook` and its secret; what is wrong with them goes to `violations`, which never quote either. */
export function webhookTarget(
  address: string | undefined,
  secret: string | undefined,
  violations: Violation[],
): WebhookTarget | undefined {
  if (address === undefined) return undefined;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isAllowed = url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url));
  if (!isAllowed)
    violations.push({
      path: "--webhook",
      reason: "must be an https address, or an http one of this machine (localhost)",
    });
  const key = secret === undefined ? undefined : keyOf(secret);
  if (key === undefined) {
    const got = secret === undefined ? "is not set" : "is not whsec_ and then base64 of 24 to 64 bytes";
    violations.push({ path: "--webhook", reason: `events are signed with ${WEBHOOK_SECRET}, which ${got}; ${HOW}` });
  }
  return url === undefined || key === undefined || !isAllowed ? undefined : { url, key };
}
