import { parseRollout } from "../../components/config/rolloutValues";
import type { RolloutValues } from "../../components/config/rolloutValues";
import { linesOf } from "./linesOf";

/** Config as a stack file has it: Pulumi keeps text as it is and everything else as JSON. */
export type StackConfig = Readonly<Record<string, unknown>>;

export function textOf(config: StackConfig, key: string): string | undefined {
  const value = config[key];
  return typeof value === "string" || value === undefined ? value : JSON.stringify(value);
}

/** What config gives the component, and what is said about it. */
export function readConfig(config: StackConfig): { values: RolloutValues; lines: readonly string[] } {
  const { values, violations } = parseRollout((key) => textOf(config, key));
  return { values, lines: linesOf(violations) };
}
