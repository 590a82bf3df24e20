import { spawn, spawnSync } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { findEngine } from "azure-mlflow-rollout-local";
import { runNpm, packPackages } from "../../prove/versions/install";
import { runCommand } from "../../local/src/common/command";
import type { CommandResult } from "../../local/src/common/command";
import { COMMAND, MODELS, ROOT } from "../../driver/paths";

/** A user with a model, who makes a project of it outside of this repository and installs the packages there. */
export class InitSession {
  private azure: ChildProcess | undefined;

  private constructor(
    readonly folder: string,
    readonly cli: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async open(): Promise<InitSession> {
    const engine = await findEngine();
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const folder = mkdtempSync(join(tmpdir(), "user-"));
    const cli = engine.cli.path;
    const path = [dirname(process.execPath), dirname(cli), process.env["PATH"] ?? ""].join(delimiter);
    const env = { ...process.env, LOCAL_PULUMI_CACHE: join(folder, "cache"), PATH: path };
    cpSync(join(MODELS, "blue"), join(folder, "my-model"), { recursive: true });
    const session = new InitSession(folder, cli, env);
    try {
      await session.make();
    } catch (error) {
      await session.close();
      throw error;
    }
    return session;
  }

  /** The project, and the packed packages in it. */
  private async make(): Promise<void> {
    const made = spawnSync(process.execPath, [COMMAND, "init", "heart", "--model", "my-model", "--ci", "github"], {
      cwd: this.folder,
      encoding: "utf8",
    });
    if (made.status !== 0) throw new Error(made.stderr);
    const { main, local } = await packPackages(this.folder);
    await runNpm(this.project, "install", "--no-audit", "--no-fund", "--prefer-offline", main, local, ...pinned());
  }

  get project(): string {
    return join(this.folder, "heart");
  }

  /** Starts the installed local Azure, as the README of the project says but faster. */
  async startAzure(): Promise<void> {
    const script = join(this.project, "node_modules", ".bin", "mlflow-rollout");
    this.azure = spawn(script, ["local", "--speed", "100000", "--data", ".local-azure"], {
      cwd: this.project,
      env: this.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    if (this.azure.stdout === null) throw new Error("the local Azure has no output");
    for await (const line of createInterface(this.azure.stdout)) if (line.includes("Ctrl+C stops it")) return;
    throw new Error("the local Azure ended before it answered");
  }

  /** Types lines in the project, in a shell that knows the local Azure. @throws Error when one fails */
  async type(...lines: readonly string[]): Promise<string> {
    const script = ["set -e", "source .local-azure/env.sh", ...lines.map(answered)].join("\n");
    const { code, stdout, errors } = await this.bash(script);
    if (code !== 0) throw new Error(`${lines.join("; ")}:\n${stdout}\n${errors.join("\n")}`);
    return stdout;
  }

  /** Types a script in the project, as it stands. */
  bash(script: string): Promise<CommandResult> {
    return runCommand("bash", ["-c", script], { cwd: this.project, env: this.env });
  }

  /** The commands that the README of the project shows under a heading. */
  commandsUnder(heading: string): readonly string[] {
    const [, after = ""] = readFileSync(join(this.project, "README.md"), "utf8").split(`## ${heading}\n`);
    return (/```sh\n([\s\S]*?)\n```/.exec(after)?.[1] ?? "").split("\n");
  }

  async close(): Promise<void> {
    if (this.azure?.exitCode === null) {
      const ended = once(this.azure, "close");
      this.azure.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the project takes from elsewhere, in the versions of this repository: npm has them in its cache. */
function pinned(): readonly string[] {
  const { devDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  const names = ["@pulumi/azure-native", "@pulumi/pulumi", "@pulumi/random", "@types/node", "tsx", "typescript"];
  return names.map((name) => `${name}@${devDependencies[name] ?? ""}`);
}

/** Without the questions that a person is asked. */
function answered(line: string): string {
  if (/^npx mlflow-rollout (start|promote|abort|finish)\b/.test(line)) return `${line} --yes`;
  return /^pulumi (up|destroy)\b/.test(line) ? `${line} --yes --skip-preview --color never` : line;
}
