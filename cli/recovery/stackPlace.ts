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
 * @throws Error when there is none
 */
export async function findStack(pulumi: Pulumi, cwd: string, stack: string | undefined): Promise<StackPlace> {
  const output = await pulumi.must(["about", "--json", ...(stack === undefined ? [] : ["--stack", stack])]);
  const { backend, currentStack, errors } = JSON.parse(output) as About;
  const { name, fullyQualifiedName: fullName } = currentStack ?? {};
  const backendUrl = backend?.url;
  if (name !== undefined && fullName !== undefined && backendUrl !== undefined) return { name, fullName, backendUrl };
  const which = stack === undefined ? "the selected stack" : `the stack ${stack}`;
  const why = (errors ?? [])
    .filter((error) => /\b(stack|backend|project)\b/.test(error))
    .map((error) => `\n  ${error}`);
  throw new Error(
    `${which} of ${cwd} cannot be read; run this command in the project's folder, or give --cwd and --stack${why.join("")}`,
  );
}
