import { planUpload, uploadFolder } from "../../components/models/upload";
import { readModelFolder } from "../../components/models/folder";
import type { ModelStore } from "../../components/models/modelStore";

/** Uploads a folder as a program of its own: arguments are the store, with a key, as JSON, and the folder. */
async function main([store = "", folder = ""]: readonly string[]): Promise<void> {
  const [place, files] = [JSON.parse(store) as ModelStore, await readModelFolder(folder)];
  await uploadFolder(place, "heart/1", files, () => undefined);
  console.log((await planUpload(place, "heart/1", files)).present);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.log(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
