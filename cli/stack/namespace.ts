import { isMap } from "../../components/values/shape";
import { mapIn, textIn } from "./exportedStack";
import type { Values } from "./exportedStack";
import type { StackFile } from "./stackFile";

/** What tells which namespace of stack config a component is declared in. */
export interface NamespaceClues {
  /** Undefined before the first update. */
  readonly component: { readonly name: string; readonly inputs: Values; readonly outputs: Values } | undefined;
  readonly file: Pick<StackFile, "keys" | "config">;
  /** Name of the project. */
  readonly project: string;
}

/**
 * The namespace that holds a component's rollout: as the last update has it in the component's outputs. One that failed
 * has left none: then the namespace whose deployments are those of the component, its own name first, the project's next.
 */
export function namespaceOf({ component, file, project }: NamespaceClues): string {
  if (component === undefined) return project;
  const { name, inputs, outputs } = component;
  if (isMap(outputs["rollout"])) return textIn(outputs, "rollout.configNamespace") ?? project;
  const declared = file.keys().flatMap((key) => /^(.*):deployments$/.exec(key)?.[1] ?? []);
  const candidates = [name, project, ...declared].filter((each) => declared.includes(each));
  const ran = Object.keys(mapIn(inputs, "deployments"));
  const share = (namespace: string): number => {
    const names = namesIn(file.config(namespace)["deployments"]);
    return names.filter((each) => ran.includes(each)).length;
  };
  // Of equals the first one stays first.
  return candidates.toSorted((a, b) => share(b) - share(a))[0] ?? project;
}

/** Keys of a map in config; none of what is no map, which is for the reading of config to refuse. */
function namesIn(text = ""): readonly string[] {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? Object.keys(value) : [];
  } catch {
    return [];
  }
}
