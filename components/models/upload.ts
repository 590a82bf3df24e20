import { setMaxListeners } from "node:events";
import { stat } from "node:fs/promises";
import { blobName, checkBlobNames } from "./modelAddress";
import { eachAtOnce, Slots } from "./concurrency";
import type { ModelFile, ModelFolder } from "./folder";
import { changedProblem, fileProblem, ModelFolderError } from "./folderError";
import type { ModelStore, StoreClient } from "./modelStore";
import { openStore, askStore } from "./modelStore";
import { presentFiles } from "./presentFiles";
import { sendFile } from "./sendFile";
import { UploadProgress } from "./uploadText";
import type { Amount, UploadPlan } from "./uploadText";

const FILES_AT_ONCE = 16;
/** Most chunks in memory, usually of 8 MiB each. */
const BLOCKS_AT_ONCE = 12;
const NEVER = new AbortController().signal;

/**
 * What uploading a folder would send; writes nothing.
 *
 * @throws ModelFolderError for names that blob storage does not accept, ModelStoreError for what the storage refuses
 */
export async function planUpload(store: ModelStore, prefix: string, folder: ModelFolder): Promise<UploadPlan> {
  checkBlobNames(prefix, folder.files);
  const present = await askStore(store, async () => presentFiles(await openStore(store), prefix, folder, NEVER));
  return planOf(prefix, folder, present);
}

/**
 * Uploads the missing files of a folder, several at a time, and marks each when complete. A second run sends what is
 * still missing.
 *
 * @param progress gets a line every few seconds
 * @param signal stops the upload; sent files stay
 * @returns the plan, with what was already there
 * @throws ModelFolderError for files that cannot be read or are others than in `folder`, ModelStoreError for what the
 *   storage refuses, the signal's reason when stopped
 */
export async function uploadFolder(
  store: ModelStore,
  prefix: string,
  folder: ModelFolder,
  progress: (line: string) => void,
  signal: AbortSignal = NEVER,
): Promise<UploadPlan> {
  checkBlobNames(prefix, folder.files);
  return askStore(
    store,
    async () => {
      const container = await openStore(store);
      const present = await presentFiles(container, prefix, folder, signal);
      const missing = folder.files.filter((file) => !present.has(file));
      await checkUnchanged(missing);
      const reported = new UploadProgress(amountOf(folder.files), amountOf([...present]), progress);
      try {
        await sendAll(container, prefix, missing, reported, signal);
      } finally {
        reported.stop();
      }
      return planOf(prefix, folder, present);
    },
    signal,
  );
}

/** Problems visible without reading are reported for all files before any is sent. */
async function checkUnchanged(files: readonly ModelFile[]): Promise<void> {
  const problems: string[] = [];
  await eachAtOnce(files, FILES_AT_ONCE, async ({ source, size }) => {
    const problem = await stat(source).then(
      (stats) => (stats.size === size ? undefined : changedProblem(source)),
      (error: unknown) => fileProblem(source, error),
    );
    if (problem !== undefined) problems.push(problem);
  });
  if (problems.length > 0) throw new ModelFolderError(problems.toSorted());
}

/** The first failure stops the rest. */
async function sendAll(
  container: StoreClient,
  prefix: string,
  files: readonly ModelFile[],
  progress: UploadProgress,
  signal: AbortSignal,
): Promise<void> {
  const failed = new AbortController();
  const stopped = AbortSignal.any([signal, failed.signal]);
  // Every request in progress adds a listener; Node reports more than ten as a leak.
  setMaxListeners(0, stopped);
  const sending = {
    slots: new Slots(BLOCKS_AT_ONCE),
    signal: stopped,
    sent: (bytes: number) => progress.addBytes(bytes),
  };
  await eachAtOnce(files, FILES_AT_ONCE, async (file) => {
    try {
      await sendFile(container.getBlockBlobClient(blobName(prefix, file)), file, sending);
      progress.addFile();
    } catch (error) {
      failed.abort();
      throw error;
    }
  });
}

function planOf(prefix: string, { files, bytes }: ModelFolder, present: ReadonlySet<ModelFile>): UploadPlan {
  return { prefix, files: files.length, bytes, present: present.size };
}

function amountOf(files: readonly ModelFile[]): Amount {
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}
