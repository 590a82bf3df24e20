import { toText } from "./verdict";
import type { Verdict } from "./verdict";

/** What was checked in a whole test run. */
export class Tally {
  private exact = 0;
  private mapped = 0;
  private none = 0;
  private deviations = 0;
  private violations = 0;
  private skipped = 0;
  private readonly clients = new Set<string>();

  /** Remembers which of Microsoft's clients spoke, by the first product of its user agent. */
  meet(userAgent: string | undefined): void {
    const [product = ""] = userAgent?.split(" ") ?? [];
    if (product.startsWith("azsdk-")) this.clients.add(product);
  }

  /** One line for the end of the run; undefined when none of Microsoft's clients spoke. */
  clientsLine(): string | undefined {
    return this.clients.size === 0 ? undefined : `clients: ${[...this.clients].toSorted().join(", ")}`;
  }

  add({ basis, violations, deviations }: Verdict): void {
    this[basis] += 1;
    this.violations += violations.length;
    this.deviations += deviations;
  }

  /** Exchanges that could not be checked for want of the specifications. */
  skip(count: number): void {
    this.skipped += count;
  }

  /** One line for the end of the run; undefined when there was no exchange. */
  line(): string | undefined {
    const { exact, mapped, none, deviations, violations, skipped } = this;
    if (skipped > 0)
      return `API specification: SKIPPED, ${skipped} exchanges not validated: ../shared/specs is missing`;
    if (exact + mapped + none === 0) return undefined;
    return [
      `API specification: ${exact} exchanges validated`,
      `${mapped} through a mapped API version`,
      `${none} without a saved specification`,
      `${deviations} documented deviations`,
      `${violations} violations`,
    ].join(", ");
  }
}

/** The violations of one test file, each once, with how often it was seen. */
export function summarize(verdicts: readonly Verdict[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const text of verdicts.flatMap(({ violations }) => violations.map(toText))) {
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts].map(([text, count]) => (count === 1 ? text : `${text}, ${count} times`));
}
