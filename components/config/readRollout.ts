import * as pulumi from "@pulumi/pulumi";
import { formatViolations } from "../values/violation";
import { checkConfigKeys } from "./configKeys";
import { parseRollout } from "./rolloutValues";
import type { RolloutValues } from "./rolloutValues";

/**
 * Reads the rollout from stack config: `modelVersions`, `deployments`, and the weights as the map `traffic` or, with two
 * deployments, as `candidate` and `candidateTraffic`; its plan `rollout`; `mirrorTraffic`, `acceptLive`,
 * `acceptLiveSettings`, `allowOutage`, `deletionProtection` and `takeOver` as well. A key that is nearly one of these is
 * refused, since it would be ignored.
 *
 * @param config - the stack's config
 * @param ownKeys - keys that the program reads itself, though they are nearly one of these
 * @default config - that of the project; ownKeys none
 * @throws RunError with everything that cannot be read, in one message
 * @example
 * const { versions = { "1": { path: "models/blue" } }, ...rollout } = readRollout();
 * new ProgressiveMlflowEndpoint("heart", { ...rollout, resourceGroupName, model: { name: "heart", versions } });
 */
export function readRollout(
  config: pulumi.Config = new pulumi.Config(),
  ownKeys: readonly string[] = [],
): RolloutValues {
  const { values, violations: unread } = parseRollout((key) => config.get(key));
  const violations = [...checkConfigKeys(keysOf(config), ownKeys), ...unread];
  if (violations.length > 0) {
    // An update may have written other resources of the program before.
    const written = pulumi.runtime.isDryRun() ? "nothing was written" : "nothing of the rollout was written";
    throw new pulumi.RunError(`invalid stack config, ${written}:\n${formatViolations(violations)}`);
  }
  return config.name === pulumi.getProject() ? values : { ...values, configNamespace: config.name };
}

/** All keys of the namespace, without it. */
function keysOf({ name }: pulumi.Config): readonly string[] {
  const [prefix, keys] = [`${name}:`, Object.keys(pulumi.runtime.allConfig())];
  return keys.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
