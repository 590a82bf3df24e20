import type { EndpointPath } from "./path";

/** What is written first in a run. */
export interface Decision {
  /** The traffic step before the deployments, or after them. */
  readonly isTrafficFirst: boolean;
  /** Declared deployments that Azure does not have; they are made after the step, which leaves them out. */
  readonly missing: readonly string[];
}

/** What hooks ask of the order in which a run writes, and tell it. */
export interface StepOrder {
  /** Where the endpoint is, once it is registered, or let pass; undefined while a preview does not know it. */
  readonly path: Promise<EndpointPath | undefined>;
  readonly decision: Promise<Decision>;
  /** Lets the step go on before the endpoint is registered: the engine holds it back to repair what needs no repair. */
  passEndpoint(path: EndpointPath): void;
  /** The step is about to be written. */
  beginStep(): void;
  /**
   * Waits until the step is done.
   *
   * @param patience - seconds that it may take to begin
   * @returns whether it was done
   */
  stepDone(patience: number): Promise<boolean>;
}
