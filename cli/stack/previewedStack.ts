import { isMap } from "../../components/values/shape";
import type { Pulumi } from "./pulumi";
import type { ResourceState } from "./exportedStack";

/** A resource as a program declares it and a preview shows it. */
export type PlannedResource = ResourceState;

export interface PlannedStep {
  /** `create`, `update`, `same`, ... */
  readonly op: string;
  readonly urn: string;
  readonly newState?: PlannedResource;
}

/** How the engine writes a value that a preview does not know. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
/** How it writes one that it does not show. */
export const HIDDEN = "[secret]";

interface Preview {
  readonly steps?: readonly PlannedStep[];
  readonly diagnostics?: readonly { readonly message: string; readonly severity: string }[];
}

/** What a preview shows, as far as it came. */
export interface PreviewedStack {
  readonly steps: readonly PlannedStep[];
  /** What the program or the engine says; absent when the preview succeeds. */
  readonly failure?: string;
}

/**
 * What an update of the stack would do.
 *
 * @throws Error with what the program or the engine says when the preview fails
 */
export async function previewStack(pulumi: Pulumi, stack: string): Promise<readonly PlannedStep[]> {
  const { steps, failure } = await previewAsFar(pulumi, stack);
  if (failure === undefined) return steps;
  throw new Error(`the preview of the program fails:\n${failure}`);
}

/** The same of a preview that may fail: the step that is refused is among its steps, with all that came before. */
export async function previewAsFar(pulumi: Pulumi, stack: string): Promise<PreviewedStack> {
  const { code, stdout, stderr } = await pulumi.run(["preview", "--json", "--non-interactive", "--stack", stack]);
  const preview = parse(stdout);
  const steps = preview?.steps ?? [];
  if (code === 0 && preview !== undefined) return { steps };
  const errors = (preview?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  const said =
    errors.length > 0 ? errors.map(({ message }) => message.trim()).join("\n") : `${stdout}\n${stderr}`.trim();
  return { steps, failure: said };
}

function parse(text: string): Preview | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
