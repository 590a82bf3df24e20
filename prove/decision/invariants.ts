import { isServing, sameTraffic, sameWeights, totalWeight, weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { hasTraffic } from "./modelledAzure";
import type { ModelledAzure } from "./modelledAzure";
import { modelVersionOf } from "./snapshot";
import type { Endpoint } from "./snapshot";

export type InvariantName = "I1" | "I2" | "I4" | "I5" | "I6" | "I9" | "I11" | "I12" | "I14";

export interface BrokenInvariant {
  readonly invariant: InvariantName;
  readonly what: string;
}

/** The limits that the user sets. */
export interface Limits {
  /** Whether deletion protection is on. */
  readonly isProtected: boolean;
  /** The maximum weight in the update that creates a deployment or changes its model. */
  readonly maxInitialWeight: number;
}

/** Watches a run from outside: it knows what Azure really has and who wrote it, but nothing about our decisions. */
export class Invariants {
  readonly broken: BrokenInvariant[] = [];
  private sawServing = false;

  constructor(
    private readonly azure: ModelledAzure,
    private readonly declared: TrafficState,
    private readonly acceptLive: Weights | undefined,
    private readonly limits: Limits,
  ) {}

  /** Just before the endpoint is written. */
  writeTraffic(inputs: Endpoint, ours: readonly TrafficState[]): void {
    const { endpoint, deployments, lastRead } = this.azure;
    this.checkLeaving();
    if (endpoint !== undefined && isServing(endpoint) && totalWeight(inputs.traffic) !== 100) {
      this.report("I1", "a write without the weights of an endpoint that serves");
    }
    for (const [name, { state }] of Object.entries(deployments)) {
      const isNew = hasTraffic(inputs, name) && !hasTraffic(this.serving(), name);
      if (isNew && state !== "Succeeded") this.report("I2", `weight for ${name}, which is ${state}`);
    }
    this.checkUntested(inputs);
    const missing = Object.keys(inputs.traffic).filter((name) => hasTraffic(inputs, name) && !(name in deployments));
    if (missing.length > 0) this.report("I2", `weight for ${missing.join(", ")}, which is not there`);
    if (lastRead !== undefined && !this.isKnown(lastRead, ours))
      this.report("I4", "weights of another writer are lost");
  }

  /** Just before a deployment is created or updated. */
  putDeployment(name: string, version: string): void {
    const { deployments, foreign, lastRead } = this.azure;
    this.checkLeaving();
    if (lastRead !== undefined && isServing(lastRead)) this.sawServing = true;
    const before = deployments[name];
    if (before === undefined || modelVersionOf(before.version) === modelVersionOf(version) || foreign !== undefined)
      return;
    if (hasTraffic(this.serving(), name)) this.report("I5", `${name} serves and gets another model`);
  }

  /** Just before a deployment is deleted. Another writer's change after the verification is Azure's to refuse. */
  deleteDeployment(name: string): void {
    const { readBack, endpoint, foreign } = this.azure;
    if (readBack === undefined || hasTraffic(readBack, name))
      this.report("I2", `${name} is deleted, not seen without weight`);
    if (foreign === undefined && hasTraffic(endpoint, name))
      this.report("I2", `${name} is deleted while it has weight`);
  }

  /** At the end of a run: only the previous weights, the declared ones or another writer's serve. */
  served(): void {
    const { endpoint, before, foreign, dropped } = this.azure;
    if (endpoint === undefined || endpoint === before.endpoint) return;
    const allowed = [
      before.endpoint ?? { traffic: {}, mirrorTraffic: {} },
      this.declared,
      ...(foreign ? [foreign] : []),
    ];
    if (dropped !== undefined && !isServing(endpoint)) return;
    if (!allowed.some((state) => sameTraffic(state, endpoint))) {
      this.report("I9", "other weights than those of before or after serve");
    }
    if (before.endpoint !== undefined && isServing(before.endpoint) && foreign === undefined && !isServing(endpoint)) {
      this.report("I1", "an endpoint that served serves nothing");
    }
  }

  /** What serves; dropped weights count, since they will be restored. */
  private serving(): Endpoint | undefined {
    const { endpoint, dropped } = this.azure;
    return dropped !== undefined && endpoint !== undefined && !isServing(endpoint) ? dropped : endpoint;
  }

  /** Nothing is written for a step that would then delete a deployment with traffic. */
  private checkLeaving(): void {
    const { lastRead, foreign } = this.azure;
    if (!this.limits.isProtected || lastRead === undefined || foreign !== undefined) return;
    const leaving = Object.keys(this.azure.deployments).filter((name) => !(name in this.declared.traffic));
    for (const name of leaving.filter((one) => hasTraffic(this.serving(), one)))
      this.report("I11", `${name} has requests and leaves in the same update`);
  }

  /** Once the endpoint serves, callers never get a model in the update that creates it. */
  private checkUntested({ traffic }: TrafficState): void {
    const { before, foreign, untested } = this.azure;
    if (before.endpoint === undefined || !isServing(before.endpoint) || foreign !== undefined) return;
    const served = this.serving()?.traffic ?? {};
    for (const name of untested) {
      const most = Math.max(weightOf(served, name), this.limits.maxInitialWeight);
      if (weightOf(traffic, name) > most) this.report("I14", `${name} gets weight in the update that makes it`);
    }
  }

  /** Weights that are lost while the engine writes deployments are restored, whoever removed them. */
  private isKnown(live: Endpoint, ours: readonly TrafficState[]): boolean {
    if (this.sawServing && !isServing(live)) return true;
    const accepted = this.acceptLive !== undefined && sameWeights(this.acceptLive, live.traffic);
    return accepted || [...ours, this.declared].some((state) => sameTraffic(state, live));
  }

  private report(invariant: InvariantName, what: string): void {
    this.broken.push({ invariant, what });
  }
}
