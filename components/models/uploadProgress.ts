import { bytesOfText } from "./bytesText";

/** What is short says nothing. */
const FIRST_MS = 2000;
const NEXT_MS = 5000;

export interface Amount {
  readonly files: number;
  readonly bytes: number;
}

/** Says how far an upload is, every few seconds, until it is stopped. */
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
