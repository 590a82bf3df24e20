import type { OrdinaryCase, Section } from "./ordinaryCase";
import type { FolderTestbed } from "../testbed/folderTestbed";
import type { TestbedName } from "../testbed/testbeds";

/** A case of a project in a folder; what is not said is refused, and the change is taken back. */
export type TypedCase = Partial<Omit<OrdinaryCase<FolderTestbed>, "section">> & { readonly name: string };

export function typedCases(
  section: Section,
  cases: readonly TypedCase[],
  testbed: TestbedName = "project",
): readonly OrdinaryCase<FolderTestbed>[] {
  return cases.map((each) => ({ section, testbed, ends: "refused", ...each }));
}
