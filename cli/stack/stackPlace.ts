import { removeBrokenAttributes } from "./fileBackend";
import type { Pulumi } from "./pulumi";

/** A stack and the backend that keeps its state. */
export interface StackPlace {
  readonly name: string;
  /** Such as `organization/project/stack`. */
  readonly fullName: string;
  readonly backendUrl: string;
}

interface About {
  readonly backend?: { readonly url?: string } | null;
  readonly currentStack?: { readonly name?: string; readonly fullyQualifiedName?: string } | null;
  readonly errors?: readonly string[] | null;
}

/**
 * The stack that a command in this folder is about.
 *
 * @param stack - name given by the user; the selected stack otherwise
 * @param report - told of what had to be mended before the stack could be read
 * @throws Error when there is none
 */
export async function findStack(
  pulumi: Pulumi,
  cwd: string,
  stack: string | undefined,
  report: (line: string) => void,
): Promise<StackPlace> {
  const named = await readPlace(pulumi, stack);
  if (named !== undefined) return named;
  const about = await readAbout(pulumi, stack);
  const found = placeIn(about);
  if (found !== undefined) return found;
  const mended = removeBrokenAttributes(about.backend?.url ?? "", cwd);
  for (const file of mended)
    report(`mended  removed ${file}, cut off when the update was killed; the state itself is intact`);
  const again = mended.length > 0 ? await readAbout(pulumi, stack) : about;
  const place = placeIn(again);
  if (place !== undefined) return place;
  const which = stack === undefined ? "the selected stack" : `the stack ${stack}`;
  const why = (again.errors ?? []).filter((error) => /\b(stack|backend|project)\b/.test(error));
  throw new Error(
    [
      `${which} of ${cwd} cannot be read; run this command in the project's folder, or give --cwd and --stack`,
      ...why,
    ].join("\n  "),
  );
}

/** By short commands, since `pulumi about` starts a language host; undefined when one fails. */
async function readPlace(pulumi: Pulumi, stack: string | undefined): Promise<StackPlace | undefined> {
  const flags = ["--non-interactive", ...(stack === undefined ? [] : ["--stack", stack])];
  const [shown, backendUrl] = await Promise.all([
    pulumi.look(["stack", "--show-name", "--fully-qualify-stack-names", ...flags]),
    pulumi.backendUrl ?? readBackend(pulumi),
  ]);
  const fullName = shown.stdout.trim();
  if (shown.code !== 0 || fullName === "" || backendUrl === undefined) return undefined;
  return { name: fullName.split("/").at(-1) ?? fullName, fullName, backendUrl };
}

async function readBackend(pulumi: Pulumi): Promise<string | undefined> {
  const { stdout } = await pulumi.look(["whoami", "--verbose", "--json", "--non-interactive"]);
  try {
    return (JSON.parse(stdout) as { readonly url?: string }).url;
  } catch {
    return undefined;
  }
}

async function readAbout(pulumi: Pulumi, stack: string | undefined): Promise<About> {
  const output = await pulumi.must(["about", "--json", ...(stack === undefined ? [] : ["--stack", stack])]);
  return JSON.parse(output) as About;
}

function placeIn({ backend, currentStack }: About): StackPlace | undefined {
  const { name, fullyQualifiedName: fullName } = currentStack ?? {};
  const backendUrl = backend?.url;
  if (name === undefined || fullName === undefined || backendUrl === undefined) return undefined;
  return { name, fullName, backendUrl };
}
