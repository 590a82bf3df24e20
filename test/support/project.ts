import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { findEngine } from "azure-mlflow-rollout-local";
import { AttachedPlugins } from "../../driver/attachedPlugins";
import { ENGINE_MEMORY } from "../../driver/engineMemory";
import { COMMAND, ROOT } from "../../driver/paths";
import { SECRETS_PROVIDER, serveSecretsKeeper } from "../../driver/secretsKeeper";

const run = promisify(execFile);

export interface CommandOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The project folder as a user has it: `pulumi` is typed in it, a language host runs the program. */
export class Project {
  private constructor(
    private readonly folder: string,
    private readonly stack: string,
    private readonly state: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly plugins: AttachedPlugins | undefined,
  ) {}

  /**
   * A new stack of the project with the config of `Pulumi.dev.yaml`, on the local Azure that `azureEnv` points at.
   *
   * @param folder - where the project lies, if it is not the one of this repository
   * @param attached - whether the plugins and the program are in this process; not where that is what is tested
   */
  static async open(
    azureEnv: Readonly<Record<string, string>>,
    { folder = ROOT, attached = false }: { readonly folder?: string; readonly attached?: boolean } = {},
  ): Promise<Project> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const state = mkdtempSync(join(tmpdir(), "heart-project-"));
    const stack = `test-${state.split("-").at(-1)?.toLowerCase() ?? ""}`;
    const secrets = { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "rehearsal" };
    const env = { ...process.env, ...azureEnv, ...engine.env, ...ENGINE_MEMORY, ...secrets };
    const plugins = attached ? await AttachedPlugins.serve(env, engine.plugins) : undefined;
    const keeper = attached && (await serveSecretsKeeper());
    const project = new Project(folder, stack, state, { ...env, ...plugins?.env, ...keeper }, plugins);
    copyFileSync(join(folder, "Pulumi.dev.yaml"), project.configFile);
    await project.pulumi("stack", "init", stack, ...(attached ? ["--secrets-provider", SECRETS_PROVIDER] : []));
    return project;
  }

  /** Types a pulumi command in the project's folder. */
  async pulumi(...args: readonly string[]): Promise<CommandOutput> {
    const stack = args[0] === "stack" && args[1] === "init" ? [] : ["--stack", this.stack];
    return this.type("pulumi", [...args, ...stack, "--non-interactive", "--color", "never"]);
  }

  /** Types `mlflow-rollout` in the project's folder, where there is no terminal. */
  mlflowRollout(...args: readonly string[]): Promise<CommandOutput> {
    return this.type(process.execPath, [COMMAND, ...args, "--stack", this.stack]);
  }

  private async type(command: string, args: readonly string[]): Promise<CommandOutput> {
    try {
      const { stdout, stderr } = await run(command, args, { cwd: this.folder, env: this.env, maxBuffer: 2 ** 26 });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout = "", stderr = "" } = error as Error & { code: unknown; stdout?: string; stderr?: string };
      if (typeof code === "number") return { code, stdout, stderr };
      throw error;
    }
  }

  close(): void {
    this.plugins?.close();
    rmSync(this.state, { recursive: true, force: true });
    rmSync(this.configFile, { force: true });
  }

  private get configFile(): string {
    return join(this.folder, `Pulumi.${this.stack}.yaml`);
  }
}
