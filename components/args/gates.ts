/** A request to the candidate by its header, and what its answer must be. */
export interface RequestGateArgs {
  /**
   * File with the request, JSON as callers send it; relative to the program.
   *
   * @default sample-request.json
   */
  readonly data?: string;
  /**
   * How many predictions the answer must have, 1 or more.
   *
   * @default - any number
   */
  readonly predictions?: number;
  /**
   * Names that each prediction must have, for a model that answers with objects.
   *
   * @default - none
   * @example ["label", "score"]
   */
  readonly keys?: string[];
  /**
   * Where in the answer `value` is, names and positions with dots between them.
   *
   * @default 0, the first prediction
   * @example "0.score"
   */
  readonly at?: string;
  /**
   * The number that must be there, any from below 0 to above.
   *
   * @default - any
   */
  readonly value?: number;
  /**
   * How far from `value` the number may be, 0 or more.
   *
   * @default 0
   */
  readonly tolerance?: number;
  /**
   * The longest time that the answer may take, connection included: 1 to 1,000,000 milliseconds.
   *
   * @default - as long as it takes
   */
  readonly maxMilliseconds?: number;
}

/** The candidate's failed requests since the last step, from Azure Monitor. One limit is needed; with both, both hold. */
export interface ErrorsGateArgs {
  /**
   * The most failed requests in percent, 0 to 100.
   *
   * @default - no limit of its own
   */
  readonly maxPercent?: number;
  /**
   * How many percentage points more than the stable deployment's requests may fail, 0 to 100.
   *
   * @default - it is not compared with the stable deployment
   */
  readonly maxAboveStable?: number;
  /**
   * Requests that a deployment must have had, 1 or more; with fewer the gate is inconclusive.
   *
   * @default 100
   */
  readonly minSamples?: number;
  /**
   * Only the last minutes count, 1 to 1440 (a day).
   *
   * @default - all since the last step, at most a day
   */
  readonly windowMinutes?: number;
}

/** How long the candidate takes to answer. One limit is needed; with both, both hold. */
export interface LatencyGateArgs {
  /**
   * The share of the requests, in percent, that must be answered in that time. Azure Monitor knows 50, 90, 95 and 99; with
   * `probes` any from 1 to 99.
   *
   * @default 95
   */
  readonly percentile?: number;
  /**
   * The most milliseconds, 1 to 1,000,000.
   *
   * @default - no limit of its own
   */
  readonly maxMilliseconds?: number;
  /**
   * How many times as long as the stable deployment it may take, 1 to 100.
   *
   * @default - it is not compared with the stable deployment
   */
  readonly maxTimesStable?: number;
  /**
   * The most requests of its own that the gate sends to each deployment by its header, 10 to 10000: then it can be asked
   * before any live traffic, and ends as soon as the answer is clear.
   *
   * @default - none; the live requests are judged, as Azure Monitor has them
   */
  readonly probes?: number;
  /**
   * File with the request of the probes, JSON as callers send it; relative to the program.
   *
   * @default sample-request.json
   */
  readonly data?: string;
  /**
   * Requests that a deployment must have answered, 1 or more; with fewer the gate is inconclusive.
   *
   * @default 100
   */
  readonly minSamples?: number;
  /**
   * Only the last minutes count, 1 to 1440 (a day). Not for probes.
   *
   * @default - all since the last step, at most a day
   */
  readonly windowMinutes?: number;
}

/** A GET whose answer says whether to go on. */
export interface HttpGateArgs {
  /** Address that is asked: https, or http on this machine. Nothing is sent with it. */
  readonly url: string;
  /**
   * The status that lets the candidate pass, 100 to 599.
   *
   * @default 200
   */
  readonly status?: number;
  /**
   * Where in a JSON answer `equals` is, names and positions with dots between them.
   *
   * @default - the answer itself
   * @example "status"
   */
  readonly at?: string;
  /**
   * What must be there, as text: `ok`, `0`, `true`.
   *
   * @default - any
   */
  readonly equals?: string;
  /**
   * Seconds that an answer may take, 1 to 300.
   *
   * @default 10
   */
  readonly timeoutSeconds?: number;
}

/** A command of the project: exit status 0 passes, 1 fails, any other one is inconclusive. */
export interface CommandGateArgs {
  /**
   * The command and its arguments, without a shell. It runs in the project's folder and sees no secret (docs/gates.md).
   *
   * @example ["python", "check.py", "--strict"]
   */
  readonly run: string[];
  /**
   * Seconds that it may take, 1 to 3600; then it is ended, and the gate is inconclusive.
   *
   * @default 60
   */
  readonly timeoutSeconds?: number;
}

/** A recorded set of requests goes to both deployments by their headers, and their answers are compared. */
export interface CompareGateArgs {
  /** File with a request on each line, JSON as callers send it; relative to the program. */
  readonly data: string;
  /**
   * The most predictions that may differ in percent, 0 to 100.
   *
   * @default 0
   */
  readonly maxPercent?: number;
  /**
   * How far two numbers may be apart and still count as equal, 0 or more.
   *
   * @default 0
   */
  readonly tolerance?: number;
  /**
   * Column of the requests by whose values the predictions are also counted apart.
   *
   * @default - none
   */
  readonly slice?: string;
  /**
   * The most predictions of a slice that may differ in percent, 0 to 100.
   *
   * @default - slices are shown and have no limit
   */
  readonly maxSlicePercent?: number;
  /**
   * Predictions that must have been compared, 1 or more, and in a slice for its limit to hold; with fewer the gate is
   * inconclusive.
   *
   * @default 30
   */
  readonly minSamples?: number;
  /**
   * File that the requests with the worst differences are written to; relative to the program.
   *
   * @default - one in the temporary folder, whose path is told
   */
  readonly saveWorst?: string;
}

/**
 * A question that is asked before a candidate's weight rises; exactly one of the first six says which. `docs/gates.md`
 * describes each.
 */
export interface GateArgs {
  /**
   * A request to the candidate.
   *
   * @default - another kind
   * @example { predictions: 1, maxMilliseconds: 500 }
   */
  readonly request?: RequestGateArgs;
  /**
   * The candidate's failed requests.
   *
   * @default - another kind
   * @example { maxPercent: 1, maxAboveStable: 0.5 }
   */
  readonly errors?: ErrorsGateArgs;
  /**
   * How long the candidate takes to answer.
   *
   * @default - another kind
   * @example { maxMilliseconds: 200 }
   */
  readonly latency?: LatencyGateArgs;
  /**
   * A GET.
   *
   * @default - another kind
   * @example { url: "https://status.example.com/api", at: "status", equals: "ok" }
   */
  readonly http?: HttpGateArgs;
  /**
   * A command of the project.
   *
   * @default - another kind
   * @example { run: ["python", "check.py"] }
   */
  readonly command?: CommandGateArgs;
  /**
   * The answers of both deployments to a recorded set of requests.
   *
   * @default - another kind
   * @example { data: "requests.jsonl", maxPercent: 2 }
   */
  readonly compare?: CompareGateArgs;
  /**
   * Whether its verdict is only shown and refuses nothing.
   *
   * @default false
   */
  readonly dryRun?: boolean;
}
