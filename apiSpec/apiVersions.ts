/** The provider of paths without one: subscriptions and resource groups. */
const RESOURCES = "microsoft.resources";

/** Where an exchange says what it follows. */
export interface Addressed {
  /** Lower case. */
  readonly provider: string;
  /** Lower case; undefined when the request names none. */
  readonly version: string | undefined;
}

export function addressOf(url: string): Addressed {
  const { pathname, searchParams } = new URL(url, "https://management.azure.com");
  // The last provider of a path is the one that serves it.
  const provider = [...pathname.matchAll(/\/providers\/([^/]+)/gi)].at(-1)?.[1]?.toLowerCase();
  return {
    provider: provider ?? RESOURCES,
    version: searchParams.get("api-version")?.toLowerCase(),
  };
}

export interface ChosenVersion {
  readonly version: string;
  /** Whether it is the version asked for, in Microsoft's own words. */
  readonly exact: boolean;
}

/** The API versions that there are specifications of. */
export class ApiVersions {
  private readonly saved = new Map<string, string[]>();

  /**
   * @param specFiles paths that end in `PROVIDER/stable/VERSION/FILE.json`
   * @param derived versions that were derived from another one, `provider/version`
   */
  constructor(
    specFiles: readonly string[],
    private readonly derived: ReadonlySet<string>,
  ) {
    for (const file of specFiles) {
      const [provider = "", , version = ""] = file.split(/[\\/]/).slice(-4);
      const versions = this.saved.get(provider.toLowerCase()) ?? [];
      if (!versions.includes(version)) this.saved.set(provider.toLowerCase(), [...versions, version].toSorted());
    }
  }

  /** The version itself, else the newest one that is not newer, else the oldest one; undefined when none is saved. */
  choose({ provider, version = "" }: Addressed): ChosenVersion | undefined {
    const versions = this.saved.get(provider) ?? [];
    const chosen = versions.findLast((saved) => saved <= version) ?? versions[0];
    if (chosen === undefined) return undefined;
    return { version: chosen, exact: chosen === version && !this.derived.has(`${provider}/${chosen}`) };
  }
}
