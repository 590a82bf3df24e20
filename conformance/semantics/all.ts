import type { Semantic, Topic } from "./semantic";
import { apiSpec } from "./apiSpec";
import { credentials } from "./credentials";
import { deletes } from "./deletes";
import { deploymentChanges } from "./deploymentChanges";
import { deployments } from "./deployments";
import { endpointWrites } from "./endpointWrites";
import { immutables } from "./immutables";
import { models } from "./models";
import { operations } from "./operations";
import { resourceManager } from "./resourceManager";
import { routing } from "./routing";
import { scoring } from "./scoring";
import { scoringErrors } from "./scoringErrors";
import { weights } from "./weights";

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
