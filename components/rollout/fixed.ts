import type { Violation } from "../values/violation";
import { hasWeight } from "./weights";
import type { TrafficState } from "./weights";

/** A setting of an endpoint with what it is and what is declared; what is not known is undefined. */
export type FixedSetting = readonly [path: string, is: string | undefined, wanted: string | undefined];

/** What an endpoint can never change. Azure compares names without case, and locations without case and blanks. */
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

/** What decides which registered version a deployment runs. */
export interface NamedModel {
  readonly name: string;
  /** The version that each deployment runs, without those that a version's own `id` names. */
  readonly deployments: Readonly<Record<string, string>>;
}

/** Another name gives each version another id: one that a deployment with traffic runs cannot change. */
export function checkModelName(before: NamedModel, after: NamedModel, declared: TrafficState): Violation[] {
  if (before.name === after.name) return [];
  const running = Object.entries(after.deployments)
    .filter(([name, version]) => before.deployments[name] === version && hasWeight(declared, name))
    .map(([name]) => name);
  if (running.length === 0) return [];
  const reason = `${before.name} -> ${after.name}: it serves as ${running.join(", ")}; keep the name, and give a version of another model by its id`;
  return [{ path: "model.name", reason }];
}
