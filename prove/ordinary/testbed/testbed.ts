import { readFileSync } from "node:fs";
import { join } from "node:path";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import type { TypedCommand } from "./commandLine";
import { commandsOf } from "./commandLine";
import { AzureClient, valueAt } from "../../../driver/azureClient";
import { clearFaults, injectFaults } from "../../../driver/faults";
import type { Weights } from "./program";
import { Watch } from "./watch";
import type { Seen } from "./watch";

export type Document = Readonly<Record<string, unknown>>;

/** How a typed line ended. */
export interface CommandOutcome {
  readonly exit: number;
  /** All that it printed. */
  readonly text: string;
}

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;
/** A command that takes longer hangs. */
export const HANGS_MS = 400_000;

/** An endpoint that serves 90/10, its stack on the real engine, and requests under way. */
export abstract class Testbed {
  private watched: Watch | undefined;

  protected constructor(readonly azure: AzureClient) {}

  protected static async startAzure(): Promise<AzureClient> {
    const azure = new AzureClient(await startLocalAzure());
    await azure.clock({ speed: SPEED });
    return azure;
  }

  /** Ends the start: from now on the endpoint is called. */
  protected async serve(begin: () => Promise<CommandOutcome> = () => this.type("pulumi up")): Promise<void> {
    const { exit, text } = await begin();
    if (exit !== 0) throw new Error(`the testbed cannot be made: ${text}`);
    this.watched = await Watch.start(this.azure);
  }

  /** Takes all changes of the program and its config back. */
  abstract restore(): void;
  /** The folder of the stack's states. */
  protected abstract get backend(): string;
  protected abstract readonly project: string;
  protected abstract run(command: TypedCommand): Promise<CommandOutcome>;

  get watch(): Watch {
    if (this.watched === undefined) throw new Error("nothing serves yet");
    return this.watched;
  }

  take(): Promise<Seen> {
    return this.watch.take();
  }

  /** Types a line in the project's folder; `urn:heart-traffic` stands for the URN of a resource of the state. */
  async type(line: string): Promise<CommandOutcome> {
    let text = "";
    for (const { env, words } of commandsOf(line)) {
      const known = words.map((word) => (word.startsWith("urn:") ? this.urn(word.slice("urn:".length)) : word));
      const { exit, text: more } = await this.run({ env, words: known });
      text += more;
      if (exit !== 0) return { exit, text };
    }
    return { exit: 0, text };
  }

  async close(): Promise<void> {
    await this.watched?.stop();
    await this.azure.close();
  }

  live(): Promise<Weights | undefined> {
    return this.watch.live();
  }

  async endpoint(): Promise<Document | undefined> {
    const endpoints = await this.azure.resources("/onlineEndpoints");
    return endpoints.find(({ id }) => String(id) === this.watch.endpointId);
  }

  /** Writes the endpoint as a portal user does. */
  async editEndpoint(change: { readonly tags?: Document; readonly properties?: Document }): Promise<void> {
    const endpoint = (await this.endpoint()) ?? {};
    const properties = { ...(endpoint["properties"] as Document), ...change.properties };
    const tags = change.tags ?? endpoint["tags"];
    await this.azure.operate("PUT", this.watch.endpointId, { ...endpoint, tags, properties });
  }

  /** Writes a deployment as a portal user does. */
  async editDeployment(name: string, change: (document: Document) => Document): Promise<void> {
    const id = `${this.watch.endpointId}/deployments/${name}`;
    const found = (await this.azure.resources("/onlineEndpoints/deployments")).find((one) => one["id"] === id) ?? {};
    await this.azure.operate("PUT", id, change(found));
  }

  async deployment(name: string): Promise<Document | undefined> {
    const id = `${this.watch.endpointId}/deployments/${name}`;
    return (await this.azure.resources("/onlineEndpoints/deployments")).find((one) => one["id"] === id);
  }

  /** ARM id of the first resource of a type, by the end of its name. */
  async idOf(type: string): Promise<string> {
    const [first] = await this.azure.resources(type);
    return String(first?.["id"]);
  }

  async workspaceName(): Promise<string> {
    return (await this.idOf("MachineLearningServices/workspaces")).split("/").at(-1) ?? "";
  }

  /** Creates another workspace, as a colleague might. */
  async makeWorkspace(name: string): Promise<void> {
    const parts = ["Storage/storageAccounts", "KeyVault/vaults", "Insights/components"].map((type) => this.idOf(type));
    const [storageAccount, keyVault, applicationInsights] = await Promise.all(parts);
    const own = await this.idOf("MachineLearningServices/workspaces");
    await this.azure.operate("PUT", own.replace(/[^/]+$/, name), {
      location: "westeurope",
      identity: { type: "SystemAssigned" },
      properties: { storageAccount, keyVault, applicationInsights },
    });
  }

  /** Clears all faults and lets Azure's clock run. */
  async calm(): Promise<void> {
    await clearFaults(this.azure);
    await this.azure.clock({ speed: SPEED });
  }

  /** Adds a fault: reads of a deployment return changed properties. */
  async showDeployment(name: string, properties: Document): Promise<void> {
    const found = (await this.deployment(name)) ?? {};
    const body = { ...found, properties: { ...(found["properties"] as Document), ...properties } };
    const match = `^GET .*/deployments/${name}$`;
    await injectFaults(this.azure, { match, effect: { http: { status: 200, body } }, times: 1000 });
  }

  /** The URN of a resource of the state, by its name. @throws Error when there is none */
  urn(name: string): string {
    const file = join(this.backend, ".pulumi", "stacks", this.project, "dev.json");
    const state = JSON.parse(readFileSync(file, "utf8")) as unknown;
    const resources = valueAt(state, "checkpoint.latest.resources") as readonly { readonly urn: string }[];
    const found = resources.find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`the state has no ${name}`);
    return found.urn;
  }
}
