/** An answer that is as old as this is no older than one that was slow to come. */
const FRESH_MS = 5000;

/**
 * What several parts of a run ask Azure at its begin, before anything is written: one answer serves all of them. What
 * guards a write reads for itself.
 */
export class EarlyReads {
  private readonly kept = new Map<string, { readonly answer: Promise<unknown>; readonly askedAt: number }>();
  private isOver = false;

  constructor(private readonly now: () => number = Date.now) {}

  /**
   * The answer to a question, which is asked unless it was a moment ago. Only answers are kept: what failed, and what Azure
   * does not have yet, is asked for again.
   *
   * @param question - what is asked, such as the id of what is read
   */
  read<T>(question: string, ask: () => Promise<T>): Promise<T> {
    const known = this.kept.get(question);
    if (known !== undefined && this.now() - known.askedAt < FRESH_MS) return known.answer as Promise<T>;
    const answer = ask();
    if (this.isOver) return answer;
    const kept = { answer, askedAt: this.now() };
    this.kept.set(question, kept);
    const forget = (): void => {
      if (this.kept.get(question) === kept) this.kept.delete(question);
    };
    answer.then((found) => (found === undefined ? forget() : undefined), forget);
    return answer;
  }

  /** Something is about to be written: from now on every question is asked. */
  end(): void {
    this.isOver = true;
    this.kept.clear();
  }
}
