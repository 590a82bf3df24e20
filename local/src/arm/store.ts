/** A resource as Azure keeps it. */
export interface Resource {
  readonly id: string;
  /** Lower-case full type. */
  readonly type: string;
  /** The document that GET answers. */
  document: Record<string, unknown>;
  /** What is never returned, such as keys. */
  hidden: Record<string, unknown>;
}

/** All resources, by id ignoring case. */
export class Store {
  private readonly resources = new Map<string, Resource>();

  constructor(private readonly changed: () => void = () => undefined) {}

  get(id: string): Resource | undefined {
    return this.resources.get(id.toLowerCase());
  }

  put(resource: Resource): void {
    this.resources.set(resource.id.toLowerCase(), resource);
    this.changed();
  }

  /** Records that a document was changed in place. */
  touch(): void {
    this.changed();
  }

  /** Removes a resource and everything below it. */
  remove(id: string): readonly Resource[] {
    const key = id.toLowerCase();
    const gone = [...this.resources].filter(([other]) => other === key || other.startsWith(`${key}/`));
    for (const [other] of gone) this.resources.delete(other);
    this.changed();
    return gone.map(([, resource]) => resource);
  }

  /** Resources of a type below an id, in order of creation. */
  list(type: string, below: string): readonly Resource[] {
    const prefix = `${below.toLowerCase()}/`;
    return [...this.resources].filter(([id, r]) => r.type === type && id.startsWith(prefix)).map(([, r]) => r);
  }

  all(): readonly Resource[] {
    return [...this.resources.values()];
  }

  clear(): void {
    this.resources.clear();
    this.changed();
  }
}
