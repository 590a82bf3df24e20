import type * as pulumi from "@pulumi/pulumi";

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

/** How often collected data begins a new folder. */
export const RollingRate = { Minute: "Minute", Hour: "Hour", Day: "Day", Month: "Month", Year: "Year" } as const;
export type RollingRate = (typeof RollingRate)[keyof typeof RollingRate];

/** What is collected of the requests, as JSON lines in the workspace's default blob store. */
export interface DataCollectorArgs {
  /**
   * The collections by name. `model_inputs` and `model_outputs` are what the model gets and gives, `request` and
   * `response` are the bodies; a scoring script of your own may log under other names.
   */
  readonly collections: { readonly [name: string]: DataCollectionArgs };
  /**
   * How often a new file is begun.
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
