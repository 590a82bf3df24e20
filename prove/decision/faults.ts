import type { Endpoint, Snapshot } from "./snapshot";

/** The calls of a run to Azure. */
export type Call =
  | "create endpoint"
  | "put deployment"
  | "read endpoint"
  | "read deployments"
  | "write traffic"
  | "verify"
  | "delete deployment";

/** What can go wrong at a call, one thing in a run. */
export type Trouble =
  /** The engine is killed before Azure gets the call, or after Azure did it and before the engine knows. */
  | "killed before"
  | "killed after"
  /** Azure refuses the call or cannot be reached. */
  | "refused"
  /** The operation ends as failed: a container that does not start, or a template that did nothing. */
  | "failed"
  /** There are no machines for a deployment: this write of it fails, and every later one until some are free. */
  | "no capacity"
  /** The operation is reported as failed though it was done. */
  | "done, reported as failed"
  /** The operation succeeds without an effect, or with that on the tags alone. */
  | "without effect"
  | "tags alone"
  /** The old document is shown to the next reader, or until the verification has given up. */
  | "shown late"
  | "shown too late"
  /** The service drops the weights of the endpoint while it does what it is asked. */
  | "weights dropped"
  /** Somebody else writes the endpoint just before the call. */
  | "other writer"
  /** A deployment is updated by somebody else just before the call and does not come up. */
  | "broken deployment"
  /** Autoscale is at work on a deployment from just before the call on. */
  | "scaling";

export interface Fault {
  readonly at: number;
  readonly trouble: Trouble;
  /** What the other writer leaves. */
  readonly written?: (endpoint: Endpoint) => Endpoint;
  /** The deployment that somebody breaks or scales. */
  readonly deployment?: string;
}

/** What others than the engine and Azure may do. */
export interface OtherActors {
  readonly writers: readonly NonNullable<Fault["written"]>[];
  readonly deployments: readonly string[];
}

const EVERY_CALL: readonly Trouble[] = ["killed before", "refused"];
const TROUBLES: Readonly<Record<Call, readonly Trouble[]>> = {
  "create endpoint": [...EVERY_CALL, "killed after"],
  "put deployment": [...EVERY_CALL, "killed after", "failed", "no capacity", "weights dropped"],
  "read endpoint": [...EVERY_CALL, "other writer", "broken deployment", "scaling"],
  "read deployments": [...EVERY_CALL, "broken deployment", "scaling"],
  "write traffic": [
    ...EVERY_CALL,
    "killed after",
    "failed",
    "done, reported as failed",
    "without effect",
    "tags alone",
    "shown late",
    "shown too late",
    "other writer",
  ],
  verify: [...EVERY_CALL, "other writer"],
  "delete deployment": [...EVERY_CALL, "killed after", "other writer"],
};

/** Every single fault of a run that made these calls. */
export function faultsOf(calls: readonly Call[], { writers, deployments }: OtherActors): readonly Fault[] {
  return calls.flatMap((call, at) =>
    TROUBLES[call].flatMap((trouble): readonly Fault[] => {
      if (trouble === "other writer") return writers.map((written) => ({ at, trouble, written }));
      if (trouble === "broken deployment" || trouble === "scaling")
        return deployments.map((deployment) => ({ at, trouble, deployment }));
      return [{ at, trouble }];
    }),
  );
}

/** Whether the same program, run again after a fault, must be done. The tags alone look like an edit by somebody else. */
export function isCuredByRerun({ trouble }: Fault): boolean {
  return !["other writer", "broken deployment", "tags alone", "no capacity", "scaling"].includes(trouble);
}

/** Whether a fault goes away by itself: then the same program must be done. */
export function passesByItself({ trouble }: Fault): boolean {
  return ["no capacity", "scaling"].includes(trouble);
}

/** The snapshot when what only takes time is over: machines are free again, and all that was scaled is. */
export function afterWaiting(snapshot: Snapshot): Snapshot {
  const deployments = Object.entries(snapshot.deployments).map(([name, { version, state }]) => {
    return [name, { version, state: state === "Scaling" ? "Succeeded" : state }] as const;
  });
  return { ...snapshot, deployments: Object.fromEntries(deployments), noCapacity: undefined };
}

/** What a snapshot becomes by itself, one thing at a time: machines are free again, a scaling ends or fails. */
export function laterSnapshots(snapshot: Snapshot): readonly Snapshot[] {
  const { deployments, noCapacity } = snapshot;
  const scaled = Object.entries(deployments).flatMap(([name, deployment]) =>
    deployment.state === "Scaling" ? ENDS.map((state) => ({ [name]: { ...deployment, state } })) : [],
  );
  return [
    ...scaled.map((ended) => ({ ...snapshot, deployments: { ...deployments, ...ended } })),
    ...(noCapacity === undefined ? [] : [{ ...snapshot, noCapacity: undefined }]),
  ];
}

const ENDS = ["Succeeded", "Failed"] as const;

/** Whether a run that can be done is done in spite of a fault. */
export function isCuredInRun({ trouble }: Fault): boolean {
  return ["shown late", "weights dropped"].includes(trouble);
}
