import { readFile } from "node:fs/promises";
import { readRequestSet } from "../gates/requestSet";
import type { RecordedRequest } from "../gates/requestSet";

/** A file of requests; relative to the folder of the program. @throws Error that names the file and what is wrong with it */
export async function readRequests(path: string): Promise<readonly RecordedRequest[]> {
  const text = await readData(path);
  try {
    return readRequestSet(text);
  } catch (error) {
    throw new Error(`${path}: ${messageOf(error)}`, { cause: error });
  }
}

/** A file with one request. @throws Error that names the file and what is wrong with it */
export async function readRequest(path: string): Promise<string> {
  const text = (await readData(path)).replace(/^\uFEFF/, "");
  try {
    JSON.parse(text);
    return text;
  } catch (error) {
    throw new Error(`${path} is not JSON: ${messageOf(error)}; give what callers send`, { cause: error });
  }
}

async function readData(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code === "ENOENT" ? "there is no such file" : message;
    throw new Error(`${path} cannot be read: ${why}`, { cause: error });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
