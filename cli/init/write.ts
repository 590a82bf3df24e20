import { constants, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ListedFile } from "../../components/models/listFiles";
import { MODEL_FOLDER } from "./projectFiles";
import type { TextFiles } from "./projectFiles";

/**
 * Writes a project and copies its model. What is there is never written over, and when one thing fails, what was made is
 * taken away again.
 *
 * @throws Error of the operating system
 */
export function writeProject(folder: string, texts: TextFiles, model: readonly ListedFile[]): void {
  const made: string[] = [];
  try {
    const place = (path: string): string => {
      const file = join(folder, path);
      makeFolder(dirname(file), made);
      if (!existsSync(file)) made.push(file);
      return file;
    };
    for (const [path, text] of Object.entries(texts)) writeFileSync(place(path), text, { flag: "wx" });
    for (const { path, source } of model) {
      copyFileSync(source, place(`${MODEL_FOLDER}/${path}`), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
    }
  } catch (error) {
    // The last made first: a folder is empty by then.
    for (const path of made.toReversed()) rmSync(path, { recursive: true, force: true });
    throw error;
  }
}

function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return;
  makeFolder(dirname(folder), made);
  mkdirSync(folder);
  made.push(folder);
}
