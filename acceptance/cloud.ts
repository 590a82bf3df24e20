import type { AzureAccess } from "../conformance/target/connection";

/** An Azure that a rollout is walked through on. */
export interface Cloud extends AzureAccess {
  readonly name: "azure" | "local";
  readonly subscriptionId: string;
  /** Variables that the Pulumi CLI needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** File of the certificate that clients must trust in place of the public ones. */
  readonly ca?: string;
  /** Does work during which no time passes but what it waits. */
  steadily<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A cloud on which nothing waits any longer, and nothing is sent, once the signal has come. */
export function stoppable(cloud: Cloud, signal: AbortSignal): Cloud {
  const unless = async <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(signal.reason as Error);
      signal.addEventListener("abort", stop);
      work()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener("abort", stop));
    });
  };
  return {
    ...cloud,
    send: (method, url, sent) => unless(() => cloud.send(method, url, sent)),
    wait: (seconds) => unless(() => cloud.wait(seconds)),
  };
}
