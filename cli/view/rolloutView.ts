import type { PlanStage } from "../../components/rollout/position";

/** What is going on, from calm to alarming. */
export type Phase =
  /** One deployment serves, nothing is being rolled out. */
  | "stable"
  /** A step is live and whoever decides may take the next one. */
  | "waiting"
  /** Held up by `rollout.paused`. */
  | "paused"
  /** Before the end of a bake time. */
  | "baking"
  /** Azure or an update is still working. */
  | "progressing"
  /** A deployment failed, an update was cut off, or the live weights are not the ones that were written. */
  | "degraded";

export type Role = "stable" | "candidate" | "other";

/** What Azure Monitor says of a deployment's last minutes. */
export interface MetricsView {
  readonly minutes: number;
  readonly requestsPerMinute: number;
  /** Share of the requests that were answered with a 5xx or were not answered, 0 to 100 percent. */
  readonly errorPercent: number;
  /** Milliseconds; left out where nothing was answered. */
  readonly p50?: number;
  readonly p95?: number;
}

export interface DeploymentView {
  readonly name: string;
  readonly role: Role;
  /** Version of the model as declared; left out when it is not known. */
  readonly modelVersion?: string;
  /** Weights in percent; `declared` is left out for what the program does not declare. */
  readonly declared?: number;
  readonly live: number;
  readonly mirror: number;
  /** Provisioning state as Azure words it; left out when Azure has no such deployment. */
  readonly state?: string;
  readonly instances?: number;
  /** Left out when Azure Monitor did not answer. */
  readonly metrics?: MetricsView;
}

/** A gate that the next step asks. */
export interface GateView {
  /** Its name in `rollout.gates`. */
  readonly gate: string;
  readonly kind: string;
  /** Whether it refuses nothing. */
  readonly dryRun: boolean;
  /** Who is asked, in words. */
  readonly asks: string;
  /** What it said in the last step; left out when it was not asked there. */
  readonly last?: {
    /** `pass`, `fail`, `inconclusive` or `not asked`. */
    readonly verdict: string;
    readonly candidate: string;
    readonly numbers: string;
    readonly window?: string;
  };
}

/** What the rollout waits for without anybody doing anything. */
export interface AwaitedView {
  /** Such as `deployment model-2 (Creating)`. */
  readonly what: string;
  /** RFC 3339; left out when it is not known. */
  readonly since?: string;
  /** How long it takes as a rule, in words. */
  readonly usual?: string;
  /** When it is over, RFC 3339; left out when it is not known. */
  readonly until?: string;
}

/** What a person sees of a rollout at one moment. `status --json` and each line of `watch --json` print it. */
export interface RolloutView {
  readonly schemaVersion: 1;
  /** RFC 3339. */
  readonly at: string;
  /** `organization/project/stack`. */
  readonly stack: string;
  /** Empty before the first update. */
  readonly component: string;
  readonly endpoint: {
    /** Empty, as the id, before the first update. */
    readonly name: string;
    readonly id: string;
    /** As Azure words it; left out when there is no endpoint. */
    readonly state?: string;
  };
  readonly phase: Phase;
  /** Why, in one sentence. */
  readonly message: string;
  /** Stable first, then the candidate, then the others. */
  readonly deployments: readonly DeploymentView[];
  /** Left out while no candidate is declared. */
  readonly plan?: {
    readonly stages: readonly PlanStage[];
    readonly step: number;
    readonly of: number;
    /** As the preview says it: `step 2 of 4`. */
    readonly text: string;
  };
  /** What the next step asks; left out when it asks nothing. */
  readonly gates?: readonly GateView[];
  /** A time that the next step waits for. */
  readonly bake?: { readonly since: string; readonly until: string; readonly minutes: number };
  /** What the phase ends with by itself; left out when a person has to act. */
  readonly awaited?: AwaitedView;
  /** What stack config asks for and no update has applied yet; left out when there is nothing. */
  readonly unapplied?: readonly string[];
  /** When the live weights were written, RFC 3339. */
  readonly changedAt?: string;
  readonly next: { readonly text: string; readonly command?: string };
  /** What could not be read, and why; the rest is there all the same. */
  readonly missing: readonly string[];
}
