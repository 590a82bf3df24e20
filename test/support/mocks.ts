import * as pulumi from "@pulumi/pulumi";
import { ResourceHookRequest } from "@pulumi/pulumi/proto/resource_pb";
import type {
  RegisterErrorHookRequest,
  RegisterResourceHookRequest,
  RegisterResourceOutputsRequest,
  RegisterResourceRequest,
  ResourceHookResponse,
} from "@pulumi/pulumi/proto/resource_pb";
import { MockMonitor, setMocks } from "@pulumi/pulumi/runtime/mocks";
import type { MockCallArgs, MockResourceArgs } from "@pulumi/pulumi/runtime/mocks";
import * as settings from "@pulumi/pulumi/runtime/settings";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { answerOf, createdState } from "./mockedAzure";
import type { Answers } from "./mockedAzure";

/** Inputs as they go over the wire: secrets, assets and unknowns in the engine's own form. */
export type WireValues = Record<string, JavaScriptValue>;

/** One resource, as the SDK asks the engine to register it; other resources are given by their name. */
export interface Registered {
  readonly type: string;
  readonly name: string;
  readonly parent: string;
  readonly inputs: WireValues;
  readonly dependencies: readonly string[];
  readonly ignoreChanges: readonly string[];
  readonly retainOnDelete: boolean;
  readonly protect: boolean;
  readonly deletedWith: string;
  /** Those that are set. */
  readonly customTimeouts: Readonly<Record<string, string>>;
  /** Names of the hooks by when they run; only those that are bound. */
  readonly hooks: Readonly<Record<string, readonly string[]>>;
}

export interface RegisteredHook {
  readonly name: string;
  readonly onDryRun: boolean;
}

/** What a program asked of the engine. */
export class MockedRun {
  readonly registered: Registered[] = [];
  /** Outputs of components. */
  readonly outputs: WireValues[] = [];
  readonly hooks: RegisteredHook[] = [];
  readonly calls: MockCallArgs[] = [];
  private readonly tokens = new Map<string, string>();

  record(request: RegisterResourceRequest): void {
    this.registered.push(readRequest(request));
  }

  recordOutputs(request: RegisterResourceOutputsRequest): void {
    this.outputs.push(request.getOutputs()?.toJavaScript() ?? {});
  }

  recordHook(request: RegisterResourceHookRequest): void {
    this.hooks.push({ name: request.getName(), onDryRun: request.getOnDryRun() });
    this.tokens.set(request.getName(), request.getCallback()?.getToken() ?? "");
  }

  /** The resources that were registered under the component, without the component. */
  get children(): readonly Registered[] {
    return this.registered.filter(({ type }) => !type.startsWith("azure-mlflow-rollout:"));
  }

  /** The one resource of that name. */
  resource(name: string): Registered {
    const found = this.registered.filter((resource) => resource.name === name);
    const [resource] = found;
    if (resource === undefined || found.length > 1) throw new Error(`${found.length} resources are named ${name}`);
    return resource;
  }

  /** Runs a hook as the engine does, with inputs as they go over the wire. */
  async runHook(name: string, newInputs: WireValues, oldInputs?: WireValues): Promise<void> {
    const request = new ResourceHookRequest();
    request.setNewInputs(Struct.fromJavaScript(newInputs));
    if (oldInputs) request.setOldInputs(Struct.fromJavaScript(oldInputs));
    const { _callbacks: callbacks } = settings.getCallbacks() as unknown as CallbackTable;
    const callback = callbacks.get(this.tokens.get(name) ?? "");
    if (callback === undefined) throw new Error(`no hook is named ${name}`);
    const error = (await callback(request.serializeBinary())).getError();
    if (error !== "") throw new Error(error);
  }

  /** Ends when everything that was declared is registered and every call is answered. */
  async settled(): Promise<void> {
    await (settings as unknown as { waitForRPCs(): Promise<void> }).waitForRPCs();
  }
}

/** The callbacks that the SDK serves to the engine, by token; private there. */
interface CallbackTable {
  readonly _callbacks: Map<string, (request: Uint8Array) => Promise<ResourceHookResponse>>;
}

let current = new MockedRun();

/**
 * Starts a program against a mocked engine and Azure: what is declared from here on is registered there.
 *
 * @param answers - what Azure answers to reads; a live endpoint does not exist unless it is given
 */
export async function mockRun(answers: Answers = {}, { preview = false } = {}): Promise<MockedRun> {
  const run = new MockedRun();
  current = run;
  await setMocks(
    {
      newResource: (args: MockResourceArgs) => createdState(args, preview),
      call: (args: MockCallArgs) => {
        run.calls.push(args);
        return answerOf(answers, args);
      },
    },
    "project",
    "stack",
    preview,
  );
  return run;
}

/** What an output came to. */
export async function settle<T>(output: pulumi.Output<T>): Promise<{ value: T; known: boolean; secret: boolean }> {
  const inner = output as unknown as {
    promise(): Promise<T>;
    readonly isKnown: Promise<boolean>;
    readonly isSecret: Promise<boolean>;
  };
  return { value: await inner.promise(), known: await inner.isKnown, secret: await inner.isSecret };
}

type Callback = (error: null, response: object) => void;

// The mocks of the SDK say they support hooks, have no method for them, and keep the options to themselves.
const monitor = MockMonitor.prototype as unknown as {
  registerResource: (this: unknown, request: RegisterResourceRequest, callback: Callback) => Promise<void>;
  registerResourceOutputs: (this: unknown, request: RegisterResourceOutputsRequest, callback: Callback) => void;
  registerResourceHook: (request: RegisterResourceHookRequest, callback: Callback) => void;
  registerErrorHook: (request: RegisterErrorHookRequest, callback: Callback) => void;
};
const { registerResource, registerResourceOutputs } = monitor;
monitor.registerResource = function record(request, callback) {
  current.record(request);
  return registerResource.call(this, request, callback);
};
monitor.registerResourceOutputs = function record(request, callback) {
  current.recordOutputs(request);
  registerResourceOutputs.call(this, request, callback);
};
monitor.registerResourceHook = (request, callback) => {
  current.recordHook(request);
  callback(null, {});
};
monitor.registerErrorHook = (_, callback) => callback(null, {});

function readRequest(request: RegisterResourceRequest): Registered {
  return {
    type: request.getType(),
    name: request.getName(),
    parent: nameOf(request.getParent()),
    inputs: request.getObject()?.toJavaScript() ?? {},
    dependencies: request.getDependenciesList().map(nameOf),
    ignoreChanges: request.getIgnorechangesList(),
    retainOnDelete: request.getRetainondelete() ?? false,
    protect: request.getProtect() ?? false,
    deletedWith: nameOf(request.getDeletedwith()),
    customTimeouts: givenTimeouts(request),
    hooks: boundHooks(request),
  };
}

function givenTimeouts(request: RegisterResourceRequest): Readonly<Record<string, string>> {
  const { pb_delete: onDelete = "", ...others } = request.getCustomtimeouts()?.toObject() ?? {};
  return Object.fromEntries(Object.entries({ ...others, delete: onDelete }).filter(([, limit]) => limit !== ""));
}

function boundHooks(request: RegisterResourceRequest): Readonly<Record<string, readonly string[]>> {
  const bound = Object.entries(request.getHooks()?.toObject() ?? {});
  const named = bound.map(([key, names]): [string, readonly string[]] => [key.replace(/List$/, ""), names]);
  return Object.fromEntries(named.filter(([, names]) => names.length > 0));
}

function nameOf(urn: string): string {
  return urn.split("::").at(-1) ?? "";
}
