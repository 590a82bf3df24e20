import type { Block, StoredBlob } from "./records";
import { BlobError, invalidQuery } from "./refusals";
import { element, unescapeXml, xmlDocument } from "./xml";

const MAX_ID = 64;
const MAX_BLOCKS = 50_000;
type Origin = "Committed" | "Uncommitted" | "Latest";

/** Uncommitted blocks, in memory. */
export class UncommittedBlocks {
  private readonly blocks = new Map<string, Map<string, Buffer>>();

  /** Stores a block of a blob; all block ids of a blob have the same length. */
  put(blob: string, id: string, content: Buffer): void {
    if (!isBlockId(id)) throw invalidQuery("blockid");
    const blocks = this.blocks.get(blob) ?? new Map<string, Buffer>();
    const [other] = blocks.keys();
    if (other !== undefined && other.length !== id.length) {
      throw new BlobError(400, "InvalidBlobOrBlock", "The specified blob or block content is invalid.");
    }
    this.blocks.set(blob, blocks.set(id, content));
  }

  of(blob: string): ReadonlyMap<string, Buffer> {
    return this.blocks.get(blob) ?? new Map<string, Buffer>();
  }

  forget(blob: string): void {
    this.blocks.delete(blob);
  }

  /** Drops the blocks of all blobs of an account or container. */
  forgetBelow(place: string): void {
    for (const blob of this.blocks.keys()) if (blob.startsWith(`${place}/`)) this.blocks.delete(blob);
  }
}

export interface CommittedBlocks {
  readonly content: Buffer;
  readonly blocks: readonly Block[];
}

/** Assembles the listed blocks in order. */
export function commitBlocks(
  list: Buffer,
  committed: StoredBlob | undefined,
  uncommitted: ReadonlyMap<string, Buffer>,
): CommittedBlocks {
  const before = contentsOf(committed);
  const parts = parseBlockList(list.toString("utf8")).map(([origin, id]): [string, Buffer] => {
    const found = origin === "Committed" ? before.get(id) : (uncommitted.get(id) ?? fallback(origin, before, id));
    if (found === undefined) throw new BlobError(400, "InvalidBlockList", "The specified block list is invalid.");
    return [id, found];
  });
  return {
    content: Buffer.concat(parts.map(([, content]) => content)),
    blocks: parts.map(([id, { length }]) => ({ id, size: length })),
  };
}

/** The answer of Get Block List. */
export function blockListXml(
  type: string,
  committed: StoredBlob | undefined,
  uncommitted: ReadonlyMap<string, Buffer>,
): Buffer {
  const blocks = (list: readonly Block[]) =>
    list.map(({ id, size }) => `<Block>${element("Name", id)}<Size>${size}</Size></Block>`).join("");
  const waiting = [...uncommitted].map(([id, { length }]) => ({ id, size: length }));
  const first = type === "uncommitted" ? "" : `<CommittedBlocks>${blocks(committed?.blocks ?? [])}</CommittedBlocks>`;
  const second = type === "committed" ? "" : `<UncommittedBlocks>${blocks(waiting)}</UncommittedBlocks>`;
  return xmlDocument(`<BlockList>${first}${second}</BlockList>`);
}

function fallback(origin: Origin, committed: ReadonlyMap<string, Buffer>, id: string): Buffer | undefined {
  return origin === "Latest" ? committed.get(id) : undefined;
}

function contentsOf(blob: StoredBlob | undefined): ReadonlyMap<string, Buffer> {
  const contents = new Map<string, Buffer>();
  let start = 0;
  for (const { id, size } of blob?.blocks ?? []) {
    contents.set(id, blob?.content.subarray(start, start + size) ?? Buffer.alloc(0));
    start += size;
  }
  return contents;
}

function isBlockId(id: string): boolean {
  const bytes = Buffer.from(id, "base64");
  return bytes.length > 0 && bytes.length <= MAX_ID && bytes.toString("base64") === id;
}

function parseBlockList(xml: string): readonly [Origin, string][] {
  const [, inner] = /^\uFEFF?\s*(?:<\?xml[^>]*\?>)?\s*<BlockList\s*(?:\/>|>([\s\S]*)<\/BlockList>)\s*$/.exec(xml) ?? [
    xml,
  ];
  const isList = /<BlockList[\s/>]/.test(xml);
  const items = [...(inner ?? "").matchAll(/<(Committed|Uncommitted|Latest)>([^<]*)<\/\1>/g)];
  const rest = (inner ?? "").replaceAll(/<(Committed|Uncommitted|Latest)>[^<]*<\/\1>/g, "").trim();
  if (!isList || rest !== "") {
    throw new BlobError(400, "InvalidXmlDocument", "XML specified is not syntactically valid.");
  }
  if (items.length > MAX_BLOCKS) {
    throw new BlobError(400, "BlockListTooLong", `The block list may not contain more than ${MAX_BLOCKS} blocks.`);
  }
  return items.map(([, origin, id]) => [origin as Origin, unescapeXml(id ?? "").trim()]);
}
