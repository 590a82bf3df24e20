import { getModelVersion } from "@pulumi/azure-native/machinelearningservices/getModelVersion";
import type * as pulumi from "@pulumi/pulumi";
import { registeredVersion } from "../models/versionPlan";
import type { RegisteredVersion } from "../models/versionPlan";
import { engineTarget } from "../pulumi/sdkInternals";
import { at } from "../values/shape";
import { answerInTime, answerOf } from "./answers";
import { API_QUERY } from "./apiVersion";
import { componentAzure } from "./armReader";
import { preloadClient } from "./https";
import { workspaceIdOf } from "./ids";
import type { WorkspacePath } from "./modelStores";
import { Unanswered, isNotFound } from "./readEndpoint";

type Listed = ReadonlyMap<string, RegisteredVersion>;

/**
 * The versions of a model that are registered when a run begins. Several are asked for with one request: the first page of Azure's
 * list has the newest. What it lacks is asked for by itself, and so are all when there is no list.
 */
export class RegisteredVersions {
  private listed: Promise<Listed> | undefined;
  private readonly lists: boolean;

  /** @param declared - how many versions are asked for; one alone needs no list */
  constructor(
    private readonly component: pulumi.ComponentResource,
    private readonly model: string,
    declared: number,
  ) {
    // With mocks there is no Azure.
    this.lists = declared > 1 && engineTarget() !== undefined;
    if (this.lists) preloadClient();
  }

  /** Undefined when Azure has none. @throws Error when it cannot be read */
  async read(workspace: WorkspacePath, version: string): Promise<RegisteredVersion | undefined> {
    if (this.lists) this.listed ??= answerInTime(this.firstPage(workspace)).catch(() => new Map());
    const found = (await this.listed)?.get(version);
    return found ?? readVersion(this.component, { ...workspace, name: this.model, version });
  }

  private async firstPage(workspace: WorkspacePath): Promise<Listed> {
    const { arm, subscriptionId } = await componentAzure(this.component);
    const versions = `${workspaceIdOf(subscriptionId, workspace)}/models/${this.model}/versions`;
    const page = at(await arm.get(`${versions}?${API_QUERY}&listViewType=All`), ["value"]);
    return new Map((Array.isArray(page) ? page : []).flatMap(entriesOf));
  }
}

function entriesOf(document: unknown): readonly (readonly [string, RegisteredVersion])[] {
  const [name, id, properties] = [at(document, ["name"]), at(document, ["id"]), at(document, ["properties"])];
  const found = registeredVersion(id, properties);
  return typeof name === "string" && found !== undefined ? [[name, found]] : [];
}

/** Undefined when Azure has none. @throws Error when it cannot be read */
export async function readVersion(
  component: pulumi.ComponentResource,
  path: WorkspacePath & { readonly name: string; readonly version: string },
): Promise<RegisteredVersion | undefined> {
  try {
    const ask = getModelVersion({ ...path }, { parent: component });
    const { id, properties } = await answerOf(component, ask, (subscriptionId) => {
      const { name, version } = path;
      return `${workspaceIdOf(subscriptionId, path)}/models/${name}/versions/${version}`;
    });
    const found = registeredVersion(id, properties);
    if (found === undefined) throw new Unanswered(`model version ${path.version}`);
    return found;
  } catch (error) {
    if (isNotFound(error)) return undefined;
    throw error;
  }
}
