import { MockMonitor } from "@pulumi/pulumi/runtime/mocks";
import * as state from "@pulumi/pulumi/runtime/state";

type Registration = (request: unknown, answered: (error: null, answer: object) => void) => void;

/** The features that the SDK's mocks report as supported, and the method for it in some SDKs. */
interface Monitor {
  registerResourceHook?: Registration;
  registerErrorHook?: Registration;
}

interface Store {
  supportsTransforms: boolean;
}

/**
 * Lets mocks accept resources with hooks and transforms, without calling them: in an SDK without these methods, a test
 * program would wait forever.
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
