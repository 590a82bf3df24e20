import { segmentAfter } from "../../arm/ids";
import type { Resource, Store } from "../../arm/store";
import { toText } from "../../common/json";
import type { Json } from "../../common/json";
import { orderBy } from "../../lists/list";
import type { ListOptions } from "../../lists/list";
import { ACTIVE_ONLY, byAssetTags, byName, byProperties, byProperty, byView } from "../../lists/options";
import type { ReadFilter } from "../../lists/options";
import { WORKSPACE } from "../shared/records";
import { invalidModelVersion } from "./refusals";

const ML_REGISTRY = "microsoft.machinelearningservices/registries";

const VERSIONS: ListOptions = {
  ...{ filters: { listViewType: byView }, defaults: ACTIVE_ONLY },
  ...{ size: ["$top"], order: orderBy("$orderBy") },
};
/** The feed of a version is its workspace or registry. */
const byFeed: ReadFilter = (value) => (document) => {
  const id = toText(document["id"]);
  const feed = segmentAfter(id, "workspaces") ?? segmentAfter(id, "registries");
  return feed?.toLowerCase() === value.toLowerCase();
};
const MODEL_VERSIONS: ListOptions = {
  ...VERSIONS,
  offset: "offset",
  filters: {
    ...VERSIONS.filters,
    version: byName,
    description: byProperty("description"),
    stage: byProperty("stage"),
    tags: byAssetTags,
    properties: byProperties,
    feed: byFeed,
  },
};

const MODEL = {
  called: "model",
  content: "modelUri",
  checkVersion: (version: string) => {
    if (!/^[1-9]\d*$/.test(version)) throw invalidModelVersion(version);
  },
  defaults: { flavors: {}, jobName: null, modelType: "custom_model" },
  versions: MODEL_VERSIONS,
};
/** Models: versions are whole numbers. */
export const MODELS: AssetKind = { container: `${WORKSPACE}/models`, ...MODEL };
export const REGISTRY_MODELS: AssetKind = { container: `${ML_REGISTRY}/models`, ...MODEL };
export const ENVIRONMENTS: AssetKind = {
  container: `${WORKSPACE}/environments`,
  called: "environment",
  defaults: { autoRebuild: "Disabled", osType: "Linux", environmentType: "UserCreated" },
  versions: VERSIONS,
};
export const CODES: AssetKind = {
  container: `${WORKSPACE}/codes`,
  called: "code",
  content: "codeUri",
  defaults: {},
  // All of them, since code cannot be archived.
  versions: { size: ["$top"], order: orderBy("$orderBy") },
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
    (part) => segmentAfter(id, part)?.toLowerCase() === segmentAfter(uri, part)?.toLowerCase(),
  );
}

/** A kind of versioned asset. */
export interface AssetKind {
  /** Lower-case type of the container, such as `microsoft.machinelearningservices/workspaces/models`. */
  readonly container: string;
  /** What messages call a name. */
  readonly called: string;
  /** The required, immutable property of a version. */
  readonly content?: string;
  /** Refuses versions by name. */
  readonly checkVersion?: (version: string) => void;
  /** Properties of a version when none are given. */
  readonly defaults: Json;
  /** What lists of versions can be asked for. */
  readonly versions: ListOptions;
}

export function versionsType({ container }: AssetKind): string {
  return `${container}/versions`;
}
