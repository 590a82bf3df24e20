import { isServing, sameTraffic, sameWeights, totalWeight } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { names } from "./azure";
import type { ModelledAzure } from "./azure";
import type { Endpoint } from "./world";

export type InvariantName = "I1" | "I2" | "I4" | "I5" | "I6" | "I9";

export interface BrokenInvariant {
  readonly invariant: InvariantName;
  readonly what: string;
}

/** Watches a run from outside: it knows what Azure really has and who wrote it, and nothing of how we decide. */
export class Invariants {
  readonly broken: BrokenInvariant[] = [];
  private sawServing = false;

  constructor(
    private readonly azure: ModelledAzure,
    private readonly declared: TrafficState,
    private readonly acceptLive: Weights | undefined,
  ) {}

  /** Just before the endpoint is written. */
  writeTraffic(inputs: Endpoint, ours: readonly TrafficState[]): void {
    const { endpoint, deployments, lastRead } = this.azure;
    if (endpoint !== undefined && isServing(endpoint) && totalWeight(inputs.traffic) !== 100) {
      this.report("I1", "a write without the weights of an endpoint that serves");
    }
    for (const [name, { state }] of Object.entries(deployments)) {
      if (names(inputs, name) && state !== "Succeeded") this.report("I2", `weight for ${name}, which is ${state}`);
    }
    const missing = Object.keys(inputs.traffic).filter((name) => names(inputs, name) && !(name in deployments));
    if (missing.length > 0) this.report("I2", `weight for ${missing.join(", ")}, which is not there`);
    if (lastRead !== undefined && !this.isKnown(lastRead, ours))
      this.report("I4", "weights of another writer are lost");
  }

  /** Just before a deployment is created or updated. */
  putDeployment(name: string, version: string): void {
    const { deployments, endpoint, foreign, lastRead, hasDropped, before: atStart } = this.azure;
    if (lastRead !== undefined && isServing(lastRead)) this.sawServing = true;
    const before = deployments[name];
    if (before === undefined || before.version === version || foreign !== undefined) return;
    const served = hasDropped ? atStart.endpoint : endpoint;
    if (names(served, name)) this.report("I5", `${name} serves and gets another model`);
  }

  /** Just before a deployment is deleted. What another writer does after the last read cannot be known. */
  deleteDeployment(name: string): void {
    const { lastRead, endpoint, foreign } = this.azure;
    if (lastRead === undefined || names(lastRead, name))
      this.report("I2", `${name} is deleted, not seen without weight`);
    if (foreign === undefined && names(endpoint, name)) this.report("I2", `${name} is deleted while it has weight`);
  }

  /** At the end of a run: nothing but the weights of before, the declared ones and those of another writer serves. */
  served(): void {
    const { endpoint, before, foreign, hasDropped } = this.azure;
    if (endpoint === undefined || endpoint === before.endpoint) return;
    const allowed = [
      before.endpoint ?? { traffic: {}, mirrorTraffic: {} },
      this.declared,
      ...(foreign ? [foreign] : []),
    ];
    if (hasDropped && !isServing(endpoint)) return;
    if (!allowed.some((state) => sameTraffic(state, endpoint))) {
      this.report("I9", "other weights than those of before or after serve");
    }
    if (before.endpoint !== undefined && isServing(before.endpoint) && foreign === undefined && !isServing(endpoint)) {
      this.report("I1", "an endpoint that served serves nothing");
    }
  }

  /** Weights that go while the engine writes deployments are put back, whoever took them. */
  private isKnown(live: Endpoint, ours: readonly TrafficState[]): boolean {
    if (this.sawServing && !isServing(live)) return true;
    const accepted = this.acceptLive !== undefined && sameWeights(this.acceptLive, live.traffic);
    return accepted || [...ours, this.declared].some((state) => sameTraffic(state, live));
  }

  private report(invariant: InvariantName, what: string): void {
    this.broken.push({ invariant, what });
  }
}
