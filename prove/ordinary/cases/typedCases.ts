import type { OrdinaryCase, Section } from "../case";
import type { FolderWorld } from "../folder";
import type { WorldName } from "../worlds";

/** A case of a project in a folder; what is not said is refused, and the change is taken back. */
export type TypedCase = Partial<Omit<OrdinaryCase<FolderWorld>, "section">> & { readonly name: string };

export function typedCases(
  section: Section,
  cases: readonly TypedCase[],
  world: WorldName = "project",
): readonly OrdinaryCase<FolderWorld>[] {
  return cases.map((each) => ({ section, world, ends: "refused", ...each }));
}
