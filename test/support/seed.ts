import { configureGlobal } from "fast-check";

/** The seed of all property tests: fixed, so that a run can be repeated; `FAST_CHECK_SEED` takes another one. */
const SEED = 20_261_124;

configureGlobal({ seed: Number(process.env["FAST_CHECK_SEED"] ?? SEED) });
