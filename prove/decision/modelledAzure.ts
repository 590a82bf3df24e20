import { sameTraffic, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import type { DeploymentStates } from "../../components/rollout/readiness";
import type { Call, Fault, Trouble } from "./faults";
import { modelVersionOf } from "./snapshot";
import type { Endpoint, ModelledDeployment, Snapshot } from "./snapshot";

/** A call's result: `refused` leaves no record in the state, `failed` does. */
export type Reply = "ok" | "refused" | "failed" | "killed";

/** A model of Azure's traffic handling with one fault. It refuses what the service refuses. */
export class ModelledAzure {
  readonly calls: Call[] = [];
  endpoint: Endpoint | undefined;
  deployments: Readonly<Record<string, ModelledDeployment>>;
  /** The inputs of the template deployed in this run. */
  template: Endpoint | undefined;
  /** Whether the fault has occurred. */
  faulted = false;
  /** What the other writer wrote in this run. */
  foreign: TrafficState | undefined;
  /** The endpoint before the service dropped its weights in this run. */
  dropped: Endpoint | undefined;
  /** A deployment without capacity. */
  noCapacity: string | undefined;
  /** Whether a call failed because of Azure's condition before the run. */
  isHindered = false;
  /** Deployments that got a new model in this run, by the engine's state. */
  readonly untested = new Set<string>();
  /** What was read after the step, or in its place when there was nothing to write. */
  readBack: Endpoint | undefined;
  /** What the last read showed. */
  lastRead: Endpoint | undefined;
  /** What stale reads show. */
  private shown: Endpoint | undefined;
  private catchesUp = false;

  constructor(
    readonly before: Snapshot,
    private readonly fault: Fault | undefined,
  ) {
    this.endpoint = before.endpoint;
    this.deployments = before.deployments;
    this.noCapacity = before.noCapacity;
  }

  createEndpoint(): Reply {
    return this.call("create endpoint", () => {
      // The provider first checks whether one exists.
      if (this.endpoint !== undefined) return "refused";
      this.endpoint = { traffic: {}, mirrorTraffic: {}, tags: {} };
      return "ok";
    });
  }

  putDeployment(name: string, version: string): Reply {
    return this.call("put deployment", (trouble) => {
      if (this.isScaling(name)) return "refused";
      if (trouble === "no capacity") this.noCapacity = name;
      this.isHindered ||= this.before.noCapacity === name;
      const known = this.before.state.deployments[name];
      if (known === undefined || modelVersionOf(known.version) !== modelVersionOf(version)) this.untested.add(name);
      const hasFailed = trouble === "failed" || this.noCapacity === name;
      this.deployments = { ...this.deployments, [name]: { version, state: hasFailed ? "Failed" : "Succeeded" } };
      if (trouble === "weights dropped" && this.endpoint !== undefined) {
        this.dropped = this.endpoint;
        this.endpoint = { ...this.endpoint, traffic: {}, mirrorTraffic: {} };
      }
      return hasFailed ? "failed" : "ok";
    });
  }

  read(call: "read endpoint" | "verify"): {
    readonly reply: Reply;
    readonly endpoint: Endpoint | undefined;
  } {
    const reply = this.call(call, () => "ok");
    const endpoint = this.shown ?? this.endpoint;
    if (reply !== "ok") return { reply, endpoint: undefined };
    if (this.catchesUp) this.shown = undefined;
    this.lastRead = endpoint;
    return { reply, endpoint };
  }

  readStates(asked: readonly string[]): { readonly reply: Reply; readonly states: DeploymentStates } {
    const reply = this.call("read deployments", () => "ok");
    return { reply, states: Object.fromEntries(asked.map((name) => [name, this.deployments[name]?.state])) };
  }

  readDeployment(name: string): { readonly reply: Reply; readonly deployment: ModelledDeployment | undefined } {
    const reply = this.call("read deployments", () => "ok");
    return { reply, deployment: this.deployments[name] };
  }

  writeTraffic(inputs: Endpoint): Reply {
    return this.call("write traffic", (trouble) => {
      this.lastRead = undefined;
      if (!this.accepts(inputs)) return "refused";
      this.template = inputs;
      const old = this.endpoint;
      if (trouble === "failed") return "failed";
      if (trouble === "without effect" || old === undefined) return "ok";
      this.endpoint = trouble === "tags alone" ? { ...old, tags: inputs.tags } : inputs;
      this.catchesUp = trouble === "shown late";
      this.shown = this.catchesUp || trouble === "shown too late" ? old : undefined;
      return trouble === "done, reported as failed" ? "failed" : "ok";
    });
  }

  deleteDeployment(name: string): Reply {
    return this.call("delete deployment", () => {
      if (this.isScaling(name)) return "refused";
      if (hasTraffic(this.endpoint, name)) return "refused";
      const { [name]: _, ...others } = this.deployments;
      this.deployments = others;
      return "ok";
    });
  }

  /**
   * Accepts weights only for existing deployments, positive ones only for those that came up or already have traffic.
   */
  private accepts({ traffic, mirrorTraffic }: TrafficState): boolean {
    const weights = [...Object.entries(traffic), ...Object.entries(mirrorTraffic)];
    return weights.every(([name, weight]) => {
      const deployment = this.deployments[name];
      if (deployment === undefined) return false;
      return weight === 0 || deployment.state !== "Failed" || hasTraffic(this.endpoint, name);
    });
  }

  /** Azure refuses a write of a busy resource. */
  private isScaling(name: string): boolean {
    const isScaling = this.deployments[name]?.state === "Scaling";
    this.isHindered ||= isScaling;
    return isScaling;
  }

  private call(call: Call, work: (trouble: Trouble | undefined) => Reply): Reply {
    const trouble = this.fault?.at === this.calls.length ? this.fault.trouble : undefined;
    this.calls.push(call);
    this.faulted ||= trouble !== undefined;
    if (trouble === "killed before") return "killed";
    if (trouble === "refused") return "refused";
    if (trouble === "other writer") this.writeAsOther();
    if (trouble === "broken deployment") this.setState("Failed", this.fault?.deployment ?? "");
    if (trouble === "scaling") this.setState("Scaling", this.fault?.deployment ?? "");
    const reply = work(trouble);
    return trouble === "killed after" ? "killed" : reply;
  }

  private setState(state: ModelledDeployment["state"], name: string): void {
    const deployment = this.deployments[name];
    if (deployment !== undefined) this.deployments = { ...this.deployments, [name]: { ...deployment, state } };
  }

  private writeAsOther(): void {
    const written = this.endpoint && this.fault?.written?.(this.endpoint);
    if (written === undefined || !this.accepts(written)) return;
    if (this.endpoint !== undefined && !sameTraffic(written, this.endpoint)) this.foreign = written;
    this.endpoint = written;
    this.shown = undefined;
  }
}

/** Whether a state gives a deployment traffic, live or mirrored. */
export function hasTraffic(state: TrafficState | undefined, deployment: string): boolean {
  if (state === undefined) return false;
  return weightOf(state.traffic, deployment) > 0 || weightOf(state.mirrorTraffic, deployment) > 0;
}
