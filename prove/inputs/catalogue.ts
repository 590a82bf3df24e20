import { BAD_ARGUMENTS } from "./arguments";
import type { BadInput } from "./badInput";
import { BAD_CANDIDATES } from "./candidates";
import { BAD_DEPLOYMENTS } from "./deployments";
import { BAD_STEPS } from "./live";
import { BAD_MODELS } from "./models";
import { BAD_WEIGHTS } from "./weights";

export const BAD_INPUTS: readonly BadInput[] = [
  ...BAD_WEIGHTS,
  ...BAD_CANDIDATES,
  ...BAD_DEPLOYMENTS,
  ...BAD_MODELS,
  ...BAD_ARGUMENTS,
  ...BAD_STEPS,
];
