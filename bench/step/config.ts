import { join } from "node:path";
import { MODELS } from "../../driver/paths";
import type { BenchAzure } from "../common/azure";

type Config = Readonly<Record<string, unknown>>;

const ROLLOUT = {
  deployments: { stable: { modelVersion: "1" }, candidate: { modelVersion: "2" } },
  candidate: "candidate",
  candidateTraffic: 10,
};

/** Config of `bench/programs/ours`: a rollout at 90/10 of models that it registers itself, as a user's program does. */
export function ourConfig(model = "ours"): Config {
  return { ...ROLLOUT, model, modelVersions: { "1": join(MODELS, "blue"), "2": join(MODELS, "green") } };
}

/** The same of the models that the expert's program has, which are registered. */
export function registeredConfig({ models }: Pick<BenchAzure, "models">): Config {
  return { ...ROLLOUT, model: "ours", modelVersions: { "1": { id: models[0] }, "2": { id: models[1] } } };
}

/** Config of `bench/programs/expert` for its first apply, which can have no weights. */
export function expertConfig({ models }: Pick<BenchAzure, "models">): Config {
  return { versions: { stable: models[0], candidate: models[1] } };
}

/** What is typed after `pulumi up` for the expert's program. */
export function expertWeights(candidate: number): readonly string[] {
  const weights = { stable: 100 - candidate, candidate };
  return ["--config-path", ...Object.entries(weights).flatMap(([name, weight]) => ["-c", `traffic.${name}=${weight}`])];
}
