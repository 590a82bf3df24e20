/** What a line showed. */
export interface Screen {
  /** In the pages that show it. */
  readonly name: string;
  readonly typed: string;
  readonly lines: readonly string[];
}

/** `<!-- screen: promote 2 to 10 -->` and the block below it. */
const BLOCK = /(<!-- screen: (.+?) -->\n\n```text\n)[\s\S]*?\n?```/g;

/** A screen without what differs from run to run, so that a new record of the same is no change. */
export function steady({ name, typed, lines }: Screen): Screen {
  return { name, typed, lines: lines.map(steadyLine) };
}

/** A page with its screens as they were recorded. @throws Error for a screen that is not on record */
export function withScreens(page: string, screens: readonly Screen[]): string {
  return page.replaceAll(BLOCK, (_, head: string, name: string) => {
    const screen = screens.find((each) => each.name === name);
    if (screen === undefined) throw new Error(`there is no screen ${name}`);
    return `${head}$ ${screen.typed}\n${screen.lines.join("\n")}\n\`\`\``;
  });
}

/** Names of the screens that a page shows. */
export function screensIn(page: string): readonly string[] {
  return [...page.matchAll(BLOCK)].map(([, , name = ""]) => name);
}

/** How long something took depends on the machine. */
function steadyLine(line: string): string {
  return line.replace(/\(\d+ s\)$/, "(1 s)").replace(/read back \d+ s/, "read back 1 s");
}
