/** A folder of a datastore of the workspace, as the command line and the SDKs write it. */
const DATASTORE_FOLDER = /^azureml:\/\/datastores\//i;
/** A version of the workspace, as the command line and the SDKs write it. */
const WORKSPACE_VERSION = /^azureml:([^/:@]+):([1-9]\d*)$/;

/**
 * The workspace in an `azureml://` URI: its ARM id without the provider. Source: the tutorial "Train models with the
 * REST API"; the SDKs expand short forms to this before they write.
 */
export function workspaceUri(workspaceId: string): string {
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
