import { wasNeverUp } from "../../components/rollout/initialWeight";
import { recordOf } from "../../components/rollout/record";
import { stableOf } from "../../components/rollout/roles";
import type { Violation } from "../../components/values/violation";
import { isServing } from "../../components/rollout/weights";
import type { TrafficState } from "../../components/rollout/weights";
import { hasTraffic } from "./modelledAzure";
import type { ModelledAzure } from "./modelledAzure";
import { GO_ON, endOf, refusal } from "./end";
import type { Stop } from "./end";
import type { UpOptions } from "./upOptions";
import { modelVersionOf } from "./snapshot";
import type { Endpoint, ModelledDeployment } from "./snapshot";

/** The hooks of `components/live` in one run. */
export class ModelledHooks {
  private servedBefore: TrafficState | undefined;

  constructor(
    private readonly azure: ModelledAzure,
    private readonly declared: TrafficState,
    private readonly options: UpOptions,
  ) {}

  /** As the hook of the same name in `components/live`. */
  beforeDeployment(name: string, known: ModelledDeployment | undefined, version: string, isStepDone: boolean): Stop {
    const { reply, endpoint: read } = this.azure.read("read endpoint");
    if (reply !== "ok" || read === undefined) return endOf(reply);
    const { answers } = this.options;
    if (isServing(read)) this.servedBefore ??= { traffic: read.traffic, mirrorTraffic: read.mirrorTraffic };
    const dropped = answers.droppedWeights(read, this.servedBefore);
    const live = dropped === undefined ? read : { ...read, ...dropped };
    // On the way back the step came first, and its hook has checked these.
    const asked = isStepDone ? [] : this.plan(live, answers.presumedEarlier(live));
    const served = isStepDone ? this.declared : live;
    return (
      this.checkChange(name, known, version, served) ?? this.checkUntested(name, known, version, live) ?? refusal(asked)
    );
  }

  /** As `changeDeployment` in `components/live`: a deployment that serves is read. */
  private checkChange(name: string, known: ModelledDeployment | undefined, version: string, live: TrafficState): Stop {
    if (known === undefined) return GO_ON;
    const models = { before: modelVersionOf(known.version), written: modelVersionOf(version), live: undefined };
    if (!hasTraffic(live, name)) return refusal(this.options.answers.checkModel(name, models, live));
    const { reply, deployment } = this.azure.readDeployment(name);
    if (reply !== "ok" || deployment === undefined) return endOf(reply) ?? { kind: "failed" };
    return refusal(
      this.options.answers.checkModel(name, { ...models, live: modelVersionOf(deployment.version) }, live),
    );
  }

  /** As the function of the same name in `components/live`. */
  private checkUntested(name: string, known: ModelledDeployment | undefined, version: string, live: Endpoint): Stop {
    const change = known && modelVersionOf(known.version) !== modelVersionOf(version) ? "changes it" : undefined;
    const by = known === undefined ? "creates it" : change;
    const broken = this.options.answers.checkInitialWeight(name, by ?? "brings it up", this.declared, live);
    const isHome = stableOf(live, this.declared, recordOf(live.tags).stable) === name.toLowerCase();
    const isUp = hasTraffic(live, name) || isHome;
    if (by !== undefined) return refusal(broken);
    if (broken.length === 0 || isUp) return GO_ON;
    const { reply, states } = this.azure.readStates([name]);
    if (reply !== "ok") return endOf(reply);
    return refusal(wasNeverUp(states[name]) ? broken : []);
  }

  /** As the hook of the same name in `components/live`. */
  beforeTraffic(earlier: TrafficState | undefined): Stop {
    const { reply, endpoint: live } = this.azure.read("read endpoint");
    if (reply !== "ok" || live === undefined) return endOf(reply) ?? { kind: "failed" };
    const { answers } = this.options;
    const dropped = answers.droppedWeights(live, this.servedBefore);
    const served = dropped === undefined ? live : { ...live, ...dropped };
    const rising = answers.risingFromNothing(this.declared, served).map(({ name }) => name);
    const read = rising.length === 0 ? { reply: "ok" as const, states: {} } : this.azure.readStates(rising);
    if (read.reply !== "ok") return endOf(read.reply);
    return refusal([
      ...this.plan(live, [...(earlier ? [earlier] : []), ...(dropped ? [live] : [])]),
      ...answers.checkReadiness(this.declared, read.states, served),
    ]);
  }

  private plan(live: Endpoint, earlier: readonly TrafficState[]): readonly Violation[] {
    const { answers, now, acceptLive } = this.options;
    return answers.plan(this.declared, live, earlier, now, acceptLive);
  }
}
