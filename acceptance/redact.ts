const GUID = /\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi;

const SHORTEST = 5;

/** What looks like a secret or a person, wherever it comes from. */
const PATTERNS: readonly (readonly [pattern: RegExp, shown: string])[] = [
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, "<token>"],
  [/\b(sig|secret|password|accountkey|accesskey|sharedaccesskey)=[^&;\s"']+/gi, "$1=<secret>"],
  // Keys of storage accounts, and those of endpoints, which have no sign of their own.
  [/[A-Za-z0-9+/]{42,}={1,2}/g, "<key>"],
  [/\b[A-Za-z0-9]{32,}\b/g, "<key>"],
  [/\b[\w.+-]+@[\w-]+\.[\w.-]+\b/g, "<address>"],
];

/** Takes out of texts what a report must not tell. */
export class Redactor {
  private readonly known = new Map<string, string>();
  private readonly ids = new Map<string, string>();

  /**
   * @param what - stands in its place, such as `subscription`
   * @param value - ignored when it is so short that it stands in other words too
   */
  hide(what: string, value: string | undefined): void {
    if (value === undefined || value.length < SHORTEST) return;
    for (const spelling of [value, encodeURIComponent(value), JSON.stringify(value).slice(1, -1)]) {
      this.known.set(spelling, `<${what}>`);
    }
  }

  /** All texts in a value, which is what `JSON.stringify` takes; an id that comes again is named the same. */
  redacted<T>(value: T): T {
    if (typeof value === "string") return this.text(value) as T;
    if (Array.isArray(value)) return value.map((item: unknown) => this.redacted(item)) as T;
    if (typeof value !== "object" || value === null) return value;
    const members = Object.entries(value).map(([key, member]) => [this.text(key), this.redacted(member as unknown)]);
    return Object.fromEntries(members) as T;
  }

  private text(text: string): string {
    let shown = text;
    for (const [value, name] of this.known) shown = shown.replaceAll(value, name);
    shown = shown.replaceAll(GUID, (id) => this.idOf(id.toLowerCase()));
    for (const [pattern, name] of PATTERNS) shown = shown.replaceAll(pattern, name);
    return shown;
  }

  private idOf(id: string): string {
    const name = this.ids.get(id) ?? `<id-${this.ids.size + 1}>`;
    this.ids.set(id, name);
    return name;
  }
}
