import { existsSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, closeSync } from "node:fs";
import { join } from "node:path";
import { objectAt } from "./arm/body";
import type { Resource, Store } from "./arm/store";
import type { Certificate } from "./tls";

/** What survives a restart beside the blobs. */
export interface SavedState {
  readonly resources: readonly Resource[];
}

/** A folder that one server at a time keeps its state in. */
export class DataDirectory {
  constructor(readonly path: string) {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    this.lock();
  }

  /** The state, with operations that a stop interrupted marked as failed. */
  load(): SavedState {
    const file = join(this.path, "state.json");
    if (!existsSync(file)) return { resources: [] };
    const state = JSON.parse(readFileSync(file, "utf8")) as SavedState;
    return { resources: state.resources.map(settle) };
  }

  save(store: Store): void {
    this.write("state.json", JSON.stringify({ resources: store.all() } satisfies SavedState));
  }

  loadCertificate(): Certificate | undefined {
    const file = join(this.path, "certificate.json");
    return existsSync(file) ? (JSON.parse(readFileSync(file, "utf8")) as Certificate) : undefined;
  }

  saveCertificate(certificate: Certificate): void {
    this.write("certificate.json", JSON.stringify(certificate));
  }

  release(): void {
    rmSync(join(this.path, "lock"), { force: true });
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
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
