import { sameTraffic, weightOf } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { ModelledAzure } from "./modelledAzure";
import type { Reply } from "./modelledAzure";
import { GO_ON, endOf } from "./end";
import type { End, Stop } from "./end";
import type { Call } from "./faults";
import { ModelledHooks } from "./modelledHooks";
import { idOfValue } from "./ids";
import { Invariants } from "./invariants";
import type { BrokenInvariant } from "./invariants";
import type { UpOptions } from "./upOptions";
import type { Program } from "./programs";
import { recoveredState } from "./recovered";
import type { Endpoint, EngineState, ModelledDeployment, Snapshot } from "./snapshot";

export interface UpResult {
  readonly end: End;
  readonly snapshot: Snapshot;
  readonly calls: readonly Call[];
  /** Whether Azure refused or failed something because of its condition before the run. */
  readonly isHindered: boolean;
  readonly broken: readonly BrokenInvariant[];
}

/**
 * Simulates `pulumi up` as the engine runs it: creates and updates in order, the traffic step after them or on the way
 * back before them, then the deletes.
 */
export function simulateUp(before: Snapshot, program: Program, options: UpOptions): UpResult {
  return new SimulatedUp(before, program, options).go();
}

/** As the decision of `WriteOrder` in `components/resources`. */
interface Order {
  readonly isTrafficFirst: boolean;
  /** Declared deployments that Azure does not have. */
  readonly missing: readonly string[];
}

const DEPLOYMENTS_FIRST: Order = { isTrafficFirst: false, missing: [] };

class SimulatedUp {
  private readonly azure: ModelledAzure;
  private readonly invariants: Invariants;
  private readonly hooks: ModelledHooks;
  private readonly declared: TrafficState;
  private state: EngineState;
  private ours: readonly TrafficState[];
  private order = DEPLOYMENTS_FIRST;

  constructor(
    private readonly before: Snapshot,
    private readonly program: Program,
    private readonly options: UpOptions,
  ) {
    this.azure = new ModelledAzure(before, options.fault);
    this.declared = program.state;
    this.invariants = new Invariants(this.azure, this.declared, options.acceptLive, options.limits);
    this.hooks = new ModelledHooks(this.azure, this.declared, options);
    this.state = before.state;
    this.ours = before.ours;
  }

  go(): UpResult {
    const end = this.createEndpoint() ?? this.decide() ?? this.writeAll() ?? this.deleteDeployments();
    this.invariants.served();
    const { endpoint, deployments, calls, isHindered, noCapacity } = this.azure;
    const faulted = this.before.faulted || this.azure.faulted;
    const state = end?.kind === "killed" ? recoveredState(this.azure, this.state, this.program) : this.state;
    return {
      end: end ?? { kind: "done" },
      snapshot: { endpoint, deployments, state, noCapacity, ours: this.ours, faulted },
      calls,
      isHindered,
      broken: this.invariants.broken,
    };
  }

  private createEndpoint(): Stop {
    if (this.state.endpoint) return GO_ON;
    const reply = this.azure.createEndpoint();
    if (reply === "ok") this.state = { ...this.state, endpoint: true };
    return endOf(reply);
  }

  /**
   * Decides what is written first. Only a killed engine ends the run here: after a failed read the usual order applies.
   */
  private decide(): Stop {
    const { reply, endpoint: live } = this.azure.read("read endpoint");
    if (reply === "killed") return endOf(reply);
    if (live === undefined || !this.options.answers.isWayBack(live, this.declared)) return GO_ON;
    const read = this.azure.readStates(Object.keys(this.declared.traffic));
    if (read.reply !== "ok") return read.reply === "killed" ? endOf(read.reply) : GO_ON;
    const missing = Object.keys(this.declared.traffic).filter((name) => read.states[name] === undefined);
    const isTrafficFirst = !missing.some((name) => weightOf(this.declared.traffic, name) > 0);
    if (isTrafficFirst) this.order = { isTrafficFirst, missing };
    return GO_ON;
  }

  private writeAll(): Stop {
    if (!this.order.isTrafficFirst) return this.putDeployments() ?? this.step();
    return this.step() ?? this.putDeployments() ?? this.restoreDropped();
  }

  private putDeployments(): Stop {
    for (const [name, version] of Object.entries(this.program.deployments)) {
      const known = this.state.deployments[name];
      if (known?.version === version && known.state === "Succeeded") continue;
      const stop =
        this.hooks.beforeDeployment(name, known, version, this.order.isTrafficFirst) ??
        this.putDeployment(name, version);
      if (stop !== GO_ON) return stop;
    }
    return GO_ON;
  }

  private putDeployment(name: string, version: string): Stop {
    this.invariants.putDeployment(name, version);
    const reply = this.azure.putDeployment(name, version);
    const recorded = reply === "ok" ? "Succeeded" : "Failed";
    if (reply === "ok" || reply === "failed") this.record(name, { version, state: recorded });
    return endOf(reply);
  }

  private step(): Stop {
    const read = this.azure.read("read endpoint");
    if (read.reply === "killed") return endOf(read.reply);
    const live = read.reply === "ok" ? read.endpoint : undefined;
    const inputs = this.stepInputs(live);
    if (this.state.step === undefined || idOfValue(this.state.step) !== idOfValue(inputs)) {
      return this.hooks.beforeTraffic(this.state.step) ?? this.writeStep(inputs) ?? this.verify();
    }
    this.settled(live);
    return GO_ON;
  }

  /** As the function of the same name in `components/resources`: repeats the template, as a resource of its own. */
  private restoreDropped(): Stop {
    const { reply, endpoint: live } = this.azure.read("read endpoint");
    if (reply === "killed") return endOf(reply);
    if (live === undefined || !this.options.answers.isLost(live, this.declared)) return GO_ON;
    const inputs = this.stepInputs(live);
    return this.hooks.beforeTraffic(this.declared) ?? endOf(this.write(inputs)) ?? this.verify();
  }

  private stepInputs(live: Endpoint | undefined): Endpoint {
    return this.options.answers.stepInputs(this.declared, live, this.options.now, this.order.missing);
  }

  private writeStep(inputs: Endpoint): Stop {
    const reply = this.write(inputs);
    if (reply === "ok" || reply === "failed") this.state = { ...this.state, step: inputs };
    return endOf(reply);
  }

  private write(inputs: Endpoint): Reply {
    this.invariants.writeTraffic(inputs, this.ours);
    this.ours = [...this.ours.filter((state) => !sameTraffic(state, this.declared)), this.declared];
    return this.azure.writeTraffic(inputs);
  }

  /** As `afterTraffic` in `components/live`: a read that fails or shows old weights is repeated. */
  private verify(): Stop {
    for (const _ of ["first", "last"]) {
      const { reply, endpoint: live } = this.azure.read("verify");
      if (reply === "killed") return endOf(reply);
      if (reply === "ok" && live !== undefined && this.options.answers.isVerified(live, this.declared)) {
        this.settled(live);
        return GO_ON;
      }
    }
    return { kind: "failed" };
  }

  private deleteDeployments(): Stop {
    const leaving = Object.keys(this.state.deployments).filter((name) => !(name in this.program.deployments));
    for (const name of leaving) {
      this.invariants.deleteDeployment(name);
      const reply = this.azure.deleteDeployment(name);
      if (reply !== "ok") return endOf(reply);
      this.record(name, undefined);
    }
    return GO_ON;
  }

  private settled(readBack: Endpoint | undefined): void {
    this.azure.readBack = readBack;
    this.ours = [this.declared];
  }

  private record(name: string, deployment: ModelledDeployment | undefined): void {
    const { [name]: _, ...others } = this.state.deployments;
    this.state = { ...this.state, deployments: { ...others, ...(deployment && { [name]: deployment }) } };
  }
}
