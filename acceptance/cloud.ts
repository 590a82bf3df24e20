import type { AzureAccess } from "../conformance/target/connection";

/** An Azure to walk a rollout through. */
export interface Cloud extends AzureAccess {
  readonly name: "azure" | "local";
  readonly subscriptionId: string;
  /** Variables that the Pulumi CLI needs to find it. */
  readonly env: Readonly<Record<string, string>>;
  /** File of the CA certificate that clients must trust. */
  readonly ca?: string;
  /** Runs work with the clock stopped except while it waits. */
  steadily<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

/** A cloud that stops waiting and sending once the signal fires. */
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
