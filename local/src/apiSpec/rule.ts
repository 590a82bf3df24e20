/** What a value of a body may be. */
export type Rule =
  | "any"
  | "text"
  | "boolean"
  | "int32"
  /** ISO 8601, such as `PT5S`. */
  | "duration"
  /** RFC 3339. */
  | "time"
  | { readonly text: { readonly pattern?: string; readonly least?: number; readonly most?: number } }
  /** One of some words, in any case. */
  | { readonly words: readonly string[] }
  | { readonly whole: Limits }
  | { readonly number: Limits }
  | { readonly list: Rule; readonly least?: number; readonly most?: number }
  | { readonly map: Rule }
  /** Name of an `ObjectRule`. */
  | { readonly object: string }
  /** Of a list or map; a member of an object may be null wherever it may be left out. */
  | { readonly nullable: Rule };

export interface Limits {
  readonly least?: number;
  readonly most?: number;
}

/** Members of an object. Members without a rule are not part of the specification. */
export interface ObjectRule {
  readonly members: Readonly<Record<string, Rule>>;
  readonly required?: readonly string[];
  /** Read-only members; values sent by a client are ignored. */
  readonly readOnly?: readonly string[];
  /** Additional members, by the value of a discriminator. */
  readonly kinds?: { readonly on: string; readonly by: Readonly<Record<string, string>> };
}

export type Rules = Readonly<Record<string, ObjectRule>>;
