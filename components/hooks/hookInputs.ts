import * as pulumi from "@pulumi/pulumi";
import { valueOf } from "../pulumi/sdkInternals";
import { formatViolations } from "../values/violation";
import type { Violation } from "../values/violation";

/** Inputs of a resource as plain values; `pulumi.unknown` where a preview does not know them yet. */
export type Inputs = Readonly<Record<string, unknown>>;

/** The inputs that a hook decides on. */
export interface HookInputs {
  readonly newInputs: Inputs | undefined;
  readonly oldInputs: Inputs | undefined;
  /** The resource as this stack last saw it. */
  readonly oldOutputs?: Inputs | undefined;
}

/** Reads the inputs of a hook: the SDK passes every property that contains a secret as an output. */
export async function hookInputs({ newInputs, oldInputs, oldOutputs }: pulumi.ResourceHookArgs): Promise<HookInputs> {
  return {
    newInputs: await unwrap(newInputs),
    oldInputs: await unwrap(oldInputs),
    oldOutputs: await unwrap(oldOutputs),
  };
}

/** An operation on a resource that failed. */
export interface Failure extends HookInputs {
  /** `create`, `update` or `delete`. */
  readonly operation: string;
  /** The provider's error message. */
  readonly error: string;
  /** How often the operation was tried. */
  readonly tries: number;
}

/** Reads the arguments of an error hook; the newest error comes first. */
export async function failureOf({
  newInputs,
  oldInputs,
  failedOperation,
  errors,
}: pulumi.ErrorHookArgs): Promise<Failure> {
  return {
    newInputs: await unwrap(newInputs),
    oldInputs: await unwrap(oldInputs),
    operation: failedOperation,
    error: errors[0] ?? "",
    tries: errors.length,
  };
}

async function unwrap(inputs: Inputs | undefined): Promise<Inputs | undefined> {
  if (inputs === undefined) return undefined;
  const entries = Object.entries(inputs).map(async ([key, value]) => [key, await unwrapValue(value)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

function unwrapValue(value: unknown): unknown {
  if (!pulumi.Output.isInstance(value)) return value;
  return valueOf(value);
}

/**
 * Fails the hook, and so the engine's step, with every broken rule in one message. An update that skipped its preview may
 * have written other resources before this one.
 */
export function refuse(what: string, violations: readonly Violation[]): void {
  if (violations.length === 0) return;
  const refused = pulumi.runtime.isDryRun() ? "is refused, nothing was written" : "is refused before its write";
  throw new Error(`${what} ${refused}:\n${formatViolations(violations)}`);
}
