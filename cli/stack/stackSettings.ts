import type { Pulumi } from "./pulumi";
import type { StackPlace } from "./stackPlace";

/** What the reading of Azure needs to know of a stack. */
export interface StackSettings {
  readonly stack: string;
  readonly project: string;
  /** Config of azure-native as the stack has it, secrets included. */
  readonly all: Readonly<Record<string, { readonly value: string; readonly secret?: boolean }>>;
  /** The same by plain names, such as `environment`. */
  readonly provider: Readonly<Record<string, string>>;
}

/** A setting of the provider by its plain name. */
export interface ProviderSetting {
  readonly key: string;
  readonly value: string;
  readonly secret: boolean;
}

const NAMESPACE = "azure-native:";

export async function readSettings(pulumi: Pulumi, place: StackPlace): Promise<StackSettings> {
  const text = await pulumi.must(["config", "--json", "--show-secrets", "--stack", place.name]);
  const config = JSON.parse(text) as Readonly<Record<string, { readonly value?: string; readonly secret?: boolean }>>;
  const own = Object.entries(config).flatMap(([key, { value, secret }]) =>
    key.startsWith(NAMESPACE) && value !== undefined
      ? [{ key: key.slice(NAMESPACE.length), value, secret: secret === true }]
      : [],
  );
  return settingsOf(place, own);
}

/** Settings of a provider as a stack of that name would have them in its config. */
export function settingsOf({ name, fullName }: StackPlace, own: readonly ProviderSetting[]): StackSettings {
  const [stack = name, project = "adopt"] = fullName.split("/").toReversed();
  return {
    stack,
    project,
    all: Object.fromEntries(own.map(({ key, value, secret }) => [`${NAMESPACE}${key}`, { value, secret }])),
    provider: Object.fromEntries(own.map(({ key, value }) => [key, value])),
  };
}
