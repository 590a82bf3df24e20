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

const NAMESPACE = "azure-native:";

export async function readSettings(pulumi: Pulumi, { name, fullName }: StackPlace): Promise<StackSettings> {
  const text = await pulumi.must(["config", "--json", "--show-secrets", "--stack", name]);
  const config = JSON.parse(text) as Readonly<Record<string, { readonly value?: string; readonly secret?: boolean }>>;
  const own = Object.entries(config).flatMap(([key, { value, secret }]) =>
    key.startsWith(NAMESPACE) && value !== undefined ? [{ key, value, secret: secret === true }] : [],
  );
  const [stack = name, project = "adopt"] = fullName.split("/").toReversed();
  return {
    stack,
    project,
    all: Object.fromEntries(own.map(({ key, value, secret }) => [key, { value, secret }])),
    provider: Object.fromEntries(own.map(({ key, value }) => [key.slice(NAMESPACE.length), value])),
  };
}
