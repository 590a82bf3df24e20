import type { ModelStore } from "./modelStore";
import { openStore } from "./openStore";
import { askStore } from "./storeError";

/**
 * The text of a blob.
 *
 * @param blob its name in the container
 * @returns undefined when there is no such blob
 * @throws ModelStoreError for what the storage refuses
 */
export async function readText(store: ModelStore, blob: string): Promise<string | undefined> {
  return askStore(store, async () => {
    const container = await openStore(store);
    try {
      const { readableStreamBody } = await container.getBlobClient(blob).download();
      const chunks: Buffer[] = [];
      for await (const chunk of readableStreamBody ?? []) chunks.push(Buffer.from(chunk));
      return Buffer.concat(chunks).toString("utf8");
    } catch (error) {
      if ((error as { readonly code?: string }).code === "BlobNotFound") return undefined;
      throw error;
    }
  });
}
