import type { Resource } from "../../arm/store";
import { durationMs } from "../../common/clock";
import { isObject, objectAt, textAt } from "../../common/json";
import type { ServedDeployment } from "../../gateway/served";
import type { Scorer } from "../../scoring/scorer";

type Settings = Pick<ServedDeployment, "requestTimeoutMs" | "maxConcurrentRequestsPerInstance" | "instances">;

/** A deployment whose model is loaded. Its settings are from when it was loaded, apart from later scaling. */
export class ServedModel implements ServedDeployment {
  private document: Record<string, unknown>;
  private settings: Settings;

  /** @param resource - the deployment of the PUT that the model was loaded for; a later PUT makes another one */
  constructor(
    private readonly resource: Resource,
    readonly scorer: Scorer,
    readonly log: (line: string) => void,
  ) {
    this.document = resource.document;
    this.settings = settingsOf(resource.document);
  }

  get name(): string {
    return String(this.document["name"]);
  }

  get requestTimeoutMs(): number {
    return this.current().requestTimeoutMs;
  }

  get maxConcurrentRequestsPerInstance(): number {
    return this.current().maxConcurrentRequestsPerInstance;
  }

  get instances(): number {
    return this.current().instances;
  }

  private current(): Settings {
    if (this.document !== this.resource.document) {
      this.document = this.resource.document;
      this.settings = settingsOf(this.document);
    }
    return this.settings;
  }
}

function settingsOf(document: Record<string, unknown>): Settings {
  const settings = objectAt(objectAt(document, "properties"), "requestSettings");
  const capacity = isObject(document["sku"]) ? document["sku"]["capacity"] : undefined;
  return {
    requestTimeoutMs: durationMs(textAt(settings, "requestTimeout") ?? "PT5S"),
    maxConcurrentRequestsPerInstance: Number(settings["maxConcurrentRequestsPerInstance"] ?? 1),
    instances: Number(capacity ?? 1),
  };
}
