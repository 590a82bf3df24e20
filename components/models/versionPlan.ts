import type { RegisteredVersion } from "./registered";
import { contentOf, isSameUri } from "./modelAddress";

/** What a program says of a version that it registers. */
export interface DeclaredContent {
  /** Name made from the content of its folder; undefined for a version by URI, and while the folder cannot be read. */
  readonly contentName: string | undefined;
  /** URI in full; undefined for a folder. */
  readonly uri: string | undefined;
  /** Undefined when the program says nothing of it, which brings an archived version back. */
  readonly archived: boolean | undefined;
}

/**
 * What is done about a version:
 * - `register`: Azure does not have it.
 * - `keep`: Azure has it, with this content; nothing is written.
 * - `archive`: only whether it is archived changes.
 * - `conflict`: Azure has another content under the same number, which never changes.
 */
export type VersionPlan =
  | { readonly what: "register" }
  | { readonly what: "keep" | "archive" | "conflict"; readonly registered: RegisteredVersion };

/** Decides from what is declared and what Azure has; a registered version needs its folder no more. */
export function planVersion(declared: DeclaredContent, registered: RegisteredVersion | undefined): VersionPlan {
  if (registered === undefined) return { what: "register" };
  if (!isSameContent(declared, registered.modelUri)) return { what: "conflict", registered };
  return { what: registered.isArchived === (declared.archived ?? false) ? "keep" : "archive", registered };
}

function isSameContent({ contentName, uri }: DeclaredContent, registeredUri: string): boolean {
  if (uri !== undefined) return isSameUri(uri, registeredUri);
  return contentName === undefined || contentOf(registeredUri)?.contentName === contentName;
}
