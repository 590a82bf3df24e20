import type { Clock } from "../common/clock";
import type { Operations } from "./operations";
import type { Store } from "./store";

/** The subscription and tenant of the resources. */
interface Tenancy {
  readonly tenantId: string;
  readonly subscriptionId: string;
}

/** The services for every resource type; a service that needs more extends them. */
export interface ArmServices {
  /** `https://localhost:PORT` */
  readonly url: string;
  readonly store: Store;
  readonly clock: Clock;
  readonly operations: Operations;
  readonly tenancy: Tenancy;
}
