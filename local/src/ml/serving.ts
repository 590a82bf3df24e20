import { isObject, objectAt, textAt } from "../arm/body";
import { nameAfter } from "../arm/ids";
import type { Resource, Store } from "../arm/store";
import type { BlobService } from "../blob/blobService";
import type { ServedDeployment, ServedEndpoint } from "../gateway/gateway";
import type { Identity } from "../identity/identity";
import { ModelLoadError } from "../score/mlmodel";
import { loadScorer } from "../score/scorer";
import type { ModelFiles, Scorer } from "../score/scorer";

/** Lines kept of each container's log. */
const LOG_LINES = 2000;
const ENDPOINT = "microsoft.machinelearningservices/workspaces/onlineendpoints";

/** What the data plane serves: loaded models by deployment, and endpoints as they are now. */
export class Serving {
  private readonly scorers = new Map<string, Scorer>();
  private readonly logs = new Map<string, string[]>();
  private readonly stopping = new AbortController();
  /** Models that are being loaded or closed. */
  private readonly work = new Set<Promise<unknown>>();

  constructor(
    private readonly store: Store,
    private readonly blobs: BlobService,
    private readonly identity: Identity,
    /** See `LocalAzureOptions`. */
    private readonly python?: string,
  ) {}

  /**
   * Loads the model of a deployment; the old one answers until the new one can.
   *
   * @throws ModelLoadError, whose reason the container's log tells too
   */
  async load(deployment: Resource): Promise<void> {
    try {
      await this.during(this.loadModel(deployment));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      for (const line of text.split("\n")) this.log(deployment.id, line);
      throw error;
    }
  }

  private async loadModel(deployment: Resource): Promise<void> {
    const properties = objectAt(deployment.document, "properties");
    const version = this.store.get(String(properties["model"]));
    const uri = textAt(objectAt(version?.document, "properties"), "modelUri") ?? "";
    const files = this.modelFiles(uri);
    const scorer = await loadScorer(files, {
      python: this.python,
      environment: objectAt(properties, "environmentVariables") as Record<string, string>,
      signal: this.stopping.signal,
      log: (line) => this.log(deployment.id, line),
    });
    if (this.store.get(deployment.id) === undefined) {
      await scorer.close();
      throw new ModelLoadError("the deployment was deleted while its model was loaded");
    }
    const key = deployment.id.toLowerCase();
    const old = this.scorers.get(key);
    this.scorers.set(key, scorer);
    this.log(deployment.id, `model loaded from ${uri}, ${files.paths.length} files`);
    await old?.close();
  }

  /** What the container of a deployment has written, oldest first. */
  logOf(id: string): readonly string[] {
    return this.logs.get(id.toLowerCase()) ?? [];
  }

  private log(id: string, line: string): void {
    const lines = this.logs.get(id.toLowerCase()) ?? [];
    lines.push(line);
    if (lines.length > LOG_LINES * 1.2) lines.splice(0, lines.length - LOG_LINES);
    this.logs.set(id.toLowerCase(), lines);
  }

  /** Releases the models of deleted deployments. */
  forget(removed: readonly Resource[]): void {
    for (const { id } of removed) {
      const scorer = this.scorers.get(id.toLowerCase());
      this.scorers.delete(id.toLowerCase());
      this.logs.delete(id.toLowerCase());
      if (scorer !== undefined) void this.during(scorer.close());
    }
  }

  /** Stops every model, also those that are being loaded or still answer. */
  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.work);
    await Promise.all([...this.scorers.values()].map((scorer) => scorer.close()));
  }

  private async during<T>(work: Promise<T>): Promise<T> {
    this.work.add(work);
    try {
      return await work;
    } finally {
      this.work.delete(work);
    }
  }

  find(name: string, region: string): ServedEndpoint | undefined {
    const endpoint = this.store
      .all()
      .find(
        ({ type, document }) =>
          type === ENDPOINT && sameText(document["name"], name) && sameText(document["location"], region),
      );
    if (endpoint === undefined) return undefined;
    const properties = objectAt(endpoint.document, "properties");
    return {
      name,
      authorize: (token) => this.authorize(endpoint, token),
      traffic: objectAt(properties, "traffic") as Record<string, number>,
      mirrorTraffic: objectAt(properties, "mirrorTraffic") as Record<string, number>,
      deployments: this.servedDeployments(endpoint),
    };
  }

  private servedDeployments(endpoint: Resource): Map<string, ServedDeployment> {
    const deployments = this.store.list(`${ENDPOINT}/deployments`, endpoint.id);
    return new Map(
      deployments.flatMap(({ id, document }): [string, ServedDeployment][] => {
        const scorer = this.scorers.get(id.toLowerCase());
        if (scorer === undefined) return [];
        const log = (line: string): void => this.log(id, line);
        return [[String(document["name"]).toLowerCase(), served(document, scorer, log)]];
      }),
    );
  }

  private authorize(endpoint: Resource, token: string | undefined): boolean {
    if (token === undefined) return false;
    switch (objectAt(endpoint.document, "properties")["authMode"]) {
      case "AADToken":
        return this.identity.checkScoringToken(token);
      case "AMLToken":
        return this.identity.checkEndpointToken(token, endpoint.id);
      default:
        return Object.values(objectAt(endpoint.hidden, "keys")).includes(token);
    }
  }

  /** The blobs below a long-form `azureml://` URI, as the files of a model. */
  private modelFiles(uri: string): ModelFiles {
    const [place = "", path = ""] = uri.split("/paths/");
    const datastoreId = place.replace(/^azureml:\//, "");
    const datastore = this.store.get(datastoreId);
    if (nameAfter(datastoreId, "datastores") === undefined || datastore === undefined) {
      throw new ModelLoadError(`the model's datastore was not found: ${uri}`);
    }
    const { accountName, containerName } = objectAt(datastore.document, "properties");
    const [account, container] = [String(accountName), String(containerName)];
    const prefix = path.endsWith("/") ? path : `${path}/`;
    const found = this.blobs.store.list(account, container, prefix);
    if (found.length === 0) throw new ModelLoadError(`the model has no files at ${uri}`);
    return {
      paths: found.map(([name]) => name.slice(prefix.length)),
      read: async (file) => {
        const blob = this.blobs.store.get(account, container, `${prefix}${file}`);
        if (blob === undefined) throw new ModelLoadError(`${file} is gone from ${uri}`);
        return blob.content;
      },
    };
  }
}

function served(document: Record<string, unknown>, scorer: Scorer, log: (line: string) => void): ServedDeployment {
  const settings = objectAt(objectAt(document, "properties"), "requestSettings");
  const capacity = isObject(document["sku"]) ? document["sku"]["capacity"] : undefined;
  return {
    name: String(document["name"]),
    scorer,
    requestTimeoutMs: durationMs(textAt(settings, "requestTimeout") ?? "PT5S"),
    maxConcurrentRequestsPerInstance: Number(settings["maxConcurrentRequestsPerInstance"] ?? 1),
    instances: Number(capacity ?? 1),
    log,
  };
}

/** ISO 8601 durations up to hours, as request settings use them. */
function durationMs(text: string): number {
  const [, hours = "0", minutes = "0", seconds = "0"] = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text) ?? [];
  return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
}

function sameText(a: unknown, b: string): boolean {
  return String(a).toLowerCase() === b.toLowerCase();
}
