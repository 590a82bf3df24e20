/** What is short says nothing. */
const FIRST_MS = 2000;
const NEXT_MS = 5000;

/** Who calls back later; a test's own does not wait. */
export interface Clock {
  setTimeout(call: () => void, delayMs: number): NodeJS.Timeout;
  clearTimeout(timer: NodeJS.Timeout): void;
}

/**
 * Says how far something is, every few seconds from the second one on, where there is news.
 *
 * @param line how far it is now; undefined when that is nothing to say
 * @returns what stops it
 */
export function everyFewSeconds(
  line: () => string | undefined,
  say: (line: string) => void,
  clock: Clock = globalThis,
): () => void {
  let last: string | undefined;
  let timer = clock.setTimeout(sayNews, FIRST_MS);
  return () => clock.clearTimeout(timer);

  function sayNews(): void {
    const now = line();
    if (now !== undefined && now !== last) say(now);
    last = now;
    timer = clock.setTimeout(sayNews, NEXT_MS);
  }
}
