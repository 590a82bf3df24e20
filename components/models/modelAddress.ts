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
