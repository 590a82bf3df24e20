import type { IncomingHttpHeaders } from "node:http";
import type { Reply } from "../http/exchange";
import { md5Of } from "./blobHeaders";
import type { StoredBlob } from "./records";
import { BlobError, invalidMd5Range } from "./refusals";

/** The largest range whose hash is computed, in bytes. */
const MAX_RANGE_MD5 = 4 * 1024 * 1024;

/** The content of a blob, or the part that a range header asks for. */
export function readContent(blob: StoredBlob, described: Record<string, string>, headers: IncomingHttpHeaders): Reply {
  const { content, md5 } = blob;
  const range = parseRange(String(headers["x-ms-range"] ?? headers.range ?? ""));
  const wantsMd5 = headers["x-ms-range-get-content-md5"] === "true";
  if (range === undefined) {
    if (wantsMd5) throw invalidMd5Range();
    return { status: 200, headers: described, body: content };
  }
  if (range.start >= content.length) {
    throw new BlobError(416, "InvalidRange", "The range specified is invalid for the current size of the resource.", {
      "content-range": `bytes */${content.length}`,
    });
  }
  const end = Math.min(range.end, content.length - 1);
  const part = content.subarray(range.start, end + 1);
  if (wantsMd5 && part.length > MAX_RANGE_MD5) throw invalidMd5Range();
  const { "content-md5": _, ...others } = described;
  const answered = {
    ...others,
    "content-range": `bytes ${range.start}-${end}/${content.length}`,
    ...(md5 !== undefined && { "x-ms-blob-content-md5": md5 }),
    ...(wantsMd5 && { "content-md5": md5Of(part) }),
  };
  return { status: 206, headers: answered, body: part };
}

/** The requested bytes; anything but `bytes=first-[last]` is ignored. */
function parseRange(header: string): { readonly start: number; readonly end: number } | undefined {
  const [, first, last = ""] = /^bytes=(\d+)-(\d*)$/.exec(header) ?? [];
  if (first === undefined) return undefined;
  const end = last === "" ? Infinity : Number(last);
  return Number(first) > end ? undefined : { start: Number(first), end };
}
