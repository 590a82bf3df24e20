import type { WriteStream } from "node:tty";

const WIDTH = 30;

/** A bar on the last line of a terminal; nothing where there is no terminal. */
export class Progress {
  constructor(private readonly out: WriteStream) {}

  show(done: number, expected: number): void {
    if (!this.out.isTTY) return;
    const filled = expected === 0 ? WIDTH : Math.min(WIDTH, Math.round((WIDTH * done) / expected));
    this.out.write(`\r   [${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done} of ${expected} resources`);
  }

  clear(): void {
    if (this.out.isTTY) this.out.write("\r\x1b[2K");
  }
}
