import { isMap } from "../../components/values/shape";
import type { Pulumi } from "./pulumi";
import type { StackPlace } from "./stackPlace";

/** Variables such as `ARM_SUBSCRIPTION_ID`, by name. */
export type Variables = Readonly<Record<string, string>>;

/**
 * The environment variables that the stack's environments (`environment:` in its file) give: Pulumi sets them for an
 * update, and Azure is to be asked with the same. Only Pulumi Cloud has environments.
 *
 * @param report - told of an environment that cannot be opened
 */
export async function stackEnvironment(
  pulumi: Pulumi,
  { name, fullName, backendUrl }: StackPlace,
  report: (line: string) => void,
): Promise<Variables> {
  if (!/^https?:/.test(backendUrl)) return {};
  const listed = await pulumi.run(["config", "env", "ls", "--json", "--stack", name]);
  const names = listed.code === 0 ? textsIn(parse(listed.stdout)) : [];
  const variables: Record<string, string> = {};
  for (const environment of names) {
    const opened = await pulumi.run(["env", "open", inFull(environment, fullName), "--format", "json"]);
    if (opened.code === 0) Object.assign(variables, variablesIn(parse(opened.stdout)));
    else report(`environment ${environment} cannot be opened, Azure is asked without it: ${lastLine(opened.stderr)}`);
  }
  return variables;
}

/** `<organization>/<project>/<environment>`, for an environment that the stack names without its organization. */
function inFull(environment: string, stack: string): string {
  const [organization = ""] = stack.split("/");
  return `${organization}/${environment.includes("/") ? environment : `default/${environment}`}`;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

function variablesIn(value: unknown): Variables {
  const { environmentVariables } = isMap(value) ? value : {};
  const entries = Object.entries(isMap(environmentVariables) ? environmentVariables : {});
  return Object.fromEntries(entries.map(([name, inner]) => [name, String(inner)]));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}
