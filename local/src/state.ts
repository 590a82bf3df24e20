import { X509Certificate } from "node:crypto";
import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, closeSync } from "node:fs";
import { join, resolve } from "node:path";
import { objectAt } from "./arm/body";
import type { Resource, Store } from "./arm/store";
import type { Certificate } from "./tls";

/** What survives a restart beside the blobs. */
export interface SavedState {
  /** Where the resources that name the server say that it is. */
  readonly url: string;
  readonly resources: readonly Resource[];
}

/** A folder that one server at a time keeps its state in. */
export class DataDirectory {
  /** Absolute, for clients that run elsewhere. */
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
    try {
      mkdirSync(this.path, { recursive: true, mode: 0o700 });
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new Error(`the data folder ${this.path} cannot be used (${code ?? "unknown"}); use another one`, {
        cause: error,
      });
    }
    this.lock();
  }

  /** The resources for a server at an address, with operations that a stop interrupted marked as failed. */
  load(url: string): readonly Resource[] {
    const { url: before, resources } = (this.read("state.json") as SavedState | undefined) ?? { url, resources: [] };
    const moved = JSON.parse(JSON.stringify(resources).replaceAll(before, url)) as readonly Resource[];
    return moved.map(settle);
  }

  save(url: string, store: Store): void {
    this.write("state.json", JSON.stringify({ url, resources: store.all() } satisfies SavedState));
  }

  /** The certificate of the folder while it lasts. */
  loadCertificate(): Certificate | undefined {
    const certificate = this.read("certificate.json") as Certificate | undefined;
    if (certificate === undefined) return undefined;
    const { validTo } = new X509Certificate(certificate.cert);
    return Date.parse(validTo) > Date.now() ? certificate : undefined;
  }

  saveCertificate(certificate: Certificate): void {
    this.write("certificate.json", JSON.stringify(certificate));
  }

  release(): void {
    rmSync(join(this.path, "lock"), { force: true });
  }

  private read(name: string): unknown {
    const file = join(this.path, name);
    if (!existsSync(file)) return undefined;
    try {
      return JSON.parse(readFileSync(file, "utf8")) as unknown;
    } catch (error) {
      throw new Error(`${file} is not JSON; restore it, or remove the folder to start empty`, { cause: error });
    }
  }

  private write(name: string, text: string): void {
    const file = join(this.path, name);
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  private lock(): void {
    const file = join(this.path, "lock");
    if (existsSync(file) && isRunning(Number(readFileSync(file, "utf8")))) {
      throw new Error(`another local Azure ML uses the folder ${this.path}; stop it or use another folder`);
    }
    rmSync(file, { force: true });
    const handle = openSync(file, "wx");
    writeFileSync(handle, String(process.pid));
    closeSync(handle);
  }
}

function settle(resource: Resource): Resource {
  const properties = objectAt(resource.document, "properties");
  const state = properties["provisioningState"];
  if (state === undefined || state === "Succeeded" || state === "Failed") return resource;
  return {
    ...resource,
    document: { ...resource.document, properties: { ...properties, provisioningState: "Failed" } },
  };
}

function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of somebody else may not be asked, but it is there.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
