/** With more edits than this it is a different word. */
const MAX_EDITS = 2;

/** The allowed word that a misspelt or shortened one most likely means, if any. */
export function nearest(word: string, allowed: readonly string[]): string | undefined {
  const given = word.toLowerCase();
  const scored = allowed.map((name) => ({ name, edits: edits(given, name.toLowerCase()) }));
  const [best] = scored.toSorted((a, b) => a.edits - b.edits);
  if (best !== undefined && best.edits <= Math.min(MAX_EDITS, given.length / 2)) return best.name;
  const begun = allowed.filter((name) => given.length >= 3 && name.toLowerCase().startsWith(given));
  return begun.length === 1 ? begun[0] : undefined;
}

/** Whether a word is most likely a misspelling of another, ignoring case; a part of a word does not count. */
export function isSlip(word: string, meant: string): boolean {
  const [given, allowed] = [word.toLowerCase(), meant.toLowerCase()];
  return word !== meant && edits(given, allowed) <= Math.min(MAX_EDITS, given.length / 2);
}

/** Edit distance: letters to insert, delete or change. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [line, letter] of a.split("").entries()) {
    const next = [line + 1];
    for (const [column, other] of b.split("").entries()) {
      const changed = (row[column] ?? 0) + Number(letter !== other);
      next.push(Math.min(changed, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
