import type { BlobService } from "../blob/blobService";
import type { Clock } from "../clock";
import type { Identity } from "../identity/identity";
import type { RequestMetrics } from "../metrics/requestMetrics";
import type { Readings } from "../ml/readings";
import type { CoreLimits } from "../ml/quotas";
import type { Serving } from "../ml/serving";
import type { ActivityLog } from "../monitor/activityLog";
import type { Operations } from "./operations";
import type { Store } from "./store";

/** What resource types work with. */
export interface Services {
  /** `https://localhost:PORT` */
  readonly url: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly operations: Operations;
  readonly identity: Identity;
  readonly blobs: BlobService;
  readonly serving: Serving;
  readonly requestMetrics: RequestMetrics;
  readonly activityLog: ActivityLog;
  readonly readings: Readings;
  /** Cores of each region by family of virtual machines; a family without a limit has a high one. */
  readonly coreLimits: CoreLimits;
}
