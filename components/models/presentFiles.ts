import { blobName } from "./modelAddress";
import type { ModelFile, ModelFolder } from "./folder";
import type { StoreClient } from "./modelStore";

/**
 * The mark of a completely uploaded blob: its SHA-256 in the metadata, which every write sets or clears together with
 * the content. A blob without it was written by something else, and is uploaded again.
 */
export function markOf({ sha256 }: ModelFile): Record<string, string> {
  return { sha256 };
}

/** The files that are already uploaded, by size and mark, listed 5,000 blobs at a time. */
export async function presentFiles(
  container: StoreClient,
  prefix: string,
  { files }: ModelFolder,
  signal: AbortSignal,
): Promise<ReadonlySet<ModelFile>> {
  const wanted = new Map(files.map((file) => [blobName(prefix, file), file]));
  const present = new Set<ModelFile>();
  for await (const { name, properties, metadata } of container.listBlobsFlat({
    prefix: `${prefix}/`,
    includeMetadata: true,
    abortSignal: signal,
  })) {
    const file = wanted.get(name);
    if (file === undefined) continue;
    if (file.size === properties.contentLength && file.sha256 === metadata?.["sha256"]) present.add(file);
  }
  return present;
}
