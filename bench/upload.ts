import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { globalAgent } from "node:https";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { readModelFolder } from "../components/models/folder";
import { openStore } from "../components/models/modelStore";
import type { ModelStore } from "../components/models/modelStore";
import { uploadFolder } from "../components/models/upload";
import { AzureClient, textAt } from "../driver/azureClient";
import { STORAGE, createWorkspaceParts } from "../driver/heartWorkspace";
import { figureOf, sampleOf } from "./common/figure";
import type { Figure } from "./common/figure";
import type { BenchOrder } from "./common/part";

const FILES = 200;
/** The same number of files at a time as the component sends. */
const AT_ONCE = 16;
const CONTAINER = "azureml-blobstore";
const MIB = 1024 * 1024;

/** The upload of a model folder beside Microsoft's storage client alone, to the same server, which keeps blobs as files. */
export async function benchUpload({ rounds, megabytes, tell }: BenchOrder): Promise<readonly Figure[]> {
  const root = mkdtempSync(join(tmpdir(), "bench-upload-"));
  const azure = new AzureClient(await startLocalAzure({ dataDirectory: join(root, "azure") }));
  globalAgent.options.ca = readFileSync(azure.azure.ca);
  const [ours, alone]: [number[], number[]] = [[], []];
  try {
    const folder = join(root, "model");
    writeModel(folder, megabytes);
    const store = await storeOf(azure);
    const model = await readModelFolder(folder);
    for (let round = 1; round <= rounds; round += 1) {
      tell(`round ${round} of ${rounds}: ${megabytes} MB in ${FILES} files, twice`);
      const files = model.files.map(({ source }) => source);
      const works = [
        async () =>
          ours.push(await rate(megabytes, () => uploadFolder(store, `ours/${round}`, model, () => undefined))),
        async () => alone.push(await rate(megabytes, () => sendAlone(store, `alone/${round}`, files))),
      ];
      // Who comes second finds the connections and the disk warm.
      for (const work of round % 2 === 0 ? works : works.toReversed()) await work();
      for (const prefix of ["ours", "alone"]) await clear(store, `${prefix}/${round}/`);
    }
  } finally {
    await azure.close();
    rmSync(root, { recursive: true, force: true });
  }
  return [
    figureOf({
      figure: `upload of ${megabytes} MB in ${FILES} files`,
      ours: sampleOf(ours),
      against: sampleOf(alone),
      rival: "the storage client alone",
      unit: "MB/s",
      limit: { least: 0.8 },
    }),
  ];
}

function writeModel(folder: string, megabytes: number): void {
  mkdirSync(folder);
  writeFileSync(join(folder, "MLmodel"), "flavors: {}\n");
  const size = Math.floor((megabytes * MIB) / (FILES - 1));
  // Each file has a content of its own.
  for (let index = 1; index < FILES; index += 1)
    writeFileSync(join(folder, `weights-${index}.bin`), Buffer.alloc(size, `file ${index} `));
}

async function storeOf(azure: AzureClient): Promise<ModelStore> {
  await createWorkspaceParts(azure);
  const account = await azure.arm("GET", STORAGE);
  const keys = await azure.arm("POST", `${STORAGE}/listKeys`);
  const store: ModelStore = {
    datastoreName: "workspaceblobstore",
    blobEndpoint: textAt(account.body, "properties.primaryEndpoints.blob"),
    containerName: CONTAINER,
    auth: { key: textAt(keys.body, "keys.0.value") },
  };
  await (await openStore(store)).create();
  return store;
}

/** As the client's documentation does it, several files at a time. */
async function sendAlone(store: ModelStore, prefix: string, files: readonly string[]): Promise<void> {
  const container = await openStore(store);
  let next = 0;
  const sender = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++])
      await container.getBlockBlobClient(`${prefix}/${file.split("/").at(-1)}`).uploadFile(file);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, sender));
}

async function clear(store: ModelStore, prefix: string): Promise<void> {
  const container = await openStore(store);
  for await (const { name } of container.listBlobsFlat({ prefix })) await container.deleteBlob(name);
}

async function rate(megabytes: number, work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return megabytes / ((performance.now() - started) / 1000);
}
