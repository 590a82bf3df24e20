import { nameAfter } from "../arm/ids";
import type { Resource, Store } from "../arm/store";
import { versionsType } from "./assets";
import type { AssetKind } from "./assets";
import { refusals } from "./refusals";
import { WORKSPACE } from "./workspaces";

export const ML_REGISTRY = "microsoft.machinelearningservices/registries";

const MODEL = {
  called: "model",
  content: "modelUri",
  checkVersion: (version: string) => {
    if (!/^[1-9]\d*$/.test(version)) throw refusals.modelVersion(version);
  },
  defaults: { flavors: {}, jobName: null, modelType: "custom_model" },
};
/** Models: versions are whole numbers. */
export const MODELS: AssetKind = { container: `${WORKSPACE}/models`, ...MODEL };
export const REGISTRY_MODELS: AssetKind = { container: `${ML_REGISTRY}/models`, ...MODEL };
export const ENVIRONMENTS: AssetKind = {
  container: `${WORKSPACE}/environments`,
  called: "environment",
  defaults: { autoRebuild: "Disabled", osType: "Linux", environmentType: "UserCreated" },
};
export const CODES: AssetKind = {
  container: `${WORKSPACE}/codes`,
  called: "code",
  content: "codeUri",
  defaults: {},
};

const REGISTRY_MODEL_URI = /^azureml:\/\/registries\/[^/]+\/models\/[^/]+\/versions\/[^/]+$/i;

/** The version that a deployment names: of its workspace by ARM id, of a registry by its `azureml://` URI. */
export function modelVersionAt(store: Store, model: string): Resource | undefined {
  const found = REGISTRY_MODEL_URI.test(model)
    ? store.all().find(({ type, id }) => type === versionsType(REGISTRY_MODELS) && isSame(id, model))
    : store.get(model);
  return [MODELS, REGISTRY_MODELS].some((kind) => versionsType(kind) === found?.type) ? found : undefined;
}

function isSame(id: string, uri: string): boolean {
  return ["registries", "models", "versions"].every(
    (part) => nameAfter(id, part)?.toLowerCase() === nameAfter(uri, part)?.toLowerCase(),
  );
}
