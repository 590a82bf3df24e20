import { configureGlobal } from "fast-check";
import { afterAll, vi } from "vitest";
import { checkObserved } from "../../apiSpec/observed";
import { ROOT } from "../../driver/paths";

/** The seed of all property tests: fixed, so runs are repeatable; `FAST_CHECK_SEED` overrides it. */
const SEED = 20_261_124;

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? SEED) });

// As Node has it, and not the hundred of Vitest: Pulumi's SDK takes the stack of each promise.
Error.stackTraceLimit = 10;

// The files of a worker share its process, which programs move to their own folders, and the store of Pulumi's SDK, which says
// whether a program with mocks is a preview.
process.chdir(ROOT);
Reflect.deleteProperty(globalThis, "globalStore");

// Registered before the file's own hooks, and so run after them.
afterAll(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  await checkObserved();
}, 120_000);
