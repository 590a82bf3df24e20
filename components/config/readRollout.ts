import * as pulumi from "@pulumi/pulumi";
import { formatViolations } from "../rollout/violation";
import { parseRollout } from "./rolloutValues";
import type { RolloutValues } from "./rolloutValues";

/**
 * Reads the rollout from stack config: `modelVersions`, `deployments`, and the weights as the map `traffic` or, with two
 * deployments, as `candidate` and `candidateTraffic`; `mirrorTraffic`, `acceptLive` and `acceptLiveSettings` as well.
 *
 * @param config - the stack's config
 * @default config - that of the project
 * @throws RunError with everything that cannot be read, in one message
 * @example
 * const { versions = { "1": { path: "models/blue" } }, ...rollout } = readRollout();
 * new ProgressiveMlflowEndpoint("heart", { ...rollout, resourceGroupName, model: { name: "heart", versions } });
 */
export function readRollout(config: pulumi.Config = new pulumi.Config()): RolloutValues {
  const { values, violations } = parseRollout((key) => config.get(key));
  if (violations.length > 0) {
    throw new pulumi.RunError(`invalid stack config, nothing was written:\n${formatViolations(violations)}`);
  }
  return values;
}
