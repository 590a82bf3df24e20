import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readContent, sha256Of, writeContent } from "./contentFiles";

/** What a write sets besides the content. */
export interface BlobProperties {
  readonly contentType: string;
  /** Such as `cache-control`, by lower-case name. */
  readonly headers: Readonly<Record<string, string>>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** A block of a blob. */
export interface Block {
  /** Base64. */
  readonly id: string;
  readonly size: number;
}

export interface StoredBlob extends BlobProperties {
  readonly content: Buffer;
  /** SHA-256 of the content, which names its file. */
  readonly hash: string;
  /** Base64; undefined for a blob made of blocks without one. */
  readonly md5: string | undefined;
  readonly blocks: readonly Block[];
  readonly etag: string;
  /** As in the `Last-Modified` header. */
  readonly modified: string;
  readonly created: string;
}

export interface StoredContainer {
  readonly etag: string;
  readonly modified: string;
  readonly metadata: Readonly<Record<string, string>>;
}

interface Container {
  properties: StoredContainer;
  readonly blobs: Map<string, StoredBlob>;
}

/** Blobs by account, container and name; with a folder they are files and survive a restart. */
export class BlobStore {
  private readonly containers = new Map<string, Container>();

  constructor(private readonly directory: string | undefined) {
    if (directory !== undefined) this.load(directory);
  }

  /** Creates a container, or replaces the metadata of an existing one. */
  putContainer(account: string, container: string, metadata: Readonly<Record<string, string>> = {}): StoredContainer {
    const blobs = this.containers.get(key(account, container))?.blobs ?? new Map<string, StoredBlob>();
    const properties = { ...newVersion(), metadata };
    this.containers.set(key(account, container), { properties, blobs });
    this.saveIndex();
    return properties;
  }

  getContainer(account: string, container: string): StoredContainer | undefined {
    return this.containers.get(key(account, container))?.properties;
  }

  /** Names of containers, sorted. */
  listContainers(account: string): readonly [string, StoredContainer][] {
    return [...this.containers]
      .filter(([name]) => name.startsWith(`${account}/`))
      .map(([name, { properties }]): [string, StoredContainer] => [name.slice(account.length + 1), properties])
      .toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  deleteContainer(account: string, container: string): void {
    const gone = this.containers.get(key(account, container));
    this.containers.delete(key(account, container));
    this.saveIndex();
    for (const blob of gone?.blobs.values() ?? []) this.dropContent(blob);
  }

  removeAccount(account: string): void {
    for (const [name] of this.listContainers(account)) this.deleteContainer(account, name);
  }

  get(account: string, container: string, name: string): StoredBlob | undefined {
    return this.containers.get(key(account, container))?.blobs.get(name);
  }

  /** Writes a blob; its container must exist. */
  put(
    account: string,
    container: string,
    name: string,
    given: Omit<StoredBlob, "hash" | "etag" | "modified" | "created">,
  ): StoredBlob {
    const before = this.get(account, container, name);
    const version = newVersion();
    const hash = sha256Of(given.content);
    const blob = { ...given, hash, ...version, created: before?.created ?? version.modified };
    this.containers.get(key(account, container))?.blobs.set(name, blob);
    this.saveContent(blob);
    this.saveIndex();
    if (before !== undefined) this.dropContent(before);
    return blob;
  }

  remove(account: string, container: string, name: string): void {
    const before = this.get(account, container, name);
    this.containers.get(key(account, container))?.blobs.delete(name);
    this.saveIndex();
    if (before !== undefined) this.dropContent(before);
  }

  /** Blobs whose name begins with a prefix, sorted by name. */
  list(account: string, container: string, prefix: string): readonly [string, StoredBlob][] {
    const blobs = [...(this.containers.get(key(account, container))?.blobs ?? [])];
    return blobs.filter(([name]) => name.startsWith(prefix)).toSorted(([a], [b]) => (a < b ? -1 : 1));
  }

  clear(): void {
    this.containers.clear();
    this.saveIndex();
    if (this.directory !== undefined) rmSync(join(this.directory, "content"), { recursive: true, force: true });
  }

  private saveContent({ content, hash }: StoredBlob): void {
    if (this.directory === undefined) return;
    mkdirSync(join(this.directory, "content"), { recursive: true });
    const file = contentFile(this.directory, hash);
    if (!existsSync(file)) writeContent(file, content);
  }

  /** Removes a content file that no blob uses any more. */
  private dropContent({ hash }: StoredBlob): void {
    if (this.directory === undefined) return;
    const blobs = [...this.containers.values()].flatMap((container) => [...container.blobs.values()]);
    if (blobs.some((other) => other.hash === hash)) return;
    rmSync(contentFile(this.directory, hash), { force: true });
  }

  private saveIndex(): void {
    if (this.directory === undefined) return;
    mkdirSync(this.directory, { recursive: true });
    const index: SavedContainer[] = [...this.containers].map(([name, { properties, blobs }]) => ({
      ...{ name, properties },
      blobs: [...blobs].map(([blob, { content: _, ...others }]) => ({ name: blob, ...others })),
    }));
    const file = join(this.directory, "index.json");
    writeFileSync(`${file}.new`, JSON.stringify(index));
    renameSync(`${file}.new`, file);
  }

  private load(directory: string): void {
    const file = join(directory, "index.json");
    if (!existsSync(file)) return;
    for (const { name, properties, blobs } of JSON.parse(readFileSync(file, "utf8")) as SavedContainer[]) {
      const entries = blobs.map(({ name: blob, ...others }): [string, StoredBlob] => [
        blob,
        { ...others, content: readContent(contentFile(directory, others.hash)) },
      ]);
      this.containers.set(name, { properties, blobs: new Map(entries) });
    }
  }
}

interface SavedContainer {
  readonly name: string;
  readonly properties: StoredContainer;
  readonly blobs: readonly ({ readonly name: string } & Omit<StoredBlob, "content">)[];
}

function key(account: string, container: string): string {
  return `${account}/${container}`;
}

/** A unique etag. */
function newVersion(): { readonly etag: string; readonly modified: string } {
  return { etag: `"0x${randomBytes(8).toString("hex").toUpperCase()}"`, modified: new Date().toUTCString() };
}

function contentFile(directory: string, hash: string): string {
  return join(directory, "content", hash);
}
