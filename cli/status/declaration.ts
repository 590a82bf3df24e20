import { segmentOf } from "../../components/azure/ids";
import type { RolloutPlanArgs } from "../../components/args/rollout";
import { weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { planOf } from "../../components/settings/plan";
import type { RolloutPlan } from "../../components/settings/plan";
import { isMap } from "../../components/values/shape";
import { mapIn, nameOf, resourcesOf, textIn, valueIn } from "../stack/exportedStack";
import type { ExportedStack, ResourceState, Values } from "../stack/exportedStack";
import type { OpenRollout, RolloutComponent } from "../stack/openRollout";
import { gatesIn } from "./gates";
import type { StackFile } from "../stack/stackFile";

/** What is declared of a rollout: in stack config or, what config does not hold, by the last update. */
export interface Declaration {
  /** Version of the model by deployment, in the order of the program. */
  readonly versions: Readonly<Record<string, string | undefined>>;
  /** Every declared deployment is named, zeros included. */
  readonly traffic: TrafficState;
  readonly plan: RolloutPlan;
  /** Minutes between two rises of a candidate. */
  readonly bakeMinutes: number;
  /** As config names it. */
  readonly candidate?: string;
}

/** What the state of the stack says of the last update. */
export interface Applied {
  /** What the last traffic step wrote; undefined without one. */
  readonly written: TrafficState | undefined;
  /** Names of the deployments. */
  readonly deployments: readonly string[];
  /** Version of the model by deployment. */
  readonly versions: Readonly<Record<string, string | undefined>>;
}

/** What a declaration is made of. */
export interface DeclaredParts extends Pick<OpenRollout, "component" | "declared" | "namespace"> {
  readonly file: Pick<StackFile, "config">;
}

export function declarationOf({ component, declared, file, namespace }: DeclaredParts): Declaration {
  const { inputs = {} } = component ?? {};
  const hasDeployments = Object.keys(declared.deployments).length > 0;
  const versions = versionsOf(hasDeployments ? { ...declared.deployments } : mapIn(inputs, "deployments"));
  const names = Object.keys(versions);
  const traffic = declared.traffic ?? (hasDeployments ? only(names) : undefined) ?? weightsIn(inputs, "traffic");
  // Config that holds weights holds all of them.
  const isInConfig = declared.traffic !== undefined || hasDeployments;
  const mirrorTraffic = declared.mirrorTraffic ?? (isInConfig ? {} : weightsIn(inputs, "mirrorTraffic"));
  const plan = planOf(planIn(declared.rollout ?? inputs["rollout"]));
  const candidate = file.config(namespace)["candidate"];
  return {
    versions,
    traffic: { traffic: named(names, traffic), mirrorTraffic },
    plan,
    bakeMinutes: Math.max(plan.bakeMinutes, numberIn(inputs, "policy.bakeMinutes") ?? 0),
    ...(candidate !== undefined && candidate !== "" && { candidate }),
  };
}

export function appliedIn(state: ExportedStack, component: RolloutComponent | undefined): Applied {
  const children = resourcesOf(state).filter(
    ({ parent, delete: isGone }) => component !== undefined && parent === component.urn && isGone !== true,
  );
  const step = children.find((child) => nameOf(child) === `${component?.name}-traffic`);
  return {
    written: step && writtenBy(step),
    deployments: children.filter(isDeployment).map(({ id = "" }) => segmentOf(id, "deployments")),
    versions: versionsOf(mapIn(component?.inputs, "deployments")),
  };
}

function writtenBy({ inputs }: ResourceState): TrafficState {
  const weights = (name: string): Weights => weightsIn(mapIn(inputs, `properties.parameters.${name}`), "value");
  return { traffic: weights("traffic"), mirrorTraffic: weights("mirrorTraffic") };
}

function isDeployment({ type }: ResourceState): boolean {
  return /^azure-native:machinelearningservices(?:\/[^:]+)?:OnlineDeployment$/.test(type);
}

/** All to the only deployment, which is what the component does without weights. */
function only(names: readonly string[]): Weights | undefined {
  const [name] = names;
  return names.length === 1 && name !== undefined ? { [name]: 100 } : undefined;
}

function named(names: readonly string[], weights: Weights): Weights {
  return Object.fromEntries(names.map((name) => [name, weightOf(weights, name)]));
}

function versionsOf(deployments: Values): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(deployments).map(([name, args]) => [name, textIn(args, "modelVersion")]));
}

function weightsIn(document: unknown, path: string): Weights {
  const entries = Object.entries(mapIn(document, path));
  return Object.fromEntries(entries.filter((entry): entry is [string, number] => typeof entry[1] === "number"));
}

/** The parts of a plan that can be used: what is wrong with the others is for the next preview to say. */
function planIn(value: unknown): RolloutPlanArgs {
  const plan = isMap(value) ? value : {};
  const { steps, paused } = plan;
  const isSteps = Array.isArray(steps) && steps.every((step) => typeof step === "number") && steps.at(-1) === 100;
  const [bakeMinutes, retireAfterMinutes, percent, minutes] = [
    "bakeMinutes",
    "retireAfterMinutes",
    "mirror.percent",
    "mirror.minutes",
  ].map((path) => numberIn(plan, path));
  return {
    ...(isSteps && { steps }),
    ...(bakeMinutes !== undefined && { bakeMinutes }),
    ...(retireAfterMinutes !== undefined && { retireAfterMinutes }),
    ...(percent !== undefined && { mirror: { percent, ...(minutes !== undefined && { minutes }) } }),
    ...(typeof paused === "string" && paused !== "" && { paused }),
    ...(isMap(plan["gates"]) && { gates: gatesIn(plan) }),
  };
}

function numberIn(document: unknown, path: string): number | undefined {
  const value = valueIn(document, path);
  return typeof value === "number" ? value : undefined;
}
