import { readFileSync } from "node:fs";
import { findEngine, startLocalAzure } from "azure-mlflow-rollout-local";
import { parse } from "yaml";
import { AttachedPlugins } from "../../driver/attachedPlugins";
import { AzureClient } from "../../driver/azureClient";
import { ENGINE_MEMORY } from "../../driver/engineMemory";
import { Load } from "../../driver/load";
import { ScoringClient } from "../../driver/scoringClient";
import { SECRETS_PROVIDER, serveSecretsKeeper } from "../../driver/secretsKeeper";
import { UserProject } from "../../driver/userProject";
import type { Declared } from "./nextVerb";

/** Virtual seconds in one real second: a deployment of 9 minutes takes one, so that a kill meets it at work. */
const SPEED = 600;
/** Between two requests of a caller. */
const PAUSE_MS = 50;

/** A project whose endpoint serves, with scoring requests under way. */
export class VerbWorld {
  private constructor(
    readonly azure: AzureClient,
    readonly project: UserProject,
    private readonly plugins: AttachedPlugins,
    private readonly client: ScoringClient,
    readonly load: Load,
  ) {}

  static async open(): Promise<VerbWorld> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const azure = new AzureClient(await startLocalAzure({ speed: SPEED }));
    const env = { ...azure.azure.env, ...engine.env, ...ENGINE_MEMORY, ...(await serveSecretsKeeper()) };
    const plugins = await AttachedPlugins.serve(env, engine.plugins);
    const project = UserProject.make(env, plugins.env);
    await project.must(`pulumi stack init dev --secrets-provider ${SECRETS_PROVIDER}`);
    await project.must("pulumi up --yes --skip-preview");
    const outputs = JSON.parse(await project.must("pulumi stack output --json --show-secrets")) as Record<
      string,
      string
    >;
    const client = new ScoringClient(azure.azure.ca);
    const target = { scoringUri: outputs["scoringUri"] ?? "", key: outputs["primaryKey"] ?? "" };
    return new VerbWorld(azure, project, plugins, client, new Load(client, target, PAUSE_MS));
  }

  /** What stack config declares. */
  declared(): Declared & { readonly deployments: readonly string[] } {
    const { config } = parse(readFileSync(this.project.stackFile, "utf8")) as { config: Record<string, unknown> };
    const candidate = config["heart:candidate"];
    return {
      candidate: typeof candidate === "string" ? candidate : undefined,
      weight: Number(config["heart:candidateTraffic"] ?? 0),
      isPaused: (config["heart:rollout"] as { paused?: unknown } | undefined)?.paused !== undefined,
      deployments: Object.keys(config["heart:deployments"] as object),
    };
  }

  /** Whether a preview has nothing to do. */
  async isSettled(): Promise<boolean> {
    return (await this.project.type("pulumi preview --expect-no-changes")).code === 0;
  }

  async close(): Promise<void> {
    await this.load.stop();
    this.client.close();
    this.plugins.close();
    this.project.close();
    await this.azure.close();
  }
}
