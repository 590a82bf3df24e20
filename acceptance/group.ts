import { randomBytes } from "node:crypto";
import { valueAt } from "../driver/azureClient";
import { ArmClient } from "../conformance/target/armClient";
import type { Cloud } from "./cloud";

const VERSION = "api-version=2021-04-01";
/** Marks the groups of this command. */
const TAG = "mlflow-rollout-acceptance";
const PAUSE_SECONDS = 60;
const MOST_ATTEMPTS = 60;

/** `rg-mlflow-acceptance-1a2b3c` */
export function groupName(): string {
  return `rg-mlflow-acceptance-${randomBytes(3).toString("hex")}`;
}

/** The command that deletes a group by hand. */
export function deleteCommand(name: string): string {
  return `az group delete --name ${name} --yes`;
}

/** Names of groups that earlier runs left behind, such as `rg-mlflow-acceptance-1a2b3c`. */
export async function groupsLeft(cloud: Cloud): Promise<readonly string[]> {
  const filter = encodeURIComponent(`tagName eq '${TAG}'`);
  const { body } = await new ArmClient(cloud).read(
    `/subscriptions/${cloud.subscriptionId}/resourcegroups?$filter=${filter}&${VERSION}`,
  );
  const groups = (valueAt(body, "value") ?? []) as readonly { readonly name: string; readonly tags?: object }[];
  return groups.filter(({ tags }) => tags !== undefined && TAG in tags).map(({ name }) => name);
}

/** The resource group of a run, with all that is made in it. */
export class Group {
  private readonly client: ArmClient;
  private readonly path: string;

  constructor(
    cloud: Cloud,
    readonly name: string,
  ) {
    this.client = new ArmClient(cloud);
    this.path = `/subscriptions/${cloud.subscriptionId}/resourceGroups/${name}`;
  }

  /** @throws Error when there is a group of the name, whoever's it is */
  async refuseExisting(): Promise<void> {
    const { status } = await this.client.arm("GET", `${this.path}?${VERSION}`);
    if (status === 404) return;
    const reason = status === 200 ? "exists already" : `cannot be looked up (${status})`;
    throw new Error(`resource group ${this.name} ${reason}; nothing was created`);
  }

  async create(location: string): Promise<void> {
    await this.client.succeed("PUT", `${this.path}?${VERSION}`, {
      location,
      tags: { [TAG]: new Date().toISOString() },
    });
  }

  /** The types of what is in it. */
  async contents(): Promise<readonly string[]> {
    const { body } = await this.client.read(`${this.path}/resources?${VERSION}`);
    const resources = (valueAt(body, "value") ?? []) as readonly { readonly type: string }[];
    return resources.map(({ type }) => type).toSorted();
  }

  /** Deletes it, again and again while Azure is still at work on what is in it. @throws Error when it stays */
  async delete(): Promise<void> {
    let answer = "";
    for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
      if (attempt > 1) await this.client.connection.wait(PAUSE_SECONDS);
      const first = await this.client.arm("DELETE", `${this.path}?${VERSION}`);
      if (first.status === 404) return;
      const end = await this.client.finish(first);
      if ((await this.client.arm("GET", `${this.path}?${VERSION}`)).status === 404) return;
      answer = `${end.status} ${JSON.stringify(end.body)}`;
    }
    throw new Error(`resource group ${this.name} is still there: ${answer}`);
  }
}
