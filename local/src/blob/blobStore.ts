import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface StoredBlob {
  readonly content: Buffer;
  readonly contentType: string;
  readonly md5: string;
  readonly etag: string;
  /** As in the `Last-Modified` header. */
  readonly modified: string;
}

type Container = Map<string, StoredBlob>;

/** Blobs by account, container and name; with a folder they are files and survive a restart. */
export class BlobStore {
  private readonly containers = new Map<string, Container>();

  constructor(private readonly directory: string | undefined) {
    if (directory !== undefined) this.load(directory);
  }

  createContainer(account: string, container: string): void {
    const key = `${account}/${container}`;
    if (!this.containers.has(key)) this.containers.set(key, new Map());
    this.saveIndex();
  }

  hasContainer(account: string, container: string): boolean {
    return this.containers.has(`${account}/${container}`);
  }

  deleteContainer(account: string, container: string): void {
    this.containers.delete(`${account}/${container}`);
    this.saveIndex();
  }

  removeAccount(account: string): void {
    for (const key of this.containers.keys()) if (key.startsWith(`${account}/`)) this.containers.delete(key);
    this.saveIndex();
  }

  get(account: string, container: string, name: string): StoredBlob | undefined {
    return this.containers.get(`${account}/${container}`)?.get(name);
  }

  put(account: string, container: string, name: string, given: Omit<StoredBlob, "etag" | "modified">): StoredBlob {
    const etag = `"0x${createHash("sha256").update(given.content).digest("hex").slice(0, 15).toUpperCase()}"`;
    const blob = { ...given, etag, modified: new Date().toUTCString() };
    this.containers.get(`${account}/${container}`)?.set(name, blob);
    this.saveContent(blob);
    this.saveIndex();
    return blob;
  }

  remove(account: string, container: string, name: string): void {
    this.containers.get(`${account}/${container}`)?.delete(name);
    this.saveIndex();
  }

  /** Blobs whose name begins with a prefix, sorted by name. */
  list(account: string, container: string, prefix: string): readonly [string, StoredBlob][] {
    const blobs = [...(this.containers.get(`${account}/${container}`) ?? [])];
    return blobs.filter(([name]) => name.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  clear(): void {
    this.containers.clear();
    this.saveIndex();
  }

  private saveContent({ content, md5 }: StoredBlob): void {
    if (this.directory === undefined) return;
    mkdirSync(join(this.directory, "content"), { recursive: true });
    const file = contentFile(this.directory, md5);
    if (!existsSync(file)) writeFileSync(file, content);
  }

  private saveIndex(): void {
    if (this.directory === undefined) return;
    mkdirSync(this.directory, { recursive: true });
    const index = [...this.containers].map(([key, blobs]) => [
      key,
      [...blobs].map(([name, { content: _, ...blob }]) => [name, blob]),
    ]);
    const file = join(this.directory, "index.json");
    writeFileSync(`${file}.new`, JSON.stringify(index));
    renameSync(`${file}.new`, file);
    if (index.length === 0) rmSync(join(this.directory, "content"), { recursive: true, force: true });
  }

  private load(directory: string): void {
    const file = join(directory, "index.json");
    if (!existsSync(file)) return;
    const index = JSON.parse(readFileSync(file, "utf8")) as [string, [string, Omit<StoredBlob, "content">][]][];
    for (const [key, blobs] of index) {
      const entries = blobs.map(([name, blob]): [string, StoredBlob] => [
        name,
        { ...blob, content: readFileSync(contentFile(directory, blob.md5)) },
      ]);
      this.containers.set(key, new Map(entries));
    }
  }
}

function contentFile(directory: string, md5: string): string {
  return join(directory, "content", Buffer.from(md5, "base64").toString("hex"));
}
