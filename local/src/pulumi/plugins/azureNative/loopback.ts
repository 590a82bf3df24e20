import { isValues } from "../values";

const LOOPBACK = new Set(["localhost", "127.0.0.1", "[::1]"]);

/** Refuses any host but this machine, before a request is sent. */
export function requireLoopback(url: string): void {
  const { hostname, protocol } = new URL(url);
  if (LOOPBACK.has(hostname) && protocol === "https:") return;
  throw new Error(
    `the stand-in for azure-native refuses ${hostname}: it reaches a local Azure ML over https on this machine only`,
  );
}

/** What is said of a request that got no reply. @param error - what `fetch` threw */
export function unreachable(url: string, error: unknown): Error {
  const { origin } = new URL(url);
  if (isRefused(error))
    return new Error(
      `no local Azure answers at ${origin}; start it with "npx mlflow-rollout local", and source the env.sh that it names`,
    );
  const cause = causeOf(error);
  return new Error(`${origin} cannot be reached: ${cause instanceof Error ? cause.message : String(cause)}`);
}

/** Whether nothing listens there. */
export function isRefused(error: unknown): boolean {
  const cause = causeOf(error);
  return isValues(cause) && cause["code"] === "ECONNREFUSED";
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? (error.cause ?? error) : error;
}
