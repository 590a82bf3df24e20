import * as pulumi from "@pulumi/pulumi";
import { version } from "@pulumi/pulumi/version";

/** The oldest and the newest SDK that the package was tested with. */
export const TESTED_SDKS = "3.245.0 to 3.276.0";

/** What the SDK keeps on a resource and does not type. */
interface Kept {
  readonly __name?: string;
  readonly __pulumiType: string;
  readonly __parentResource?: pulumi.Resource;
  readonly __childResources?: ReadonlySet<pulumi.Resource>;
  readonly __aliases: readonly pulumi.Input<string>[];
}

/** What the SDK keeps on an output and does not type. */
interface Tracked<T> {
  promise(withUnknowns: boolean): Promise<T>;
  allResources(): Promise<ReadonlySet<pulumi.Resource>>;
}

/** A gRPC client, of which the SDK types only the calls. */
interface Channelled {
  getChannel(): { getTarget(): string };
}

/** Untyped SDK internals in use, by the SDK's names. */
type Internal =
  | "__pulumiType"
  | "__parentResource"
  | "__childResources"
  | "__aliases"
  | "Output.promise"
  | "Output.allResources"
  | "monitor.invoke"
  | "engine.getChannel";

/** The call that every invoke of the SDK goes through. */
export interface Invoker {
  invoke(request: { getTok(): string }, answered: (error: unknown, answer: object | undefined) => void): unknown;
}

/**
 * Called by the constructor: every internal that this module reads must exist, or rules would be decided without it.
 *
 * @throws ResourceError that names what is missing and the SDKs that have it
 */
export function requireSdkInternals(component: pulumi.ComponentResource): void {
  const missing = missingInternals(component, pulumi.output(""), pulumi.runtime.getMonitor());
  if (missing.length > 0) throw new pulumi.ResourceError(lacks(missing), component, true);
}

/** The SDK internals that are missing or changed. Pure. */
export function missingInternals(component: object, output: object, monitor: object | undefined): Internal[] {
  const { __pulumiType: type, __aliases: aliases } = component as Partial<Kept>;
  const { promise, allResources } = output as Partial<Tracked<unknown>>;
  const checks: readonly (readonly [Internal, boolean])[] = [
    ["__pulumiType", typeof type === "string"],
    ["__aliases", Array.isArray(aliases)],
    ...familyChecks(component),
    ["Output.promise", typeof promise === "function"],
    ["Output.allResources", typeof allResources === "function"],
    ["monitor.invoke", monitor === undefined || typeof (monitor as Partial<Invoker>).invoke === "function"],
  ];
  return checks.filter(([, isThere]) => !isThere).map(([name]) => name);
}

/** A component in a stack has a parent that lists it as a child. Mocks have no stack. */
function familyChecks(component: object): readonly (readonly [Internal, boolean])[] {
  const { __parentResource: parent } = component as Partial<Kept>;
  if (parent === undefined) return [["__parentResource", pulumi.runtime.getStackResource() === undefined]];
  const { __childResources: children } = parent as unknown as Kept;
  return [["__childResources", children?.has(component as pulumi.Resource) === true]];
}

/** What a component has declared so far. */
export function childrenOf(component: pulumi.ComponentResource): readonly pulumi.Resource[] {
  const { __childResources: children } = component as unknown as Kept;
  return [...(children ?? [])];
}

/** A component's parent and name; a component of another process has no name here. */
export function placeOf(component: pulumi.Resource): {
  readonly name: string | undefined;
  readonly type: string;
  readonly parent: pulumi.Resource | undefined;
} {
  const { __name: name, __pulumiType: type, __parentResource: parent } = component as unknown as Kept;
  return { name, type, parent };
}

/** The URNs that a component had before, by its option `aliases`. */
export function aliasesOf(component: pulumi.Resource): readonly pulumi.Input<string>[] {
  const { __aliases: aliases } = component as unknown as Kept;
  return aliases;
}

/**
 * The value of an output, with `pulumi.unknown` for unknown parts: an `apply` would never run for a partly unknown
 * value.
 */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return (output as unknown as Tracked<T>).promise(true);
}

/**
 * The value of an output, undefined while a preview does not know it. Waiting for it records no dependency.
 *
 * @throws whatever the output fails with
 */
export async function promiseOf<T>(output: pulumi.Output<T>): Promise<T | undefined> {
  const value: unknown = await valueOf(output);
  return pulumi.isUnknown(value) ? undefined : (value as T);
}

/** The resources that a value comes from, including those behind nested outputs. */
export function resourcesBehind(output: pulumi.Output<unknown>): Promise<ReadonlySet<pulumi.Resource>> {
  return (output as unknown as Tracked<unknown>).allResources();
}

/** The engine's gRPC target; undefined in a program without an engine. @throws RunError */
export function engineTarget(): string | undefined {
  const engine = pulumi.runtime.getEngine() as Partial<Channelled> | undefined;
  if (engine === undefined) return undefined;
  if (typeof engine.getChannel !== "function") throw new pulumi.RunError(lacks(["engine.getChannel"]));
  return engine.getChannel().getTarget();
}

/** The connection to the engine; undefined in a program without an engine. */
export function invokerOf(): Invoker | undefined {
  return pulumi.runtime.getMonitor();
}

function lacks(missing: readonly Internal[]): string {
  return `@pulumi/pulumi ${version} has no ${missing.join(", ")}; azure-mlflow-rollout was tested with ${TESTED_SDKS}: install one of these`;
}
