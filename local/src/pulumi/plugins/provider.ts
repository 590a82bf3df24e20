import type { Values } from "./values";

/** One changed property of a resource. */
export interface PropertyChange {
  readonly path: string;
  readonly kind: "ADD" | "DELETE" | "UPDATE";
  readonly replaces: boolean;
}

/** What a change of a resource comes to. */
export interface Diff {
  readonly changes: readonly PropertyChange[];
  /** Whether a replaced resource is deleted before the other one is made. */
  readonly deleteBeforeReplace: boolean;
}

export interface CheckFailure {
  /** Empty when it stands in the reason. */
  readonly property: string;
  readonly reason: string;
}

/** A created resource, or one that was read. */
export interface ResourceState {
  readonly id: string;
  readonly outputs: Values;
  readonly inputs?: Values;
}

/** What a stand-in provider does; everything about the protocol is done here. */
export interface Provider {
  readonly version: string;
  configure(config: Readonly<Record<string, string>>): void;
  check(request: {
    type: string;
    name: string;
    olds: Values;
    news: Values;
    seed: Uint8Array;
  }): Promise<{ inputs: Values; failures: readonly CheckFailure[] }>;
  /** @param request - inputs of before and after, and the outputs of before */
  diff(request: { type: string; olds: Values; news: Values; outputs: Values }): Diff;
  create(request: { type: string; inputs: Values; preview: boolean }): Promise<ResourceState>;
  update(request: { type: string; id: string; inputs: Values; olds: Values; preview: boolean }): Promise<Values>;
  read(request: { type: string; id: string; inputs: Values; outputs: Values }): Promise<ResourceState | undefined>;
  delete(request: { type: string; id: string; inputs: Values; outputs: Values }): Promise<void>;
  invoke(token: string, args: Values): Promise<Values>;
}

/** A resource that exists but did not get ready: the engine keeps it and tries to update it next time. */
export class InitFailed extends Error {
  constructor(
    readonly state: ResourceState,
    readonly reasons: readonly string[],
  ) {
    super(reasons[0]);
  }
}
