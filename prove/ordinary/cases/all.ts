import type { OrdinaryCase } from "./ordinaryCase";
import { changes } from "./changes";
import { commands } from "./commands";
import { edits } from "./edits";
import { foreign } from "./foreign";
import { ground } from "./ground";
import { lostState } from "./lostState";
import { adopted, failedOnce } from "./otherTestbeds";
import { owners } from "./owners";
import { portal } from "./portal";
import { protection } from "./protection";
import { remoteEdits, remoteInputs } from "./remote";
import { largeRollouts, rollouts } from "./rollouts";
import { settings } from "./settings";
import { wayBack } from "./wayBack";

/** All cases, in the order of the page. */
export const CASES: readonly OrdinaryCase[] = [
  ...edits,
  ...changes,
  ...ground,
  ...remoteEdits,
  ...foreign,
  ...remoteInputs,
  ...commands,
  ...settings,
  ...portal,
  ...adopted,
  ...failedOnce,
  ...rollouts,
  ...largeRollouts,
  ...wayBack,
  ...owners.inline,
  ...owners.typed,
  ...lostState,
  ...protection.inline,
  ...protection.typed,
];
