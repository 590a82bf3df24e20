import { AZURE_DEFAULTS_WITHIN, AZURE_VARIABLES } from "../settings/deployments";
import type { DeploymentProperties } from "./liveDeployment";
import { settingLeaves } from "./settingLeaves";
import type { Leaf, Leaves } from "./settingLeaves";
import { show } from "../values/violation";
import type { Violation } from "../values/violation";

/** Settings that `acceptLiveSettings` names, by deployment. */
export type AcceptedSettings = Readonly<Record<string, readonly string[]>>;

/** The program's names of the settings that are compared with the live ones, by their names in Azure. */
const COMPARED: Readonly<Record<string, string>> = {
  model: "modelVersion",
  instanceType: "instanceType",
  environmentId: "environmentId",
  codeConfiguration: "codeConfiguration",
  environmentVariables: "environmentVariables",
  modelMountPath: "modelMountPath",
  requestSettings: "requestSettings",
  livenessProbe: "livenessProbe",
  readinessProbe: "readinessProbe",
  startupProbe: "startupProbe",
  appInsightsEnabled: "appInsightsEnabled",
  dataCollector: "dataCollector",
  egressPublicNetworkAccess: "egressPublicNetworkAccess",
  containerResourceRequirements: "containerResourceRequirements",
};

/**
 * The settings that `acceptLiveSettings` can name. Azure ignores a changed `instanceType`, so it cannot be overwritten.
 */
export const ACCEPTABLE_SETTINGS: readonly string[] = [
  ...Object.values(COMPARED).filter((setting) => setting !== "instanceType"),
  "instanceCount",
];

/** What is known about a serving deployment before it is written, without what a preview does not know yet. */
export interface LiveSettingsFacts {
  /** What this stack's last write requested. */
  readonly before: DeploymentProperties;
  /** Azure's answer to it, as this stack last saw it. */
  readonly seen: DeploymentProperties | undefined;
  /** What the update requests: Azure replaces the whole deployment with it. */
  readonly written: DeploymentProperties;
  readonly live: DeploymentProperties;
}

/** A value that a write would change on a live deployment. */
export interface LiveChange {
  /** The setting as Azure calls it, such as `model`. */
  readonly key: string;
  /** As the program calls it, such as `modelVersion`. */
  readonly setting: string;
  /** Within the deployment, such as `requestSettings.requestTimeout`. */
  readonly path: string;
  /** Undefined when it is not set there. */
  readonly live: unknown;
  readonly written: unknown;
  /** Whether the live value differs from what this stack last wrote. */
  readonly elsewhere: boolean;
}

/** Every value that a write would change on a live deployment, apart from the service's own defaults. */
export function liveChanges(facts: LiveSettingsFacts): readonly LiveChange[] {
  const [before, written, live] = [facts.before, facts.written, facts.live].map(settingLeaves) as [
    Leaves,
    Leaves,
    Leaves,
  ];
  const seen = facts.seen && settingLeaves(facts.seen);
  return [...new Set([...live.keys(), ...written.keys()])].flatMap((path) => {
    const at = { before: before.get(path), written: written.get(path), live: live.get(path), seen: seen?.get(path) };
    const key = (at.live ?? at.written)?.path[0] ?? "";
    const setting = COMPARED[key];
    if (setting === undefined || same(at.live, at.written) || isServices(path, at)) return [];
    const values = { live: at.live?.value, written: at.written?.value };
    return [
      {
        key,
        setting,
        path: [setting, ...path.split(".").slice(1)].join("."),
        ...values,
        elsewhere: !same(at.live, at.before),
      },
    ];
  });
}

/** The properties that a write would leave unchanged on a live deployment, whatever the stack's state says. */
export function unchangedProperties(changes: readonly LiveChange[]): readonly string[] {
  return Object.keys(COMPARED).filter((key) => !changes.some((change) => change.key === key));
}

interface Values {
  readonly before: Leaf | undefined;
  readonly written: Leaf | undefined;
  readonly live: Leaf | undefined;
  readonly seen: Leaf | undefined;
}

/** Ids and quantities, which the service may return in another form. */
const REWORDED =
  /^(?:model|environmentId|codeConfiguration\.codeId|dataCollector\.collections\..*\.(?:dataId|clientId)|containerResourceRequirements\..*)$/;
/** Settings that the service may fill in itself. */
const FILLED_IN =
  /^(?:codeConfiguration\..*|modelMountPath|requestSettings\.maxQueueWait|\w+Probe\..*|environmentVariables\.(?:AML|AZUREML)_\w*)$/;

/** As Azure fills it in; not a default, since it is unset until somebody, or Azure, sets it. */
const STARTUP_PROBE = settingLeaves({ startupProbe: AZURE_DEFAULTS_WITHIN["startupProbe"] });

/** Whether the service itself set a live value: it was in the answer to the last write, which requested the same. */
function isServices(path: string, { before, written, live, seen }: Values): boolean {
  const variable = /^environmentVariables\.(.*)$/.exec(path)?.[1];
  if (written === undefined && variable !== undefined && AZURE_VARIABLES.has(variable)) return true;
  if (path === "instanceType" && written === undefined) return true;
  if (written === undefined && same(live, STARTUP_PROBE.get(path))) return true;
  const made = REWORDED.test(path) || (written?.given !== true && FILLED_IN.test(path));
  return made && same(live, seen) && same(written, before);
}

function same(one: Leaf | undefined, other: Leaf | undefined): boolean {
  return one?.plain === other?.plain;
}

/**
 * Changes by others on a live deployment that a write would revert.
 *
 * @param load - what the deployment serves, such as `90 % of the live traffic`
 * @param accepted - the settings that may be overwritten in this run
 */
export function checkLiveSettings(
  deployment: string,
  changes: readonly LiveChange[],
  load: string,
  accepted: readonly string[],
): Violation[] {
  const refused = changes.filter(({ elsewhere, setting }) => elsewhere && !accepted.includes(setting));
  return refused.map((change) => {
    const changed = `${difference(change)}: it was changed elsewhere, and it has ${load}`;
    const todo =
      change.setting === "instanceType"
        ? "Azure ignores another size under the same name; declare the live value"
        : `declare the live value, or overwrite it with ${acceptText(deployment, change.setting)}`;
    return { path: `deployments.${deployment}.${change.path}`, reason: `${changed}; ${todo}` };
  });
}

/** The argument that allows overwriting a setting, as it is typed. */
export function acceptText(deployment: string, setting: string): string {
  return `acceptLiveSettings: {${JSON.stringify(deployment)}: [${JSON.stringify(setting)}]}`;
}

/**
 * What a write overwrites because `acceptLiveSettings` allows it, each such as `requestSettings.requestTimeout PT30S ->
 * PT5S`.
 */
export function describeAccepted(changes: readonly LiveChange[], accepted: readonly string[]): readonly string[] {
  return changes
    .filter(({ elsewhere, setting }) => elsewhere && accepted.includes(setting))
    .map((change) =>
      isVariable(change) ? change.path : `${change.path} ${shown(change.live)} -> ${shown(change.written)}`,
    );
}

/** Variables are shown without their values, which may be secret. */
function difference(change: LiveChange): string {
  const { live, written } = change;
  if (!isVariable(change)) return `the live deployment has ${shown(live)} and the update would write ${shown(written)}`;
  if (live === undefined) return "the live deployment does not have it and the update would add it";
  if (written === undefined) return "the live deployment has it and the update would remove it";
  return "the live deployment has another value than the update would write";
}

function isVariable({ setting }: LiveChange): boolean {
  return setting === "environmentVariables";
}

/** Shows only the end of a model version's id, which distinguishes it. */
function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (typeof value !== "string") return show(value);
  const text = /\/models\/(.+)$/i.exec(value)?.[1] ?? value;
  return text.length > 60 ? `…${text.slice(-59)}` : text;
}
