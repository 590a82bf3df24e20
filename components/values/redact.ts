const HIDDEN = "[redacted]";

/** What a log must not show, and its replacement. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // The signature of a shared access signature is what makes it valid.
  [/(\bsig=)[^&\s"']+/gi, `$1${HIDDEN}`],
  [/\b((?:Account|SharedAccess|Access)Key(?:Name)?=)[^;\s"']+/gi, `$1${HIDDEN}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]{8,}/gi, `$1 ${HIDDEN}`],
  // JSON web tokens.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, HIDDEN],
  [/(:\/\/[^\s:/@]+:)[^\s@/]+(?=@)/g, `$1${HIDDEN}`],
  [
    /((?:password|passwd|secret|token|credential|(?:api|access|account|primary|secondary|shared)[-_ ]?key)["']?\s*[:=]\s*["']?)(?!\[)[^\s"',;&]+/gi,
    `$1${HIDDEN}`,
  ],
  // Keys of storage accounts and endpoints: long, of letters and digits without a separator.
  [/(?<![\w+/])[A-Za-z0-9+/]{86}==/g, HIDDEN],
  [/(?<![\w-])(?=[A-Za-z]*\d)(?=\d*[A-Za-z])[A-Za-z0-9]{32,}={0,2}(?![\w-])/g, HIDDEN],
];

/** A text without anything that looks like a key, a token or a password. */
export function redact(text: string): string {
  return PATTERNS.reduce((rest, [pattern, shown]) => rest.replaceAll(pattern, shown), text);
}
