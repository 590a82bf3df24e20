import { constants, copyFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ListedFile } from "../../components/models/listFiles";
import { MODEL_FOLDER } from "./projectFiles";
import type { TextFiles } from "./projectFiles";

/**
 * Writes a project and copies its model. Never overwrites a file; if one write fails, everything written is removed
 * again.
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
    // In reverse order, so folders are empty when their turn comes.
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
