/** How the container is asked whether it is well. Source of the defaults: the ARM specification, 2025-12-01. */
export interface ProbeArgs {
  /**
   * Seconds before the first question, 0 or more.
   *
   * @default - Azure's, 10
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds between two questions, 1 or more.
   *
   * @default 10
   */
  readonly periodSeconds?: number;
  /**
   * Seconds to wait for an answer, 1 or more.
   *
   * @default 2
   */
  readonly timeoutSeconds?: number;
  /**
   * Failures in a row that make the container ill, 1 or more.
   *
   * @default 30
   */
  readonly failureThreshold?: number;
  /**
   * Successes in a row that make it well again, 1 or more.
   *
   * @default 1
   */
  readonly successThreshold?: number;
}
