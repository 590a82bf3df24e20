import * as pulumi from "@pulumi/pulumi";
import { checkLiveCount, takesInstances } from "../rollout/liveCount";
import type { CountFacts } from "../rollout/liveCount";
import { checkDeploymentChange, describeLoad } from "../rollout/liveDeployment";
import type { DeploymentProperties } from "../rollout/liveDeployment";
import { checkLiveSettings, describeAccepted, liveChanges, unchangedProperties } from "../rollout/liveSettings";
import type { LiveChange } from "../rollout/liveSettings";
import { entryOf, at } from "../values/shape";
import type { Violation } from "../values/violation";
import type { TrafficState } from "../rollout/weights";
import type { RolloutContext } from "./context";
import type { HookInputs } from "./hookInputs";
import type { EndpointPath } from "../azure/ids";
import { readDeployment } from "../azure/readEndpoint";
import { known } from "../pulumi/known";

/** The result of checking a write of a deployment. */
export interface DeploymentChange {
  readonly violations: readonly Violation[];
  /** Others' changes that it overwrites because `acceptLiveSettings` allows it. */
  readonly overwritten: readonly string[];
}

/**
 * Checks what may not change on a deployment. One that exists and has weight is read: its live settings count, not only
 * the state's.
 */
export async function changeDeployment(
  context: RolloutContext,
  path: EndpointPath,
  { newInputs, oldInputs, oldOutputs }: HookInputs,
  live: TrafficState,
): Promise<DeploymentChange> {
  const name = String(at(newInputs, ["deploymentName"]));
  const written = at(newInputs, ["properties"]);
  const { before, after } = comparable(at(oldInputs, ["properties"]), written);
  const load = describeLoad(live, name);
  if (oldInputs === undefined || load === undefined) {
    return { violations: checkDeploymentChange(name, before, after, live), overwritten: [] };
  }
  const found = await readDeployment(path, name, context.component);
  if (found === undefined) return { violations: [missing(name, load)], overwritten: [] };
  const last = at(oldOutputs, ["properties"]);
  const changes = liveChanges({
    before,
    seen: isProperties(last) ? comparable(last, written).before : undefined,
    written: after,
    live: comparable(found.properties, written).before,
  });
  const count = {
    before: countOf(oldInputs),
    written: countOf(newInputs),
    live: found.instanceCount,
    source: entryOf(context.countSources ?? {}, name) ?? "declared",
  };
  const accepted = entryOf(context.acceptLiveSettings ?? {}, name) ?? [];
  const unchanged = unchangedProperties(changes);
  return {
    violations: [
      ...checkDeploymentChange(name, without(before, unchanged), without(after, unchanged), live),
      ...checkLiveSettings(name, changes, load, accepted),
      ...(accepted.includes("instanceCount") ? [] : checkLiveCount(name, count, load)),
    ],
    overwritten: overwrittenOf(changes, count, accepted),
  };
}

function missing(name: string, load: string): Violation {
  const reason = `Azure has no deployment of that name, and it has ${load}; run "pulumi up" again, or "pulumi up --refresh" if it was deleted`;
  return { path: `deployments.${name}`, reason };
}

function overwrittenOf(changes: readonly LiveChange[], count: CountFacts, accepted: readonly string[]): string[] {
  const taken = accepted.includes("instanceCount") && takesInstances(count);
  return [
    ...describeAccepted(changes, accepted),
    ...(taken ? [`instanceCount ${count.live} -> ${count.written}`] : []),
  ];
}

function countOf(inputs: unknown): number | undefined {
  const count = at(inputs, ["sku", "capacity"]);
  return typeof count === "number" ? count : undefined;
}

function without(properties: DeploymentProperties, keys: readonly string[]): DeploymentProperties {
  return Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));
}

/** The properties before and after, without those that a preview does not know yet; empty when there is no update. */
export function comparable(
  before: unknown,
  after: unknown,
): { readonly before: DeploymentProperties; readonly after: DeploymentProperties } {
  if (!isProperties(before) || !isProperties(after)) return { before: {}, after: {} };
  const isKnown = ([key]: [string, unknown]): boolean => !(key in after) || known(after[key]) !== undefined;
  return {
    before: Object.fromEntries(Object.entries(before).filter(isKnown)),
    after: Object.fromEntries(Object.entries(after).filter(isKnown)),
  };
}

function isProperties(value: unknown): value is DeploymentProperties {
  return typeof value === "object" && value !== null && !pulumi.isUnknown(value);
}
