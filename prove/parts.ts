import { crashes } from "./crash/part";
import { faults } from "./faults/part";
import { decision } from "./decision/part";
import { badInputs } from "./inputs/part";
import { ordinary } from "./ordinary/part";
import type { Part } from "./common/part";
import { random } from "./random/part";
import { run } from "./run/part";
import { sessions } from "./sessions/part";
import { verbs } from "./verbs/part";
import { versions } from "./versions/part";

/** All parts in running order, the quick ones first. */
export const PARTS: readonly Part[] = [
  decision,
  random,
  badInputs,
  faults,
  ordinary,
  sessions,
  verbs,
  run,
  versions,
  crashes,
];
