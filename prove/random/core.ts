import { trafficTemplate } from "../../components/resources/traffic";
import { checkDeploymentChange } from "../../components/rollout/liveDeployment";
import { liveStateOf } from "../../components/rollout/liveState";
import { decideStep } from "../../components/rollout/decideStep";
import { policyOf } from "../../components/settings/policy";
import { checkReadiness } from "../../components/rollout/readiness";
import { endpointTags } from "../../components/rollout/record";
import type { Tags } from "../../components/rollout/record";
import { isWayBack } from "../../components/rollout/roles";
import { formatViolations } from "../../components/values/violation";
import type { Violation } from "../../components/values/violation";
import { sameTraffic, totalWeight } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { textAt, valueAt } from "../../driver/azureClient";
import { ENDPOINT, GROUP, LOCATION, deploymentBody, endpointBody } from "../../driver/heartWorkspace";
import type { Declared, DeclaredDeployment } from "./changes";
import type { FreshTokenClient } from "./freshTokenClient";

const STEP = `${GROUP}/providers/Microsoft.Resources/deployments/heart-classifier-traffic`;

interface LiveEndpoint extends TrafficState {
  readonly tags: Tags;
}

/** Applies a declaration to an endpoint as the engine would, with the package's decision, tags and template. */
export class CoreRollout {
  private known: Declared | undefined;

  constructor(
    private readonly azure: FreshTokenClient,
    private readonly now: () => Date,
  ) {}

  /** @throws Error when a rule refuses the change, or something is not as it should be after a call */
  async apply(declared: Declared): Promise<void> {
    if (this.known === undefined)
      await this.azure.operate("PUT", ENDPOINT, endpointBody({ authMode: declared.authMode }));
    const { isTrafficFirst, missing } = await this.order(declared);
    if (isTrafficFirst) await this.writeTraffic(declared, missing);
    await this.putDeployments(declared, isTrafficFirst);
    if (!isTrafficFirst) await this.writeTraffic(declared);
    const leaving = Object.keys(this.known?.deployments ?? {}).filter((name) => !(name in declared.deployments));
    for (const name of leaving) await this.change("DELETE", `${ENDPOINT}/deployments/${name}`);
    this.known = declared;
  }

  /** As `WriteOrder` decides it: on the way back the weights come first. */
  private async order(
    declared: Declared,
  ): Promise<{ readonly isTrafficFirst: boolean; readonly missing: readonly string[] }> {
    const names = Object.keys(declared.deployments);
    const missing = names.filter((name) => !(name in (this.known?.deployments ?? {})));
    const isMade = missing.every((name) => declared.traffic[name] === 0);
    return { isTrafficFirst: isMade && isWayBack(liveStateOf(await this.read(), []), declared), missing };
  }

  private async putDeployments(declared: Declared, isStepDone: boolean): Promise<void> {
    for (const [name, deployment] of Object.entries(declared.deployments)) {
      const before = this.known?.deployments[name];
      if (before?.instances === deployment.instances) continue;
      const live = await this.read();
      refuse([
        ...(isStepDone ? [] : this.plan(declared, live)),
        ...checkDeploymentChange(name, before ? modelOf(before) : {}, before ? modelOf(deployment) : {}, live),
      ]);
      const { version, instances: capacity } = deployment;
      const body = { ...deploymentBody(this.azure.client, version), sku: { name: "Default", capacity } };
      await this.change("PUT", `${ENDPOINT}/deployments/${name}`, body);
    }
  }

  private async writeTraffic(declared: Declared, missing: readonly string[] = []): Promise<void> {
    const live = await this.read();
    const { traffic, mirrorTraffic, authMode, publicNetworkAccess } = declared;
    const state = { traffic, mirrorTraffic };
    const tags = endpointTags({ declared: state, declaredTags: declared.tags, now: this.now(), live });
    const deployments = await this.azure.send("GET", `${ENDPOINT}/deployments`);
    const states = (valueAt(deployments, "value") as readonly unknown[]).map((one) => [
      textAt(one, "name"),
      textAt(one, "properties.provisioningState"),
    ]);
    refuse([
      ...this.plan(declared, live),
      ...checkReadiness(state, Object.fromEntries(states) as Record<string, string>, live),
    ]);
    const endpoint = { name: "heart/heart-classifier", location: LOCATION, authMode, publicNetworkAccess };
    const named = Object.entries(traffic).filter(([name]) => !missing.includes(name));
    const parameters = { traffic: Object.fromEntries(named), mirrorTraffic, tags, endpoint, declared: {} };
    await this.change("PUT", STEP, {
      properties: {
        mode: "Incremental",
        template: trafficTemplate("Managed"),
        parameters: Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }])),
      },
    });
    if (!sameTraffic(await this.read(), state))
      throw new Error("the live traffic is not the declared one after its write");
  }

  private plan({ traffic, mirrorTraffic }: Declared, live: LiveEndpoint): readonly Violation[] {
    const earlier = this.known ? [this.known] : [];
    const request = { declared: { traffic, mirrorTraffic }, live: liveStateOf(live, earlier), policy: policyOf() };
    return decideStep({ ...request, isProtected: true, now: this.now() }).violations;
  }

  /** A write, after which an endpoint that served must still serve. */
  private async change(method: string, path: string, body?: unknown): Promise<void> {
    await this.azure.operate(method, path, body);
    const { traffic } = await this.read();
    if (this.known !== undefined && totalWeight(traffic) !== 100) throw new Error(`${method} ${path} left no weights`);
  }

  private async read(): Promise<LiveEndpoint> {
    const endpoint = await this.azure.send("GET", ENDPOINT);
    return {
      traffic: (valueAt(endpoint, "properties.traffic") ?? {}) as Weights,
      mirrorTraffic: (valueAt(endpoint, "properties.mirrorTraffic") ?? {}) as Weights,
      tags: (valueAt(endpoint, "tags") ?? {}) as Tags,
    };
  }
}

function modelOf({ version }: DeclaredDeployment): { readonly model: string } {
  return { model: version };
}

function refuse(violations: readonly Violation[]): void {
  if (violations.length > 0) throw new Error(`a legal change is refused:\n${formatViolations(violations)}`);
}
