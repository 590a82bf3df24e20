import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Node hashes, writes and reads less than 2 GiB at a time. */
const PIECE_BYTES = 1024 ** 3;

export function sha256Of(content: Buffer): string {
  const hash = createHash("sha256");
  for (const piece of piecesOf(content)) hash.update(piece);
  return hash.digest("hex");
}

export function writeContent(file: string, content: Buffer): void {
  const descriptor = openSync(file, "w");
  try {
    for (const piece of piecesOf(content)) {
      for (let written = 0; written < piece.length;) written += writeSync(descriptor, piece, written);
    }
  } finally {
    closeSync(descriptor);
  }
}

export function readContent(file: string): Buffer {
  const descriptor = openSync(file, "r");
  try {
    const content = Buffer.allocUnsafe(fstatSync(descriptor).size);
    for (const piece of piecesOf(content)) {
      for (let read = 0; read < piece.length;) {
        const length = readSync(descriptor, piece, read, piece.length - read, null);
        if (length === 0) throw new Error(`${file} is cut off`);
        read += length;
      }
    }
    return content;
  } finally {
    closeSync(descriptor);
  }
}

function piecesOf(content: Buffer): readonly Buffer[] {
  const count = Math.ceil(content.length / PIECE_BYTES);
  return Array.from({ length: count }, (_, index) => content.subarray(index * PIECE_BYTES, (index + 1) * PIECE_BYTES));
}
