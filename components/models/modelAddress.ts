import { ModelFolderError } from "./folderError";
import type { ModelFile } from "./folder";

/** The folder of the default datastore that holds model folders. */
const FOLDER = "mlflow-models";
/** Folders uploaded by this component, including version 0.1. */
const OWN = /\/datastores\/([^/]+)\/paths\/(?:mlflow-models\/)?[^/]+\/([0-9a-f]{16})\/*$/i;
/** A URI of a datastore folder, with or without its workspace. */
const DATASTORE =
  /^azureml:\/\/(?:subscriptions\/[^/]+\/resource[gG]roups\/([^/]+)\/workspaces\/([^/]+)\/)?datastores\/([^/]+)\/paths\/(.+?)\/*$/i;
const JOB = /^azureml:\/\/jobs\/([^/]+)\//i;
const RUN = /^runs:\/([^/]+)\//i;

/** A folder of a datastore. */
export interface DatastoreFolder {
  /** Undefined in the short form, which means the current workspace. */
  readonly workspace: { readonly resourceGroupName: string; readonly workspaceName: string } | undefined;
  readonly datastore: string;
  /** Path of the folder, without a trailing slash. */
  readonly path: string;
}

/** The path of a model folder in its datastore: the same content has the same path and is stored once. */
export function uploadPrefix(model: string, contentName: string): string {
  return `${FOLDER}/${model}/${contentName}`;
}

/** The content hash in a registered URI, and its datastore; undefined for a URI from elsewhere. */
export function contentOf(modelUri: string): { readonly contentName: string; readonly datastore: string } | undefined {
  const [, datastore, contentName] = OWN.exec(modelUri) ?? [];
  return datastore === undefined || contentName === undefined ? undefined : { datastore, contentName };
}

/** Undefined for a URI outside a datastore, such as a job's output. */
export function datastoreFolder(uri: string): DatastoreFolder | undefined {
  const [, resourceGroupName, workspaceName, datastore, path] = DATASTORE.exec(uri) ?? [];
  if (datastore === undefined || path === undefined) return undefined;
  const workspace =
    resourceGroupName === undefined || workspaceName === undefined ? undefined : { resourceGroupName, workspaceName };
  return { workspace, datastore, path };
}

/**
 * Whether Azure's URI of a version matches the declared one: Azure returns URIs in any case, and resolves a job's
 * output to the folder that the job wrote.
 */
export function isSameUri(declared: string, registered: string): boolean {
  const [own, theirs] = [declared, registered].map((uri) => uri.replace(/\/+$/, "").toLowerCase());
  if (own === theirs) return true;
  const [, source] = JOB.exec(declared) ?? RUN.exec(declared) ?? [];
  return source !== undefined && theirs !== undefined && theirs.includes(`dcid.${source.toLowerCase()}`);
}

/** Source: "Naming and referencing containers, blobs, and metadata", Azure Blob Storage. */
const MAX_LENGTH = 1024;
const MAX_SEGMENTS = 254;
// oxlint-disable-next-line no-control-regex
const UNTAKEN = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]/;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** The name of a file's blob. */
export function blobName(prefix: string, { path }: Pick<ModelFile, "path">): string {
  return `${prefix}/${path}`;
}

/** @throws ModelFolderError with a line for each file name that blob storage does not accept */
export function checkBlobNames(prefix: string, files: readonly ModelFile[]): void {
  const problems = files.flatMap((file) => {
    const problem = nameProblem(blobName(prefix, file));
    return problem === undefined ? [] : [`${JSON.stringify(file.source)}: ${problem}; rename it`];
  });
  if (problems.length > 0) throw new ModelFolderError(problems);
}

/** Why blob storage rejects a name or changes it. */
export function nameProblem(name: string): string | undefined {
  if (name.length > MAX_LENGTH)
    return `its blob would have a name of ${name.length} characters, allowed are ${MAX_LENGTH}`;
  const segments = name.split("/");
  if (segments.length > MAX_SEGMENTS) return `it would be ${segments.length} levels deep, allowed are ${MAX_SEGMENTS}`;
  if (segments.some((segment) => segment.endsWith("."))) return "blob storage allows no name that ends with a dot";
  if (name.includes("\\")) return "blob storage turns a backslash into a slash";
  if (UNTAKEN.test(name)) return "blob storage allows no control characters in names";
  return LONE_SURROGATE.test(name) ? "its name is not valid Unicode" : undefined;
}

/** A folder of a datastore of the workspace, as the command line and the SDKs write it. */
const DATASTORE_FOLDER = /^azureml:\/\/datastores\//i;
/** A version of the workspace, as the command line and the SDKs write it. */
const WORKSPACE_VERSION = /^azureml:([^/:@]+):([1-9]\d*)$/;

/**
 * The workspace in an `azureml://` URI: its ARM id without the provider. Source: the tutorial "Train models with the
 * REST API"; the SDKs expand short forms to this before they write.
 */
function workspaceUri(workspaceId: string): string {
  return `azureml:/${workspaceId.replace(/\/providers\/Microsoft\.MachineLearningServices(?=\/)/i, "")}`;
}

/** Whether a URI or an id is in the short form without a workspace. */
export function isShort(text: string): boolean {
  return DATASTORE_FOLDER.test(text) || WORKSPACE_VERSION.test(text);
}

/** A URI or an id as Azure Resource Manager accepts it; anything but a short form is returned unchanged. */
export function inFull(text: string, workspaceId: string): string {
  return text
    .replace(DATASTORE_FOLDER, () => `${workspaceUri(workspaceId)}/datastores/`)
    .replace(
      WORKSPACE_VERSION,
      (_, name: string, version: string) => `${workspaceId}/models/${name}/versions/${version}`,
    );
}
