/** How many requests a deployment takes at once, and how long one may last. */
export interface RequestSettingsArgs {
  /**
   * Requests that one instance works on at the same time, 1 or more; more of them wait.
   *
   * @default 1
   */
  readonly maxConcurrentRequestsPerInstance?: number;
  /**
   * Time for one request in seconds, waiting included: 1 to 180, on Kubernetes up to 300. Source: Azure ML quotas and
   * limits, "how-to-manage-quotas". Azure's `maxQueueWait` is deprecated: raise this instead.
   *
   * @default 5
   */
  readonly requestTimeoutSeconds?: number;
}
