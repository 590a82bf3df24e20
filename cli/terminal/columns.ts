/** Letters that take two columns: those of East Asia, and pictures. */
const WIDE =
  /^(?:[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation})/u;
/** What is drawn over the letter before it. */
const JOINED = /^(?:\p{Mark}|\u200d)/u;
const SPACES = /\s+/;
/** Commands to a terminal, and texts for its title. */
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const SEQUENCES = /(?:\u001b\[|\u009b)[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)?/g;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROLS = /[\u0000-\u001f\u007f-\u009f]+/g;
// oxlint-disable-next-line no-control-regex -- colours begin with one
const COLOUR_OR_LETTER = /\u001b\[[0-9;]*m|./gsu;

/** What would move the cursor or change colours is left out, so that no answer of a service can write over the screen. */
export function printable(text: string): string {
  return text.replaceAll(SEQUENCES, "").replaceAll(CONTROLS, " ").trim();
}

/** How many columns of a terminal a text takes. */
export function widthOf(text: string): number {
  return Array.from(text).reduce((sum, letter) => sum + letterWidth(letter), 0);
}

/** A text cut to some columns, with `…` at its end when it was longer. */
export function cut(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let [taken, width] = ["", 0];
  for (const letter of text) {
    width += letterWidth(letter);
    if (width > columns - 1) break;
    taken += letter;
  }
  return columns < 1 ? "" : `${taken}…`;
}

/** A name cut in its middle, since names of one rollout often differ in their last letters. */
export function cutName(name: string, columns: number): string {
  if (widthOf(name) <= columns || columns < MIN_CUT) return cut(name, columns);
  const tail = endOf(name, Math.floor((columns - 1) / 2));
  return `${cut(name, columns - widthOf(tail))}${tail}`;
}

/** As many of a text's last letters as have room in some columns. */
function endOf(text: string, columns: number): string {
  const letters = Array.from(text);
  const first = letters.findIndex((_, index) => widthOf(letters.slice(index).join("")) <= columns);
  return first < 0 ? "" : letters.slice(first).join("");
}

const MIN_CUT = 5;

/** The same as {@link cut} for a line with colours in it. */
export function cutStyled(line: string, columns: number): string {
  const tokens = [...line.matchAll(COLOUR_OR_LETTER)].map(([token]) => token);
  const widths = tokens.map((token) => (token.startsWith("\u001b") ? 0 : letterWidth(token)));
  if (widths.reduce((sum, width) => sum + width, 0) <= columns) return line;
  let [used, isFull] = [0, false];
  return tokens
    .map((token, index) => {
      const width = widths[index] ?? 0;
      if (width === 0) return token;
      if (isFull) return "";
      used += width;
      isFull = used > columns - 1;
      return isFull ? "…" : token;
    })
    .join("");
}

/** A text in lines of some columns, between words where that is possible. */
export function wrap(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(SPACES).flatMap((whole) => pieces(whole, columns))) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (widthOf(longer) <= columns) {
      line = longer;
      continue;
    }
    lines.push(line);
    line = word;
  }
  return [...lines, line];
}

export function padEnd(text: string, columns: number): string {
  return `${text}${" ".repeat(Math.max(0, columns - widthOf(text)))}`;
}

export function padStart(text: string, columns: number): string {
  return `${" ".repeat(Math.max(0, columns - widthOf(text)))}${text}`;
}

function letterWidth(letter: string): number {
  if (JOINED.test(letter)) return 0;
  return WIDE.test(letter) ? 2 : 1;
}

/** A word that no line can hold, in pieces. */
function pieces(word: string, columns: number): readonly string[] {
  if (widthOf(word) <= columns) return [word];
  const found = [""];
  for (const letter of word) {
    const last = found.at(-1) ?? "";
    if (widthOf(last + letter) <= columns) found[found.length - 1] = last + letter;
    else found.push(letter);
  }
  return found;
}
