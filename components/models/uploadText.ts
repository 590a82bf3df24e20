import { bytesOfText, bytesText } from "./bytesText";
import type { ModelFolder } from "./folder";
import { everyFewSeconds } from "./progress";

/** `8 files, 12.4 MB, to workspaceblobstore/mlflow-models/heart/0123456789abcdef; already there: 6` */
export function describePlan(datastore: string, { prefix, files, bytes, present }: UploadPlan): string {
  return `${filesText(files)}, ${bytesText(bytes)}, to ${datastore}/${prefix}; already there: ${present}`;
}

/** The same while the destination is unknown. */
export function describeUnplaced({ files, bytes }: ModelFolder): string {
  return `${filesText(files.length)}, ${bytesText(bytes)}, to the default datastore of the workspace`;
}

function filesText(count: number): string {
  return count === 1 ? "1 file" : `${count} files`;
}

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Logs the progress of an upload every few seconds until stopped. */
export class UploadProgress {
  private files: number;
  private bytes: number;
  readonly stop: () => void;

  /** @param done what was there before */
  constructor(all: Amount, done: Amount, say: (line: string) => void) {
    this.files = done.files;
    this.bytes = done.bytes;
    const line = () => `${this.files} of ${all.files} files, ${bytesOfText(this.bytes, all.bytes)}`;
    this.stop = everyFewSeconds(line, say);
  }

  addBytes(bytes: number): void {
    this.bytes += bytes;
  }

  addFile(): void {
    this.files += 1;
  }
}

/** The work of an upload. */
export interface UploadPlan {
  /** Prefix of the blob names, without a trailing slash. */
  readonly prefix: string;
  readonly files: number;
  /** Of all files. */
  readonly bytes: number;
  /** Files that are already uploaded. */
  readonly present: number;
}
