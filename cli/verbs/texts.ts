/** A text of several lines below the word that begins it. */
export function indented(text: string): string {
  return text.split("\n").join("\n    ");
}
