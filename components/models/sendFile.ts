import { createHash } from "node:crypto";
import { eachAtOnce } from "./concurrency";
import type { ModelFile } from "./folder";
import { changedProblem, ModelFolderError } from "./folderError";
import { OpenFile } from "./openFile";
import type { BlobClient } from "./modelStore";
import { markOf } from "./presentFiles";
import type { Slots } from "./concurrency";

const MIB = 1024 * 1024;
/** Above 4 MiB, from where Azure writes blobs at full speed. */
const BLOCK_BYTES = 8 * MIB;
/** For one file; across files the slots are the limit. */
const AT_ONCE = 4;
/** Of one blob. */
const MAX_BLOCKS = 50_000;

export interface Sending {
  /** Blocks in memory at the same time. */
  readonly slots: Slots;
  readonly signal: AbortSignal;
  /** Called with the number of bytes stored. */
  readonly sent: (bytes: number) => void;
}

/**
 * Uploads a file, hashing what it reads. The blob is committed, with its mark, once everything is read and matches the
 * plan; until then the storage holds uncommitted blocks.
 *
 * @throws ModelFolderError for a file that cannot be read or has changed
 */
export async function sendFile(blob: BlobClient, file: ModelFile, sending: Sending): Promise<void> {
  await OpenFile.use(file.source, (source) =>
    file.size > BLOCK_BYTES ? sendBlocks(blob, file, source, sending) : sendWhole(blob, file, source, sending),
  );
}

async function sendWhole(
  blob: BlobClient,
  file: ModelFile,
  source: OpenFile,
  { slots, signal, sent }: Sending,
): Promise<void> {
  await slots.use(async () => {
    const content = await read(source, file, file.size);
    if (hashOf(content) !== file.sha256) throw changed(file);
    await blob.upload(content, file.size, { metadata: markOf(file), abortSignal: signal });
  });
  sent(file.size);
}

/** Blocks are named by position and content, so those of an earlier run are recognised and not sent again. */
async function sendBlocks(
  blob: BlobClient,
  file: ModelFile,
  source: OpenFile,
  { slots, signal, sent }: Sending,
): Promise<void> {
  const waiting = await waitingBlocks(blob, signal);
  const whole = createHash("sha256");
  const ids: string[] = [];
  const readNext = async (length: number): Promise<readonly [string, Buffer]> => {
    const block = await read(source, file, length);
    whole.update(block);
    const id = blockId(ids.length, block);
    ids.push(id);
    return [id, block];
  };
  let reading: Promise<unknown> = Promise.resolve();
  await eachAtOnce(blockLengths(file.size), AT_ONCE, (length) =>
    slots.use(async () => {
      signal.throwIfAborted();
      // Read in order, for the hash of the whole file, and sent in parallel.
      const next = reading.then(() => readNext(length));
      reading = next;
      const [id, block] = await next;
      if (waiting.get(id) !== length) await blob.stageBlock(id, block, length, { abortSignal: signal });
      sent(length);
    }),
  );
  if (whole.digest("hex") !== file.sha256) throw changed(file);
  await blob.commitBlockList(ids, { metadata: markOf(file), abortSignal: signal });
}

/** Blocks of an earlier run, by name; the storage keeps them for a week. */
async function waitingBlocks(blob: BlobClient, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  try {
    const { uncommittedBlocks = [] } = await blob.getBlockList("uncommitted", { abortSignal: signal });
    return new Map(uncommittedBlocks.map(({ name, size }) => [name, size]));
  } catch (error) {
    if ((error as { readonly code?: string }).code === "BlobNotFound") return new Map();
    throw error;
  }
}

async function read(source: OpenFile, file: ModelFile, length: number): Promise<Buffer> {
  const content = Buffer.allocUnsafe(length);
  if ((await source.fill(content)) !== length) throw changed(file);
  return content;
}

/** Larger blocks when there would be too many. */
export function blockLengths(size: number): readonly number[] {
  const length = Math.max(BLOCK_BYTES, Math.ceil(size / MAX_BLOCKS / MIB) * MIB);
  const count = Math.ceil(size / length);
  return Array.from({ length: count }, (_, index) => Math.min(length, size - index * length));
}

/**
 * All block ids of a blob must have the same length; Microsoft's clients, which may have left blocks there, use this
 * one.
 */
function blockId(index: number, block: Buffer): string {
  return Buffer.from(`${String(index).padStart(5, "0")}-${hashOf(block).slice(0, 42)}`).toString("base64");
}

function hashOf(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}

function changed({ source }: ModelFile): ModelFolderError {
  return new ModelFolderError([changedProblem(source)]);
}
