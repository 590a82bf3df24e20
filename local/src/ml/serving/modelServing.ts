import type { Resource, Store } from "../../arm/store";
import type { BlobService } from "../../blob/blobService";
import { objectAt, textAt } from "../../common/json";
import { weightsOf } from "../../gateway/route";
import type { ServedEndpoint } from "../../gateway/served";
import { ModelLoadError } from "../../scoring/mlmodel";
import { loadScorer } from "../../scoring/scorer";
import { modelFilesAt } from "../assets/modelFiles";
import { modelVersionAt } from "../assets/records";
import { ENDPOINT } from "../endpoints/records";
import { ContainerLog } from "../shared/containerLog";
import type { ContainerLogs } from "../shared/containerLog";
import type { EndpointAccess } from "./access";
import { ServedModel } from "./servedModel";

/** What the data plane serves: loaded models by deployment, and current endpoints. */
export class ModelServing {
  /** By lower-case id of the endpoint and lower-case name of the deployment. */
  private readonly models = new Map<string, Map<string, ServedModel>>();
  private readonly logs = new Map<string, ContainerLogs>();
  private readonly stopping = new AbortController();
  /** Models that are loading or closing. */
  private readonly work = new Set<Promise<unknown>>();
  /** Caches by region and name: a request must not search all resources. */
  private readonly ids = new Map<string, string>();
  private readonly served = new WeakMap<object, ServedEndpoint>();

  constructor(
    private readonly store: Store,
    private readonly blobs: BlobService,
    private readonly access: EndpointAccess,
    /** See `LocalAzureOptions`. */
    private readonly python?: string,
  ) {}

  /**
   * Loads the model of a deployment; the old one answers until the new one is ready.
   *
   * @throws ModelLoadError, whose reason is also in the container's log
   */
  async load(deployment: Resource): Promise<void> {
    try {
      await this.during(this.loadModel(deployment));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      for (const line of text.split("\n")) this.logsOf(deployment.id).inferenceServer.write(line);
      throw error;
    }
  }

  private async loadModel(deployment: Resource): Promise<void> {
    const properties = objectAt(deployment.document, "properties");
    const version = modelVersionAt(this.store, String(properties["model"]));
    const uri = textAt(objectAt(version?.document, "properties"), "modelUri") ?? "";
    const { inferenceServer, storageInitializer } = this.logsOf(deployment.id);
    const files = modelFilesAt(uri, this.store, this.blobs.store, storageInitializer.write);
    const scorer = await loadScorer(files, {
      python: this.python,
      environment: objectAt(properties, "environmentVariables") as Record<string, string>,
      signal: this.stopping.signal,
      log: inferenceServer.write,
    });
    if (this.store.get(deployment.id) === undefined) {
      await scorer.close();
      throw new ModelLoadError("the deployment was deleted while its model was loaded");
    }
    const [endpoint, name] = placeOf(deployment);
    const models = this.modelsOf(endpoint);
    const old = models.get(name);
    models.set(name, new ServedModel(deployment, scorer, inferenceServer.write));
    inferenceServer.write(`model loaded from ${uri}, ${files.paths.length} files`);
    await old?.scorer.close();
  }

  /** The container logs of a deployment. */
  logsOf(deploymentId: string): ContainerLogs {
    const key = deploymentId.toLowerCase();
    const logs = this.logs.get(key) ?? { inferenceServer: new ContainerLog(), storageInitializer: new ContainerLog() };
    this.logs.set(key, logs);
    return logs;
  }

  /** Releases the models of deleted endpoints and deployments. */
  forget(removed: readonly Resource[]): void {
    for (const resource of removed) {
      const [endpoint, name] = placeOf(resource);
      const models = this.models.get(endpoint);
      const model = models?.get(name);
      models?.delete(name);
      this.logs.delete(resource.id.toLowerCase());
      if (model !== undefined) void this.during(model.scorer.close());
    }
    for (const { id } of removed) this.models.delete(id.toLowerCase());
  }

  /** Stops every model, including those that are loading or answering. */
  async close(): Promise<void> {
    this.stopping.abort();
    await Promise.allSettled(this.work);
    const models = [...this.models.values()].flatMap((named) => [...named.values()]);
    await Promise.all(models.map(({ scorer }) => scorer.close()));
  }

  find(name: string, region: string): ServedEndpoint | undefined {
    const endpoint = this.endpointAt(name, region);
    if (endpoint === undefined) return undefined;
    const known = this.served.get(endpoint.document);
    if (known !== undefined) return known;
    const properties = objectAt(endpoint.document, "properties");
    const served: ServedEndpoint = {
      id: endpoint.id,
      name: String(endpoint.document["name"]),
      isOpenTo: (network) => this.access.isOpenTo(endpoint, network),
      authorize: (token) => this.access.authorize(endpoint, token),
      traffic: weightsOf(objectAt(properties, "traffic")),
      mirrorTraffic: weightsOf(objectAt(properties, "mirrorTraffic")),
      deployments: this.modelsOf(endpoint.id.toLowerCase()),
    };
    this.served.set(endpoint.document, served);
    return served;
  }

  private endpointAt(name: string, region: string): Resource | undefined {
    const key = `${region}/${name}`.toLowerCase();
    const known = this.store.get(this.ids.get(key) ?? "");
    if (known !== undefined) return known;
    const keyOf = ({ document }: Resource) => `${String(document["location"])}/${String(document["name"])}`;
    const found = this.store.all().find((one) => one.type === ENDPOINT && keyOf(one).toLowerCase() === key);
    if (found !== undefined) this.ids.set(key, found.id);
    return found;
  }

  private modelsOf(endpointId: string): Map<string, ServedModel> {
    const models = this.models.get(endpointId) ?? new Map<string, ServedModel>();
    this.models.set(endpointId, models);
    return models;
  }

  private async during<T>(work: Promise<T>): Promise<T> {
    this.work.add(work);
    try {
      return await work;
    } finally {
      this.work.delete(work);
    }
  }
}

/** Id of the endpoint and name of the deployment, lower case. */
function placeOf({ id }: Resource): readonly [endpoint: string, name: string] {
  const parts = id.toLowerCase().split("/");
  return [parts.slice(0, -2).join("/"), parts.at(-1) ?? ""];
}
