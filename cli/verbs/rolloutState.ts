import { segmentOf } from "../../components/azure/ids";
import { WeightsFrom } from "../../components/args/rollout";
import type { RolloutPlanArgs } from "../../components/args/rollout";
import { RECORD_TAGS } from "../../components/rollout/record";
import { NO_TRAFFIC, weightOf } from "../../components/rollout/weights";
import type { TrafficState, Weights } from "../../components/rollout/weights";
import { planOf } from "../../components/settings/plan";
import type { RolloutPlan } from "../../components/settings/plan";
import { isSameName } from "../../components/values/sameName";
import { isMap } from "../../components/values/shape";
import { mapIn, nameOf, resourcesOf, textIn, valueIn } from "../stack/exportedStack";
import type { ExportedStack, Values } from "../stack/exportedStack";
import type { OpenRollout, RolloutComponent } from "../stack/openRollout";
import { appliedIn } from "../status/declaration";

/** What a verb decides with: what stack config declares, and what the last update left. */
export interface RolloutState {
  readonly component: string;
  /** In the order of the config. */
  readonly deployments: Readonly<Record<string, DeclaredDeployment>>;
  readonly versions: Readonly<Record<string, Values>>;
  /** Every deployment is named. */
  readonly declared: TrafficState;
  /** What the last update left. */
  readonly applied: TrafficState;
  /** How config holds the weights; undefined where one deployment has all of them. */
  readonly weightsFrom: WeightsFrom | undefined;
  readonly stable: string | undefined;
  /** All deployments but the stable one. */
  readonly candidates: readonly string[];
  readonly plan: RolloutPlan;
  /** Whether the program sets the plan, and not config. */
  readonly isPlanInProgram: boolean;
  readonly maxIncrease: number;
  /** Name of the registered model. */
  readonly modelName: string;
  /** Versions that the last update knew, declared or not. */
  readonly knownVersions: readonly string[];
  /** What the program sets itself, so an edit of config would change nothing. */
  readonly inProgram: readonly ("deployments" | "traffic")[];
}

/** A deployment as config has it. */
interface DeclaredDeployment {
  readonly modelVersion: string;
  /** All else that config says of it. */
  readonly settings: Values;
}

/** @returns undefined before the first update */
export function rolloutStateOf(rollout: OpenRollout): RolloutState | undefined {
  const { component, declared: values, file, namespace } = rollout;
  if (component === undefined) return undefined;
  const { inputs, name } = component;
  const deployments = Object.fromEntries(
    Object.entries(values.deployments).map(([each, { modelVersion, ...settings }]) => [
      each,
      { modelVersion, settings },
    ]),
  );
  const names = Object.keys(deployments);
  const traffic = declaredWeights(names, values.traffic);
  const { weightsFrom } = values;
  const stable = stableIn(
    names,
    traffic,
    recordedStable(rollout),
    weightsFrom === WeightsFrom.Candidate ? file.config(namespace)["candidate"] : undefined,
  );
  const planArgs = values.rollout ?? (valueIn(inputs, "rollout") as RolloutPlanArgs | undefined);
  const versions = asValues(values.versions ?? {});
  return {
    component: name,
    deployments,
    versions,
    declared: { traffic, mirrorTraffic: values.mirrorTraffic ?? {} },
    applied: appliedWeights(rollout.state, component),
    weightsFrom,
    stable,
    candidates: names.filter((each) => !isSameName(each, stable)),
    plan: planOf(planArgs),
    isPlanInProgram: values.rollout === undefined && planArgs !== undefined,
    maxIncrease: numberIn(inputs, "policy.maxIncrease") ?? 100,
    modelName: textIn(inputs, "model.name") ?? "",
    knownVersions: [...new Set([...Object.keys(versions), ...appliedVersions(rollout.state, component)])],
    inProgram: setInProgram(names, values.traffic, inputs),
  };
}

/** What the last traffic step wrote: an update that failed has left no outputs, or those of weights set elsewhere. */
function appliedWeights(state: ExportedStack, component: RolloutComponent): TrafficState {
  return appliedIn(state, component).written ?? NO_TRAFFIC;
}

function appliedVersions(state: ExportedStack, { urn, outputs }: RolloutComponent): readonly string[] {
  const registered = resourcesOf(state).filter(({ parent, type }) => parent === urn && MODEL_VERSION.test(type));
  return [
    ...Object.keys(mapIn(outputs, "modelVersionIds")),
    ...registered.map(({ id = "" }) => segmentOf(id, "versions")),
  ];
}

const MODEL_VERSION = /^azure-native:machinelearningservices(?:\/[^:]+)?:ModelVersion$/;

function asValues(entries: Readonly<Record<string, object>>): Readonly<Record<string, Values>> {
  return Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, { ...value }]));
}

/** A single deployment has everything. */
function declaredWeights(names: readonly string[], traffic: Weights | undefined): Weights {
  const given = traffic ?? (names.length === 1 ? { [names[0] ?? ""]: 100 } : {});
  return { ...Object.fromEntries(names.map((name) => [name, 0])), ...given };
}

/** The other one than config's candidate; else the one recorded with the last step; else the one with the most weight. */
function stableIn(
  names: readonly string[],
  traffic: Weights,
  recorded: string | undefined,
  candidate: string | undefined,
): string | undefined {
  if (names.length < 2) return names[0];
  if (candidate !== undefined) return names.find((name) => name !== candidate);
  const known = names.find((name) => isSameName(name, recorded));
  return known ?? names.toSorted((a, b) => weightOf(traffic, b) - weightOf(traffic, a))[0];
}

/** As the last traffic step wrote it on the endpoint. */
function recordedStable({ state, component }: OpenRollout): string | undefined {
  const step = resourcesOf(state).find(
    (resource) => resource.parent === component?.urn && nameOf(resource) === `${component?.name ?? ""}-traffic`,
  );
  return textOfKey(mapIn(step?.inputs, "properties.parameters.tags.value"), RECORD_TAGS.stable);
}

function setInProgram(
  names: readonly string[],
  traffic: Weights | undefined,
  inputs: Values,
): readonly ("deployments" | "traffic")[] {
  const ran = Object.keys(mapIn(inputs, "deployments"));
  if (names.length === 0 && ran.length > 0) return ["deployments", "traffic"];
  return names.length > 1 && traffic === undefined && isMap(inputs["traffic"]) ? ["traffic"] : [];
}

function textOfKey(values: Values, key: string): string | undefined {
  const value = values[key];
  return typeof value === "string" ? value : undefined;
}

function numberIn(document: Values, path: string): number | undefined {
  const value = valueIn(document, path);
  return typeof value === "number" ? value : undefined;
}
