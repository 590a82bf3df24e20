import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { runCommand } from "../../local/src/common/command";
import { AzureClient } from "../../driver/azureClient";
import type { ConsumerKind } from "./consumerKinds";
import { MODELS } from "../../driver/paths";

const CONFIG = `config:
  azure-native:location: westeurope
  consumer:modelVersions: ${JSON.stringify({ 1: join(MODELS, "blue"), 2: join(MODELS, "green") })}
  consumer:deployments: { blue: { modelVersion: "1" }, green: { modelVersion: "2" } }
  consumer:candidate: green
`;

/** What is on the `PATH` of a user. */
export interface Machine {
  /** The Pulumi CLI. */
  readonly cli: string;
  /** Folder of Node, where it is not the one of this process. */
  readonly node?: string;
}

/** What the command `local` prints with `--json`. */
type Settings = ConstructorParameters<typeof AzureClient>[0] & { readonly env: Readonly<Record<string, string>> };

/**
 * A user of the packages as they are installed, without anything of this repository but the models: types, then on the
 * local Azure that the installed command starts a preview, an `up` at 100/0 and a step to 90/10.
 *
 * @param installed - folder in which npm has installed them
 * @returns what is not as it should be, a line each
 */
export async function consumerFailures(
  installed: string,
  kind: ConsumerKind,
  machine: Machine,
): Promise<readonly string[]> {
  const consumer = new Consumer(installed, kind, machine);
  try {
    return [...(kind.isTyped ? await consumer.typeErrors() : []), ...(await consumer.rollout())];
  } finally {
    consumer.close();
  }
}

class Consumer {
  private readonly folder: string;
  private readonly modules: string;
  private readonly state = mkdtempSync(join(tmpdir(), "consumer-"));
  private readonly env: NodeJS.ProcessEnv;

  constructor(installed: string, { folder, files }: ConsumerKind, { cli, node }: Machine) {
    this.modules = join(installed, "node_modules");
    this.folder = join(installed, folder);
    mkdirSync(this.folder, { recursive: true });
    for (const [name, text] of Object.entries({ ...files, "Pulumi.dev.yaml": CONFIG }))
      writeFileSync(join(this.folder, name), text);
    const path = [node ?? dirname(process.execPath), dirname(cli), process.env["PATH"] ?? ""].join(delimiter);
    // What the package keeps for the place it is installed in is gone with it.
    const kept = { LOCAL_PULUMI_CACHE: join(this.state, "cache"), PULUMI_BACKEND_URL: `file://${this.state}` };
    this.env = { ...process.env, ...kept, PULUMI_CONFIG_PASSPHRASE: "consumer", PATH: path };
  }

  close(): void {
    rmSync(this.state, { recursive: true, force: true });
  }

  async typeErrors(): Promise<readonly string[]> {
    const { code, stdout } = await runCommand("node", [join(this.modules, "typescript", "bin", "tsc"), "-p", "."], {
      cwd: this.folder,
      env: this.env,
    });
    return code === 0 ? [] : stdout.split("\n").filter((line) => line !== "");
  }

  async rollout(): Promise<readonly string[]> {
    const script = join(this.modules, "azure-mlflow-rollout", "bin", "mlflow-rollout.js");
    const child = spawn("node", [script, "local", "--json", "--speed", "100000"], {
      cwd: this.folder,
      env: this.env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = once(child, "close");
    try {
      const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), ended])) as [unknown];
      if (typeof line !== "string") return [`mlflow-rollout local ended with ${String(line)}`];
      const settings = JSON.parse(line) as Settings;
      return await this.steps(new AzureClient({ ...settings, close: () => Promise.resolve() }), settings.env);
    } finally {
      child.kill();
      await ended;
    }
  }

  private async steps(client: AzureClient, azure: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const env: NodeJS.ProcessEnv = { ...this.env, ...azure };
    const pulumi = async (...args: readonly string[]): Promise<readonly string[]> => {
      const given = [...args, "--non-interactive", "--color", "never"];
      const { code, stdout, errors } = await runCommand("pulumi", given, { cwd: this.folder, env });
      if (code === 0) return [];
      const said = [...stdout.split("\n"), ...errors].filter((line) => /error/i.test(line));
      return [`pulumi ${args.join(" ")}: ${said.join("; ")}`];
    };
    const up = async (weight: number): Promise<readonly string[]> => {
      // The preview has compiled a program in TypeScript as Pulumi does; once is enough.
      env["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
      const failures = await pulumi("up", "--yes", "--skip-preview", "-c", `candidateTraffic=${weight}`);
      const live = JSON.stringify(await client.liveTraffic());
      const wanted = JSON.stringify({ blue: 100 - weight, green: weight });
      return live === wanted ? failures : [...failures, `after a step to ${weight}, ${live} is live`];
    };
    try {
      return [
        ...(await pulumi("stack", "init", "dev")),
        ...(await pulumi("preview")),
        ...(await up(0)),
        ...(await up(10)),
      ];
    } finally {
      await client.close();
    }
  }
}
