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

/** What can go wrong at a call; at most one per run. */
export type Trouble =
  /** The engine is killed before Azure gets the call, or after Azure did it and before the engine knows. */
  | "killed before"
  | "killed after"
  /** Azure refuses the call or cannot be reached. */
  | "refused"
  /** The operation ends as failed: a container that does not start, or a template that did nothing. */
  | "failed"
  /** A deployment has no capacity: this and every later write of it fails until capacity returns. */
  | "no capacity"
  /** The operation is reported as failed although it succeeded. */
  | "done, reported as failed"
  /** The operation succeeds without effect, or changes only the tags. */
  | "without effect"
  | "tags alone"
  /** The next read, or every read until the verification gives up, shows the old document. */
  | "shown late"
  | "shown too late"
  /** The service drops the endpoint's weights during the operation. */
  | "weights dropped"
  /** Somebody else writes the endpoint just before the call. */
  | "other writer"
  /** Somebody else updates a deployment just before the call, and it fails. */
  | "broken deployment"
  /** Autoscale starts scaling a deployment just before the call. */
  | "scaling";

export interface Fault {
  readonly at: number;
  readonly trouble: Trouble;
  /** What the other writer leaves. */
  readonly written?: (endpoint: Endpoint) => Endpoint;
  /** The deployment that somebody breaks or scales. */
  readonly deployment?: string;
}

/** What other actors may do. */
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

/** Every possible single fault of a run that made these calls. */
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

/**
 * Whether the same program must succeed when run again after a fault. A change of the tags alone looks like somebody
 * else's edit.
 */
export function isCuredByRerun({ trouble }: Fault): boolean {
  return !["other writer", "broken deployment", "tags alone", "no capacity", "scaling"].includes(trouble);
}

/** Whether a fault goes away by itself; then the same program must succeed. */
export function passesByItself({ trouble }: Fault): boolean {
  return ["no capacity", "scaling"].includes(trouble);
}

/** The snapshot after waiting: capacity has returned and scaling has finished. */
export function afterWaiting(snapshot: Snapshot): Snapshot {
  const deployments = Object.entries(snapshot.deployments).map(([name, { version, state }]) => {
    return [name, { version, state: state === "Scaling" ? "Succeeded" : state }] as const;
  });
  return { ...snapshot, deployments: Object.fromEntries(deployments), noCapacity: undefined };
}

/** The snapshots that follow by themselves, one change at a time: capacity returns, or a scaling ends or fails. */
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

/** Whether a run must succeed in spite of a fault. */
export function isCuredInRun({ trouble }: Fault): boolean {
  return ["shown late", "weights dropped"].includes(trouble);
}
