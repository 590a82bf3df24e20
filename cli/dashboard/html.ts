/** Text that is HTML already. Whatever else goes into `html` is escaped. */
export class Html {
  constructor(readonly text: string) {}
}

export type Part = Html | string | number | undefined | readonly Part[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
/** What no HTML can hold, or what hides or turns around the text next to it. */
// oxlint-disable-next-line no-control-regex
const UNSHOWABLE = /[\0-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]|\p{Surrogate}/gu;

/** HTML from a template: what is put into it is escaped, for text and for attributes in quotes. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((text, index) => (index === 0 ? text : `${render(parts[index - 1])}${text}`)).join(""));
}

/** Text as HTML shows it. */
export function escaped(text: string): string {
  return text.replaceAll(UNSHOWABLE, "\ufffd").replaceAll(/[&<>"']/g, (letter) => ENTITIES[letter] ?? letter);
}

function render(part: Part): string {
  if (part === undefined) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "object") return part.map(render).join("");
  return escaped(String(part));
}
