import { bytesText } from "./bytesText";
import type { ModelFolder } from "./folder";
import type { UploadPlan } from "./upload";

/** `8 files, 12.4 MB, to workspaceblobstore/mlflow-models/heart/0123456789abcdef; already there: 6` */
export function describePlan(datastore: string, { prefix, files, bytes, present }: UploadPlan): string {
  return `${filesText(files)}, ${bytesText(bytes)}, to ${datastore}/${prefix}; already there: ${present}`;
}

/** The same while it is not known where they go. */
export function describeUnplaced({ files, bytes }: ModelFolder): string {
  return `${filesText(files.length)}, ${bytesText(bytes)}, to the default datastore of the workspace`;
}

function filesText(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}
