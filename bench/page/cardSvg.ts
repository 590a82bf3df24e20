/** What a plot of the page is made of. */
export interface Card {
  readonly title: string;
  /** What it shows, for those who do not see it. */
  readonly description: string;
  readonly style: string;
  readonly width: number;
  readonly height: number;
  /** Elements. */
  readonly body: readonly string[];
}

/** A plot on a card, which says what it shows. */
export function cardSvg({ title, description, style, width, height, body }: Card): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title description">`,
    `  <title id="title">${escaped(title)}</title>`,
    `  <desc id="description">${escaped(description)}</desc>`,
    `  <style>${style}\n  </style>`,
    `  <rect class="card" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6"/>`,
    ...body,
    "</svg>",
    "",
  ].join("\n");
}

export function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
