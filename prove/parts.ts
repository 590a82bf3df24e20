import { crashes } from "./crash/part";
import type { Part } from "./part";

/** All that is proved, in the order in which it is run: the quick ones first. */
export const PARTS: readonly Part[] = [crashes];
