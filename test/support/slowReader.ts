import { open } from "node:fs/promises";
import type { FileHandle } from "node:fs/promises";
import { onTestFinished, vi } from "vitest";

/** Calls back before each piece of a file that is read, until the test is over. */
export async function beforeEachRead(call: () => void): Promise<void> {
  const handle = await open(__filename);
  const prototype = Object.getPrototypeOf(handle) as FileHandle;
  await handle.close();
  const read = Reflect.get(prototype, "read") as (this: FileHandle, ...piece: unknown[]) => unknown;
  const spy = vi.spyOn(prototype, "read").mockImplementation(function slowly(this: FileHandle, ...piece: unknown[]) {
    call();
    return Reflect.apply(read, this, piece) as ReturnType<FileHandle["read"]>;
  });
  onTestFinished(() => spy.mockRestore());
}
