import type { Clock } from "../common/clock";
import type { Operations } from "./operations";
import type { Store } from "./store";

/** Whose the resources are. */
interface Tenancy {
  readonly tenantId: string;
  readonly subscriptionId: string;
}

/** What every resource type is served with; a service that needs more has a type of its own. */
export interface ArmServices {
  /** `https://localhost:PORT` */
  readonly url: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly operations: Operations;
  readonly tenancy: Tenancy;
}
