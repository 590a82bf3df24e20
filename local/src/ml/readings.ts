/** What the service does where Microsoft documents nothing: a client has to work with either. */
export interface Readings {
  /** Whether an endpoint PUT without `traffic` clears the live weights. @default true */
  readonly omittedTrafficClears: boolean;
  /** Whether a weight of 0 that was written is answered. @default true */
  readonly zeroWeightsAnswered: boolean;
  /** Whether a deployment that is deleted stays in the traffic map, with its 0. @default false */
  readonly deletedWeightStays: boolean;
}

export function readingsOf(given: Partial<Readings>): Readings {
  return {
    omittedTrafficClears: given.omittedTrafficClears ?? true,
    zeroWeightsAnswered: given.zeroWeightsAnswered ?? true,
    deletedWeightStays: given.deletedWeightStays ?? false,
  };
}
