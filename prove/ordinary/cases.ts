import type { OrdinaryCase } from "./case";
import { changes } from "./cases/changes";
import { commands } from "./cases/commands";
import { edits } from "./cases/edits";
import { foreign } from "./cases/foreign";
import { ground } from "./cases/ground";
import { lostState } from "./cases/lostState";
import { adopted, failedOnce } from "./cases/otherWorlds";
import { owners } from "./cases/owners";
import { portal } from "./cases/portal";
import { protection } from "./cases/protection";
import { remoteEdits, remoteInputs } from "./cases/remote";
import { largeRollouts, rollouts } from "./cases/rollouts";
import { settings } from "./cases/settings";
import { wayBack } from "./cases/wayBack";

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
