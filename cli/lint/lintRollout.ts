import { checkArgs } from "../../components/checks/checkArgs";
import type { FileProbe } from "../../components/checks/checkModel";
import { checkConfigKeys } from "../../components/config/configKeys";
import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import type { Violation } from "../../components/values/violation";
import { findings } from "./finding";
import type { Finding } from "./finding";
import { gateFileProblems } from "./gates";
import { checkVersions, versionProblems } from "./versions";
import { checkLeftovers, checkPosition } from "./weights";

/** The rollout of one namespace, as a stack file has it. */
export interface LintedRollout {
  /** Text of its keys, without the namespace. */
  readonly config: Readonly<Record<string, string>>;
  /** Keys that the program reads itself, though they look like one of a rollout. */
  readonly ownKeys: readonly string[];
  /** Paths of model folders are as the program sees them. */
  readonly files: FileProbe;
  /** Whether a path leads out of the project. */
  readonly isOutside: (path: string) => boolean;
}

/**
 * All that can be said of a rollout by its config alone: every rule of the arguments that config decides, and what is
 * most likely left over or forgotten.
 */
export function lintRollout(rollout: LintedRollout): readonly Finding[] {
  const { config, ownKeys, files, isOutside } = rollout;
  const { values, violations } = parseRollout((key) => config[key]);
  const keys = findings("error", [...checkConfigKeys(Object.keys(config), ownKeys), ...violations]);
  // The rules of what could not be read would say the same in other words.
  const rules = violations.length > 0 ? [] : checkRules(values, files);
  return inOrder([
    ...keys,
    ...rules,
    ...versionProblems(values, files),
    ...gateFileProblems(values, files),
    ...checkPosition(values, config),
    ...checkLeftovers(values, config),
    ...checkVersions(values, isOutside),
  ]);
}

/** A compute of the right form: whether the endpoint is one in a cluster, the program says and not config. */
const COMPUTE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w/computes/c";
/** What config decides. Other paths are about arguments that are only made up here. */
const OF_CONFIG =
  /^(deployments|traffic|mirrorTraffic|rollout|acceptLive|acceptLiveSettings|allowOutage|deletionProtection|takeOver|model\.versions\..*)(\.|$)/;

/** The rules of the component's arguments, as far as they hold for managed endpoints and for those in a cluster. */
function checkRules(values: RolloutValues, files: FileProbe): readonly Finding[] {
  const args = {
    ...values,
    resourceGroupName: "group",
    model: { name: "model", versions: values.versions ?? versionsOf(values) },
  };
  const inCluster = new Set(checkArgs({ ...args, compute: COMPUTE, authMode: "Key" }, files).map(({ path }) => path));
  const broken = checkArgs(args, files).filter(({ path }) => OF_CONFIG.test(path) && inCluster.has(path));
  const known = new Set(Object.keys(values.versions ?? {}).map((version) => `model.versions.${version}.path`));
  return (
    broken
      // Model folders are looked at one by one.
      .filter(({ path }) => !known.has(path))
      .map((violation) => ({ severity: severityOf(violation, values), ...inConfig(violation) }))
  );
}

/** The versions that deployments run, where the program declares them. */
function versionsOf({ deployments }: RolloutValues): Readonly<Record<string, { readonly id: string }>> {
  const used = Object.values(deployments).flatMap((deployment) => deployment?.modelVersion ?? []);
  return Object.fromEntries(used.map((version) => [version, { id: `azureml:model:${version}` }]));
}

/** A program may give the weights itself; then config says nothing of them. */
function severityOf({ path }: Violation, { traffic, weightsFrom }: RolloutValues): "error" | "warning" {
  return path === "traffic" && traffic === undefined && weightsFrom === undefined ? "warning" : "error";
}

function inConfig({ path, reason }: Violation): Violation {
  return {
    path: path.replace(/^model\.versions/, "modelVersions"),
    reason: reason.replaceAll("model.versions", "modelVersions"),
  };
}

const ORDER = ["error", "warning", "note"] as const;

/** Errors first, each once. */
function inOrder(found: readonly Finding[]): readonly Finding[] {
  const distinct = new Map(found.map((finding) => [`${finding.path} ${finding.reason}`, finding]));
  return ORDER.flatMap((wanted) => [...distinct.values()].filter(({ severity }) => severity === wanted));
}
