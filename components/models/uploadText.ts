import type { ModelFolder } from "./folder";

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

const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

/** The unit, of 1,000 each, in which a number of bytes has the fewest digits. */
function unitOf(bytes: number): number {
  const fits = UNITS.findIndex((_, unit) => Number(shown(bytes, unit)) < 1000);
  return fits < 0 ? UNITS.length - 1 : fits;
}

function shown(bytes: number, unit: number): string {
  return unit === 0 ? String(bytes) : (bytes / 1000 ** unit).toFixed(1);
}

/** Such as `12.4 MB`. */
export function bytesText(bytes: number): string {
  const unit = unitOf(bytes);
  return `${shown(bytes, unit)} ${UNITS[unit] ?? ""}`;
}

/** Such as `1.2 of 3.4 GB`. */
export function bytesOfText(part: number, whole: number): string {
  const unit = unitOf(whole);
  return `${shown(part, unit)} of ${shown(whole, unit)} ${UNITS[unit] ?? ""}`;
}

/** A short upload logs nothing. */
const FIRST_MS = 2000;
const NEXT_MS = 5000;

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Logs the progress of an upload every few seconds until stopped. */
export class UploadProgress {
  private files: number;
  private bytes: number;
  private timer: NodeJS.Timeout;
  private last = "";

  /** @param done what was there before */
  constructor(
    private readonly all: Amount,
    done: Amount,
    private readonly say: (line: string) => void,
  ) {
    this.files = done.files;
    this.bytes = done.bytes;
    this.timer = this.sayAfter(FIRST_MS);
  }

  addBytes(bytes: number): void {
    this.bytes += bytes;
  }

  addFile(): void {
    this.files += 1;
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private sayAfter(delayMs: number): NodeJS.Timeout {
    return setTimeout(() => {
      const line = `${this.files} of ${this.all.files} files, ${bytesOfText(this.bytes, this.all.bytes)}`;
      if (line !== this.last) this.say(line);
      this.last = line;
      this.timer = this.sayAfter(NEXT_MS);
    }, delayMs);
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
