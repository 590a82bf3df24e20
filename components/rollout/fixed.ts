import type { Violation } from "./violation";

/** A setting of an endpoint with what it is and what is declared; what is not known is undefined. */
export type FixedSetting = readonly [path: string, is: string | undefined, wanted: string | undefined];

/** What an endpoint can never change. Azure compares names without case, and locations without case and blanks. */
export function checkFixed(settings: readonly FixedSetting[]): Violation[] {
  return settings
    .filter(([, is, wanted]) => is !== undefined && wanted !== undefined && plain(is) !== plain(wanted))
    .map(([path, is, wanted]) => ({
      path,
      reason: `${is} -> ${wanted}: an endpoint cannot change it; declare a second component, move the callers, then remove this one`,
    }));
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(" ", "");
}
