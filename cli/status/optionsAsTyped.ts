import type { RolloutFlags } from "../terminal/rolloutOptions";
import { shellPath } from "../terminal/text";
import type { CommandOptions } from "./situation";

/** What chose the rollout, for the commands that a person is told to type: each option with a space before it. */
export function optionsAsTyped({ stack, component, cwd }: RolloutFlags): CommandOptions {
  const option = (name: string, value: string | undefined): string =>
    value === undefined ? "" : ` --${name} ${shellPath(value)}`;
  const shared = `${option("stack", stack)}${option("cwd", cwd === "." ? undefined : cwd)}`;
  return { pulumi: shared, rollout: `${shared}${option("component", component)}` };
}
