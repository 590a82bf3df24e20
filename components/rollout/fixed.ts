import type { Violation } from "../values/violation";
import { hasWeight } from "./weights";
import type { TrafficState } from "./weights";

/** A setting of an endpoint, live and declared; undefined where unknown. */
export type FixedSetting = readonly [path: string, is: string | undefined, wanted: string | undefined];

/**
 * Settings that an endpoint can never change. Azure compares names ignoring case, and locations ignoring case and
 * blanks.
 */
export function checkFixed(settings: readonly FixedSetting[]): Violation[] {
  return settings
    .filter(([, is, wanted]) => is !== undefined && wanted !== undefined && plain(is) !== plain(wanted))
    .map(([path, is, wanted]) => ({
      path,
      reason: `${is} -> ${wanted}: an endpoint cannot change it; declare a second component, move the callers, then remove this one`,
    }));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(" ", "");
}

/** What determines which registered version a deployment runs. */
export interface NamedModel {
  readonly name: string;
  /** The version that each deployment runs, without those that a version's own `id` names. */
  readonly deployments: Readonly<Record<string, string>>;
}

/** Another name changes every version's id, which cannot change for a version that serves. */
export function checkModelName(before: NamedModel, after: NamedModel, declared: TrafficState): Violation[] {
  if (before.name === after.name) return [];
  const running = Object.entries(after.deployments)
    .filter(([name, version]) => before.deployments[name] === version && hasWeight(declared, name))
    .map(([name]) => name);
  if (running.length === 0) return [];
  const reason = `${before.name} -> ${after.name}: it serves as ${running.join(", ")}; keep the name, and give a version of another model by its id`;
  return [{ path: "model.name", reason }];
}

/** A resource of the program that contains an endpoint, such as its group. */
export interface Ground {
  readonly urn: string;
  readonly type: string;
}

/**
 * What contains an endpoint may not be removed from the program: it would be deleted in the same update, and the
 * endpoint with it. If it is there under another URN, it was renamed.
 */
export function checkGround(before: readonly Ground[], after: readonly Ground[]): Violation[] {
  const renamed = after.filter(({ urn }) => !before.some((ground) => ground.urn === urn)).map(({ type }) => type);
  const left = before.filter(({ urn, type }) => {
    if (after.some((ground) => ground.urn === urn)) return false;
    const index = renamed.indexOf(type);
    if (index >= 0) renamed.splice(index, 1);
    return index < 0;
  });
  return left.map(({ urn, type }) => ({
    path: type.endsWith(":ResourceGroup") ? "resourceGroupName" : "workspace",
    reason:
      `no longer comes from ${urn.split("::").at(-1)} (${type}): if that leaves the program, Pulumi deletes it with the ` +
      "endpoint in it; hand over its output as before, or see docs/protection.md for how to make Pulumi forget it",
  }));
}
