import type { Semantic, Topic } from "./semantic";
import { apiSpec } from "./semantics/apiSpec";
import { credentials } from "./semantics/credentials";
import { deletes } from "./semantics/deletes";
import { deploymentChanges } from "./semantics/deploymentChanges";
import { deployments } from "./semantics/deployments";
import { endpointWrites } from "./semantics/endpointWrites";
import { immutables } from "./semantics/immutables";
import { models } from "./semantics/models";
import { operations } from "./semantics/operations";
import { resourceManager } from "./semantics/resourceManager";
import { routing } from "./semantics/routing";
import { scoring } from "./semantics/scoring";
import { scoringErrors } from "./semantics/scoringErrors";
import { weights } from "./semantics/weights";

/** In the order in which they are run: the deletes are last. */
export const TOPICS: readonly Topic[] = [
  endpointWrites,
  operations,
  weights,
  deployments,
  deploymentChanges,
  immutables,
  models,
  apiSpec,
  routing,
  scoring,
  scoringErrors,
  credentials,
  resourceManager,
  deletes,
];

export const SEMANTICS: readonly Semantic[] = TOPICS.flatMap((topic) => topic.semantics);
