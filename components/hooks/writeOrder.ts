import type * as pulumi from "@pulumi/pulumi";
import { readEarly } from "./context";
import type { RolloutContext, Decision, StepOrder } from "./context";
import { parseEndpointId } from "../azure/ids";
import type { EndpointPath } from "../azure/ids";
import { deferred } from "../pulumi/later";
import { promiseOf } from "../pulumi/sdkInternals";
import { readStates } from "../azure/settled";
import { liveStateOf } from "../rollout/liveState";
import { entryOf } from "../values/shape";
import { isWayBack } from "../rollout/roles";
import { weightOf } from "../rollout/weights";

const DEPLOYMENTS_FIRST: Decision = { isTrafficFirst: false, missing: [] };

/**
 * Decides what comes first: the deployments, or on the way back the traffic step, so a deployment that cannot be
 * written never delays the weights.
 *
 * Only the waiting differs from run to run. It records no dependency: one that changes direction confuses the engine
 * when only some resources are targeted ("Duplicate resource URN").
 */
export class WriteOrder implements StepOrder {
  readonly path: Promise<EndpointPath | undefined>;
  readonly decision: Promise<Decision>;
  private readonly passed = deferred<EndpointPath>();
  private readonly begun = deferred<true>();
  private readonly step = deferred<pulumi.CustomResource>();

  constructor(
    context: RolloutContext,
    private readonly endpoint: pulumi.CustomResource,
  ) {
    const registeredPath = promiseOf(endpoint.id).then((id) => (id === undefined ? undefined : parseEndpointId(id)));
    this.path = Promise.race([registeredPath, this.passed.promise]);
    this.path.catch(() => undefined);
    this.decision = decide(context, this.path);
  }

  passEndpoint(path: EndpointPath): void {
    this.passed.resolve(path);
  }

  declareStep(step: pulumi.CustomResource): void {
    this.step.resolve(step);
  }

  beginStep(): void {
    this.begun.resolve(true);
  }

  /** The recorded dependencies of the step. */
  async stepDependencies(deployments: readonly pulumi.CustomResource[]): Promise<pulumi.Resource[]> {
    await this.beforeStep(deployments);
    return Promise.race([registered(this.endpoint).then(() => [this.endpoint]), this.passed.promise.then(() => [])]);
  }

  /** The dependencies of a deployment; on the way back it also waits until the step is done. */
  async beforeDeployment(dependencies: readonly pulumi.Resource[]): Promise<pulumi.Resource[]> {
    if ((await this.decision).isTrafficFirst) await registered(await this.step.promise);
    return [...dependencies];
  }

  /** Resolves when the step may be prepared: after all deployments, on the way back immediately. */
  async beforeStep(deployments: readonly pulumi.CustomResource[]): Promise<Decision> {
    const decision = await this.decision;
    if (!decision.isTrafficFirst) await this.allDone(deployments);
    return decision;
  }

  /** Resolves when resources are written. @throws Error when one of them is not */
  async allDone(resources: readonly pulumi.Resource[]): Promise<void> {
    await Promise.all(resources.map(registered));
  }

  async stepDone(patience: number): Promise<boolean> {
    const hasBegun = await Promise.race([this.begun.promise, timeout(patience)]);
    if (!hasBegun) return false;
    return registered(await this.step.promise).then(
      () => true,
      () => false,
    );
  }
}

function timeout(seconds: number): Promise<false> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(false), seconds * 1000).unref();
  });
}

function registered(resource: pulumi.Resource): Promise<unknown> {
  return promiseOf(resource.urn);
}

async function decide(context: RolloutContext, path: Promise<EndpointPath | undefined>): Promise<Decision> {
  const { declared } = context;
  try {
    const endpoint = await path;
    const read = endpoint && (await readEarly(context, endpoint));
    if (endpoint === undefined || read === undefined || !isWayBack(liveStateOf(read, []), declared)) {
      return DEPLOYMENTS_FIRST;
    }
    const states = await readStates(context, endpoint, Object.keys(declared.traffic));
    const missing = Object.keys(declared.traffic).filter((name) => entryOf(states, name) === undefined);
    // One that will get requests must be created first.
    if (missing.some((name) => weightOf(declared.traffic, name) > 0)) return DEPLOYMENTS_FIRST;
    return { isTrafficFirst: true, missing };
  } catch {
    // The hook of the step reads again what could not be read, and then reports why.
    return DEPLOYMENTS_FIRST;
  }
}
