import { WeightsFrom } from "../../components/args/rollout";
import { checkDeploymentName } from "../../components/rollout/names";
import { weightOf } from "../../components/rollout/weights";
import { isSameName } from "../../components/values/sameName";
import type { ConfigEdit } from "../stack/stackFile";
import { configOf, isIdOf, isSameSource, versionOfId } from "./modelSource";
import type { ModelSource } from "./modelSource";
import { refuse, requireApplied } from "./move";
import type { Move } from "./move";
import type { RolloutState } from "./rolloutState";

/** What `start` is asked for. */
export interface StartRequest {
  readonly source: ModelSource;
  /** The full path of a folder that is relative to the project. */
  readonly fullPath: (path: string) => string;
  /** Name of the deployment; made from the version otherwise. */
  readonly deployment: string | undefined;
  /** The lowest number for a new version, when Azure has some that the stack does not know. */
  readonly lowest?: number;
}

/**
 * A new version of the model in a deployment of its own, without weight. Its machines, settings and variables are those of
 * the stable one, which were tested with the traffic to come.
 *
 * @throws Failure when a rollout is under way, or the name is taken
 */
export function start(state: RolloutState, request: StartRequest): Move {
  const { deployments, declared, stable, candidates, weightsFrom } = state;
  if (stable === undefined) refuse("no deployment is declared yet; declare the first one and run pulumi up");
  const idle = candidates.filter((name) => weightOf(declared.traffic, name) === 0);
  if (candidates.length > 0)
    refuse(
      `a rollout is under way: ${candidates.map((name) => `${name} has ${weightOf(declared.traffic, name)}`).join(", ")}; ` +
        (idle.length === candidates.length || weightOf(declared.traffic, stable) === 0
          ? 'end it first with "mlflow-rollout finish"'
          : 'end it first with "mlflow-rollout promote" and "finish", or "abort" and "finish"'),
    );
  requireApplied(state);
  const { version, isNew } = versionFor(state, request);
  const name = request.deployment ?? nameFor(state, stable, version);
  const problem = checkDeploymentName(name);
  if (problem !== undefined) refuse(`--deployment: ${problem}`);
  if (Object.keys(deployments).some((other) => isSameName(other, name)))
    refuse(`there is a deployment ${name}; name another one with --deployment`);
  return {
    verb: "start",
    text: `version ${version} in ${name}, with weight 0`,
    edits: [
      ...(isNew ? newVersionEdits(state, request, version) : []),
      { path: ["deployments", name], value: { ...deployments[stable]?.settings, modelVersion: version } },
      ...weightlessEdits(weightsFrom, stable, name),
    ],
    isWeightsOnly: false,
    leaves: { traffic: { ...declared.traffic, [name]: 0 }, mirrorTraffic: {} },
    next: "mlflow-rollout test, then mlflow-rollout promote",
  };
}

/**
 * A folder that was trained anew in place holds another content than the version declared with it: that version is taken
 * from the registry, where a deployment runs it, and leaves config otherwise.
 */
function newVersionEdits(
  { versions, deployments, modelName }: RolloutState,
  { source, fullPath }: StartRequest,
  version: string,
): readonly ConfigEdit[] {
  const running = runningVersions(deployments);
  const outdated = Object.keys(versions).filter((each) => isSameSource(source, versions[each] ?? {}, fullPath));
  return [
    ...outdated.map((each): ConfigEdit => {
      const path = ["modelVersions", each] as const;
      return running.has(each) ? { path, value: { id: `azureml:${modelName}:${each}` } } : { path };
    }),
    { path: ["modelVersions", version], value: configOf(source) },
  ];
}

/** A version that is declared already with the same source, and that nothing runs, keeps its number, as a registered one does. */
function versionFor(
  { versions, knownVersions, deployments, modelName }: RolloutState,
  { source, fullPath, lowest = 1 }: StartRequest,
): { readonly version: string; readonly isNew: boolean } {
  const running = runningVersions(deployments);
  const declared = Object.entries(versions).findLast(
    ([version, values]) => isSameSource(source, values, fullPath) && Number(version) >= lowest && !running.has(version),
  )?.[0];
  if (declared !== undefined) return { version: declared, isNew: false };
  const own = source.kind === "id" ? versionOfId(source.id) : undefined;
  const isOwn = source.kind === "id" && isIdOf(source.id, modelName);
  if (own !== undefined && (isOwn || !knownVersions.includes(own)))
    return { version: own, isNew: !Object.hasOwn(versions, own) };
  const numbers = knownVersions.map(Number).filter((number) => Number.isSafeInteger(number));
  return { version: String(Math.max(lowest, ...numbers.map((number) => number + 1))), isNew: true };
}

function runningVersions(deployments: RolloutState["deployments"]): ReadonlySet<string> {
  return new Set(Object.values(deployments).map(({ modelVersion }) => modelVersion));
}

/** `model-1` becomes `model-2`: the stable one's name with the new version, where it ends with the old one. */
function nameFor({ deployments }: RolloutState, stable: string, version: string): string {
  const old = deployments[stable]?.modelVersion ?? "";
  const stem = old !== "" && stable.endsWith(`-${old}`) ? stable.slice(0, -old.length) : "model-";
  return `${stem}${version}`;
}

function weightlessEdits(from: WeightsFrom | undefined, stable: string, name: string): readonly ConfigEdit[] {
  if (from !== WeightsFrom.Traffic)
    return [
      { path: ["candidate"], value: name },
      { path: ["candidateTraffic"], value: 0 },
    ];
  return [
    { path: ["traffic", stable], value: 100 },
    { path: ["traffic", name], value: 0 },
  ];
}

/** The number that a preview names as free, when it says that other content is registered under the one asked for. */
export function freeVersion(refusals: readonly string[]): number | undefined {
  const found = /registered versions never change, .*declare the new content as version (\d+) or later/.exec(
    refusals.join("\n"),
  );
  return found === null ? undefined : Number(found[1]);
}
