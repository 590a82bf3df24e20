import { styleText } from "node:util";

/** What a part of a text is to a reader. */
export type Tone = "good" | "busy" | "bad" | "faint" | "strong";

/** Gives a text its tone, by colour or not at all. */
export type Style = (tone: Tone, text: string) => string;

export const PLAIN: Style = (_, text) => text;

const FORMATS = { good: "green", busy: "yellow", bad: "red", faint: "dim", strong: "bold" } as const;

/** Whether there are to be colours has been asked before. */
export const COLOURED: Style = (tone, text) => styleText(FORMATS[tone], text, { validateStream: false });

/**
 * Colours only for a terminal that wants them.
 *
 * @param env - `NO_COLOR` switches them off (https://no-color.org), as does a terminal that calls itself `dumb`
 */
export function styleFor(output: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv = process.env): Style {
  const isWanted = (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  return output.isTTY === true && isWanted ? COLOURED : PLAIN;
}
