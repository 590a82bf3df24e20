import { ModelFolderError } from "./folderError";
import type { ModelFile } from "./folder";

/** The folder of the default datastore in which model folders stand. */
const FOLDER = "mlflow-models";
/** Folders that were uploaded by this component, by version 0.1 of it as well. */
const OWN = /\/datastores\/([^/]+)\/paths\/(?:mlflow-models\/)?[^/]+\/([0-9a-f]{16})\/*$/i;
/** A folder of a datastore, with its workspace or without. */
const DATASTORE =
  /^azureml:\/\/(?:subscriptions\/[^/]+\/resource[gG]roups\/([^/]+)\/workspaces\/([^/]+)\/)?datastores\/([^/]+)\/paths\/(.+?)\/*$/i;
const JOB = /^azureml:\/\/jobs\/([^/]+)\//i;
const RUN = /^runs:\/([^/]+)\//i;

/** A folder of a datastore. */
export interface DatastoreFolder {
  /** Undefined in the short form, which means the workspace that it is read in. */
  readonly workspace: { readonly resourceGroupName: string; readonly workspaceName: string } | undefined;
  readonly datastore: string;
  /** Path of the folder, without a slash at its end. */
  readonly path: string;
}

/** Where a model folder stands below its datastore: the same content is at the same place, and stands there once. */
export function uploadPrefix(model: string, contentName: string): string {
  return `${FOLDER}/${model}/${contentName}`;
}

/** The content that a registered URI is named after, and its datastore; undefined for one from elsewhere. */
export function contentOf(modelUri: string): { readonly contentName: string; readonly datastore: string } | undefined {
  const [, datastore, contentName] = OWN.exec(modelUri) ?? [];
  return datastore === undefined || contentName === undefined ? undefined : { datastore, contentName };
}

/** Undefined for a URI that is not in a datastore, such as the output of a job. */
export function datastoreFolder(uri: string): DatastoreFolder | undefined {
  const [, resourceGroupName, workspaceName, datastore, path] = DATASTORE.exec(uri) ?? [];
  if (datastore === undefined || path === undefined) return undefined;
  const workspace =
    resourceGroupName === undefined || workspaceName === undefined ? undefined : { resourceGroupName, workspaceName };
  return { workspace, datastore, path };
}

/**
 * Whether Azure's URI of a version may be the one that was declared: it answers in whatever case, and resolves the output
 * of a job to the folder that the job has written.
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

/** @throws ModelFolderError with a line for each file whose name blob storage cannot take */
export function checkBlobNames(prefix: string, files: readonly ModelFile[]): void {
  const problems = files.flatMap((file) => {
    const problem = nameProblem(blobName(prefix, file));
    return problem === undefined ? [] : [`${JSON.stringify(file.source)}: ${problem}; rename it`];
  });
  if (problems.length > 0) throw new ModelFolderError(problems);
}

/** Why blob storage does not take a name, or gives it back as another one. */
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

/** Whether a URI or an id has a short form that names no workspace. */
export function isShort(text: string): boolean {
  return DATASTORE_FOLDER.test(text) || WORKSPACE_VERSION.test(text);
}

/** A URI or an id as Azure Resource Manager takes it; what is no short form stays as it is. */
export function inFull(text: string, workspaceId: string): string {
  return text
    .replace(DATASTORE_FOLDER, () => `${workspaceUri(workspaceId)}/datastores/`)
    .replace(
      WORKSPACE_VERSION,
      (_, name: string, version: string) => `${workspaceId}/models/${name}/versions/${version}`,
    );
}
