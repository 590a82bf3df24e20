import { isMap } from "../../components/values/shape";

/** A stack as `pulumi stack export` writes it. What is not named here is kept as it is. */
export interface ExportedStack {
  readonly deployment: {
    readonly resources?: readonly ResourceState[];
    readonly pending_operations?: readonly PendingOperation[];
  };
}

export interface ResourceState {
  readonly urn: string;
  /** Type token such as `azure-native:resources:Deployment`. */
  readonly type: string;
  /** False for components, which stand in no cloud. */
  readonly custom?: boolean;
  readonly id?: string;
  readonly inputs?: Values;
  readonly outputs?: Values;
  /** URN and id of its provider, joined by `::`. */
  readonly provider?: string;
  /** Why the resource is not ready; the engine updates a resource that has some. */
  readonly initErrors?: readonly string[];
  /** Whether another has taken its place, and it waits to be deleted. */
  readonly delete?: boolean;
  /** URN of what it stands in. */
  readonly parent?: string;
  /** URNs of what has to be there before it. */
  readonly dependencies?: readonly string[];
  readonly propertyDependencies?: Readonly<Record<string, readonly string[]>>;
  /** URN of what takes it with it when it is deleted. */
  readonly deletedWith?: string;
  /** Whether it stays in Azure when it leaves the state. */
  readonly retainOnDelete?: boolean;
  /** Outputs that may hold what is secret. */
  readonly additionalSecretOutputs?: readonly string[];
}

/** What the engine was doing when it ended: nobody told it how it went. */
export interface PendingOperation {
  /** `creating`, `updating`, `deleting`, `reading` or `importing`; `declared` and `not ready` are our own words. */
  readonly type: string;
  readonly resource: ResourceState;
}

export type Values = Readonly<Record<string, unknown>>;

export function resourcesOf({ deployment }: ExportedStack): readonly ResourceState[] {
  return deployment.resources ?? [];
}

export function pendingOf({ deployment }: ExportedStack): readonly PendingOperation[] {
  return deployment.pending_operations ?? [];
}

/** The name that a program gave a resource. */
export function nameOf({ urn }: Pick<ResourceState, "urn">): string {
  return urn.split("::").at(-1) ?? urn;
}

/** Name of the stack and the project that a resource belongs to. */
export function placeOf({ urn }: ResourceState): { readonly stack: string; readonly project: string } {
  const [stack = "", project = ""] = urn.replace(/^urn:pulumi:/, "").split("::");
  return { stack, project };
}

/** Whether something in a stack is encrypted, so that it cannot be read without the stack's passphrase or key. */
export function hasSecrets(value: unknown): boolean {
  return JSON.stringify(value)?.includes(`"${SECRET}"`) ?? false;
}

/** A value as an import of a state takes it to encrypt it. */
export function secretOf(value: unknown): Values {
  return { [MARK]: SECRET, plaintext: JSON.stringify(value) };
}

/** How the engine marks values in its files that are more than data, and among them secrets. */
const MARK = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** Whether a value is one that the engine marks as more than data: a secret, or a file. */
export function isMarked(value: unknown): boolean {
  return typeof value === "object" && value !== null && MARK in value;
}

/** What is behind the mark of a secret in an export that shows secrets; any other value as it is. */
export function inClear(value: unknown): unknown {
  const { plaintext } = (isMarked(value) ? value : {}) as { readonly plaintext?: unknown };
  return typeof plaintext === "string" ? (JSON.parse(plaintext) as unknown) : value;
}

/** Outputs as the engine keeps them: those that may hold what is secret are encrypted. */
export function hideSecrets({ additionalSecretOutputs = [] }: ResourceState, outputs: Values): Values {
  const secret = new Set(additionalSecretOutputs);
  const entries = Object.entries(outputs).map(([key, value]) => [
    key,
    secret.has(key) ? secretOf(inClear(value)) : value,
  ]);
  return Object.fromEntries(entries) as Values;
}

/** A value inside a document; undefined when it is not there or null. */
export function valueIn(document: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((value, key) => (isMap(value) ? (value[key] ?? undefined) : undefined), document);
}

export function textIn(document: unknown, path: string): string | undefined {
  const value = valueIn(document, path);
  return typeof value === "string" ? value : undefined;
}

export function mapIn(document: unknown, path: string): Values {
  const value = valueIn(document, path);
  return isMap(value) ? value : {};
}

export function nameIn(document: Values): string {
  return textIn(document, "name") ?? "";
}
