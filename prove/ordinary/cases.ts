import type { OrdinaryCase } from "./case";
import { edits } from "./cases/edits";

/** All cases, in the order of the page; those of a world stand together. */
export const CASES: readonly OrdinaryCase[] = [...edits];
