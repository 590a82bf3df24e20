import type { Violation } from "./violation";
import { hasWeight } from "./weights";
import type { TrafficState } from "./weights";

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
