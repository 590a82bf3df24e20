import type { Violation } from "../../components/rollout/violation";
import { isServing, sameTraffic, weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { ModelledAzure } from "./azure";
import type { Reply } from "./azure";
import type { Answers } from "./decision";
import type { Call, Fault } from "./faults";
import { idOf } from "./ids";
import { Invariants } from "./invariants";
import type { BrokenInvariant } from "./invariants";
import type { Program } from "./programs";
import { recovered } from "./recovered";
import { modelOf } from "./world";
import type { Endpoint, EngineState, ModelledDeployment, World } from "./world";

export interface RunOptions {
  readonly answers: Answers;
  readonly now: Date;
  readonly isProtected: boolean;
  readonly acceptLive?: Weights;
  readonly fault?: Fault;
}

/** How a run ended: `refused` by a rule of ours, `failed` by Azure or a verification, `killed`, or `done`. */
export type End =
  | { readonly kind: "done" | "failed" | "killed" }
  | { readonly kind: "refused"; readonly violations: readonly Violation[] };

export interface RunResult {
  readonly end: End;
  readonly world: World;
  readonly calls: readonly Call[];
  /** Whether Azure has refused something, or failed at it, because of what it was like before the run. */
  readonly isHindered: boolean;
  readonly broken: readonly BrokenInvariant[];
}

/**
 * One `pulumi up` as the engine makes it: creates and updates in order, the traffic step after them or on the way back
 * before them, then the deletes.
 */
export function run(before: World, program: Program, options: RunOptions): RunResult {
  return new Run(before, program, options).go();
}

const GO_ON = undefined;
type Stop = End | typeof GO_ON;

/** As the decision of `WriteOrder` in `components/resources`. */
interface Order {
  readonly isTrafficFirst: boolean;
  /** Declared deployments that Azure does not have. */
  readonly missing: readonly string[];
}

const DEPLOYMENTS_FIRST: Order = { isTrafficFirst: false, missing: [] };

class Run {
  private readonly azure: ModelledAzure;
  private readonly invariants: Invariants;
  private readonly declared: TrafficState;
  private state: EngineState;
  private ours: readonly TrafficState[];
  private servedBefore: TrafficState | undefined;
  private order = DEPLOYMENTS_FIRST;

  constructor(
    private readonly before: World,
    private readonly program: Program,
    private readonly options: RunOptions,
  ) {
    this.azure = new ModelledAzure(before, options.fault);
    this.declared = program.state;
    this.invariants = new Invariants(this.azure, this.declared, options.acceptLive, options.isProtected);
    this.state = before.state;
    this.ours = before.ours;
  }

  go(): RunResult {
    const end = this.createEndpoint() ?? this.decide() ?? this.writeAll() ?? this.deleteDeployments();
    this.invariants.served();
    const { endpoint, deployments, calls, isHindered, noCapacity } = this.azure;
    const faulted = this.before.faulted || this.azure.faulted;
    const state = end?.kind === "killed" ? recovered(this.azure, this.state, this.program) : this.state;
    return {
      end: end ?? { kind: "done" },
      world: { endpoint, deployments, state, noCapacity, ours: this.ours, faulted },
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

  /** What is written first. Nothing ends here but a killed engine: what cannot be read leaves the usual order. */
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
      const stop = this.beforeDeployment(name, known, version) ?? this.putDeployment(name, version);
      if (stop !== GO_ON) return stop;
    }
    return GO_ON;
  }

  /** As the hook of the same name in `components/live`. */
  private beforeDeployment(name: string, known: ModelledDeployment | undefined, version: string): Stop {
    const { reply, endpoint: read } = this.azure.read("read endpoint");
    if (reply !== "ok" || read === undefined) return endOf(reply);
    const [was, is] = known === undefined ? [{}, {}] : [known.version, version].map((one) => ({ model: modelOf(one) }));
    const { answers } = this.options;
    if (isServing(read)) this.servedBefore ??= { traffic: read.traffic, mirrorTraffic: read.mirrorTraffic };
    const dropped = answers.droppedWeights(read, this.servedBefore);
    const live = dropped === undefined ? read : { ...read, ...dropped };
    // On the way back the step came first, and its hook has asked these.
    const asked = this.order.isTrafficFirst ? [] : this.plan(live, answers.presumedEarlier(live));
    return refusal([...asked, ...answers.checkDeploymentChange(name, was ?? {}, is ?? {}, live)]);
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
    if (this.state.step === undefined || idOf(this.state.step) !== idOf(inputs)) {
      return this.beforeTraffic() ?? this.write(inputs) ?? this.verify();
    }
    this.settled(live);
    return GO_ON;
  }

  /** As the function of the same name in `components/resources`: the same template once more, as a resource of its own. */
  private restoreDropped(): Stop {
    const { reply, endpoint: live } = this.azure.read("read endpoint");
    if (reply === "killed") return endOf(reply);
    if (live === undefined || !this.options.answers.isLost(live, this.declared)) return GO_ON;
    return this.beforeTraffic() ?? this.write(this.stepInputs(live)) ?? this.verify();
  }

  private stepInputs(live: Endpoint | undefined): Endpoint {
    return this.options.answers.stepInputs(this.declared, live, this.options.now, this.order.missing);
  }

  /** As the hook of the same name in `components/live`. */
  private beforeTraffic(): Stop {
    const { reply, endpoint: live } = this.azure.read("read endpoint");
    if (reply !== "ok" || live === undefined) return endOf(reply) ?? { kind: "failed" };
    const { answers } = this.options;
    const dropped = answers.droppedWeights(live, this.servedBefore);
    const served = dropped === undefined ? live : { ...live, ...dropped };
    const rising = answers.risingFromNothing(this.declared, served).map(({ name }) => name);
    const read = rising.length === 0 ? { reply: "ok" as const, states: {} } : this.azure.readStates(rising);
    if (read.reply !== "ok") return endOf(read.reply);
    return refusal([
      ...this.plan(live, [...(this.state.step ? [this.state.step] : []), ...(dropped ? [live] : [])]),
      ...answers.checkReadiness(this.declared, read.states, served),
    ]);
  }

  private write(inputs: Endpoint): Stop {
    this.invariants.writeTraffic(inputs, this.ours);
    this.ours = [...this.ours.filter((state) => !sameTraffic(state, this.declared)), this.declared];
    const reply = this.azure.writeTraffic(inputs);
    if (reply === "ok" || reply === "failed") this.state = { ...this.state, step: inputs };
    return endOf(reply);
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

  private plan(live: Endpoint, earlier: readonly TrafficState[]): readonly Violation[] {
    const { answers, now, acceptLive } = this.options;
    return answers.plan(this.declared, live, earlier, now, acceptLive);
  }

  private record(name: string, deployment: ModelledDeployment | undefined): void {
    const { [name]: _, ...others } = this.state.deployments;
    this.state = { ...this.state, deployments: { ...others, ...(deployment && { [name]: deployment }) } };
  }
}

function endOf(reply: Reply): Stop {
  if (reply === "ok") return GO_ON;
  return { kind: reply === "killed" ? "killed" : "failed" };
}

function refusal(violations: readonly Violation[]): Stop {
  return violations.length === 0 ? GO_ON : { kind: "refused", violations };
}
