import { isMap } from "../../components/rollout/shape";
import type { Pulumi } from "../recovery/pulumi";
import type { ResourceState } from "../recovery/exportedStack";

/** A resource as a program declares it and a preview shows it. */
export interface PlannedResource extends ResourceState {
  readonly parent?: string;
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** Outputs that may hold what is secret. */
  readonly additionalSecretOutputs?: readonly string[];
}

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

/**
 * What an update of the stack would do.
 *
 * @throws Error with what the program or the engine says when the preview fails
 */
export async function previewStack(pulumi: Pulumi, stack: string): Promise<readonly PlannedStep[]> {
  const { code, stdout, stderr } = await pulumi.run(["preview", "--json", "--non-interactive", "--stack", stack]);
  const preview = parse(stdout);
  if (code === 0 && preview !== undefined) return preview.steps ?? [];
  const errors = (preview?.diagnostics ?? []).filter(({ severity }) => severity === "error");
  const said =
    errors.length > 0 ? errors.map(({ message }) => message.trim()).join("\n") : `${stdout}\n${stderr}`.trim();
  throw new Error(`the preview of the program fails:\n${said}`);
}

function parse(text: string): Preview | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
