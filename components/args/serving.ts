import type * as pulumi from "@pulumi/pulumi";

/** How many requests a deployment handles at once, and how long one may take. */
export interface RequestSettingsArgs {
  /**
   * Requests that one instance handles at the same time, 1 or more; the others wait.
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

/** How the health of the container is checked. Source of the defaults: the ARM specification, 2025-12-01. */
export interface ProbeArgs {
  /**
   * Seconds before the first check, 0 or more.
   *
   * @default - Azure's, 10
   */
  readonly initialDelaySeconds?: number;
  /**
   * Seconds between two checks, 1 or more.
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
   * Consecutive failures after which the container counts as unhealthy, 1 or more.
   *
   * @default 30
   */
  readonly failureThreshold?: number;
  /**
   * Consecutive successes after which it counts as healthy again, 1 or more.
   *
   * @default 1
   */
  readonly successThreshold?: number;
}

/** How often collected data starts a new folder. */
export const RollingRate = { Minute: "Minute", Hour: "Hour", Day: "Day", Month: "Month", Year: "Year" } as const;
export type RollingRate = (typeof RollingRate)[keyof typeof RollingRate];

/** Which request data is collected, as JSON lines in the workspace's default blob store. */
export interface DataCollectorArgs {
  /**
   * The collections by name. `model_inputs` and `model_outputs` are what the model receives and returns, `request` and
   * `response` are the bodies; a scoring script of your own may log under other names.
   */
  readonly collections: { readonly [name: string]: DataCollectionArgs };
  /**
   * How often a new file is started.
   *
   * @default Hour
   */
  readonly rollingRate?: RollingRate;
  /**
   * Request headers that are kept with the collections `request` and `response`.
   *
   * @default - none
   */
  readonly captureHeaders?: string[];
}

/** One collection. */
export interface DataCollectionArgs {
  /**
   * Whether it is collected.
   *
   * @default true
   */
  readonly enabled?: boolean;
  /**
   * Share of the requests that is collected, more than 0 and at most 1.
   *
   * @default 1
   */
  readonly samplingRate?: number;
  /**
   * ARM id of the data asset version that says where the data goes. The endpoint's identity needs the role Storage Blob
   * Data Contributor there.
   *
   * @default - a folder in the workspace's default blob store
   */
  readonly dataId?: pulumi.Input<string>;
  /**
   * Client id of the user-assigned identity that writes the data.
   *
   * @default - the endpoint's identity
   */
  readonly clientId?: pulumi.Input<string>;
}
