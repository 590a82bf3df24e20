import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as state from "@pulumi/pulumi/runtime/state";

type Registration = (request: unknown, answered: (error: null, answer: object) => void) => void;

/** What mocks of the SDK say that they support, and the method that some SDKs have for it. */
interface Monitor {
  registerResourceHook?: Registration;
  registerErrorHook?: Registration;
}

interface Store {
  supportsTransforms: boolean;
}

/**
 * Lets mocks take resources with hooks and with transforms. They call neither: in an SDK without the methods, the program
 * of a test would wait forever.
 *
 * To be called after `setMocks`, which sets what is supported.
 */
export function serveHooks(): void {
  const monitor = MockMonitor.prototype as unknown as Monitor;
  monitor.registerResourceHook ??= accept;
  monitor.registerErrorHook ??= accept;
  // SDKs before 3.270 say that mocks do not support transforms.
  (state as unknown as { getStore(): Store }).getStore().supportsTransforms = true;
}

const accept: Registration = (_, answered) => answered(null, {});
