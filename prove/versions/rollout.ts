import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { findEngine, startLocalAzure } from "azure-mlflow-rollout-local";
import { CLI_FLOOR } from "../../components/pulumi/engineVersion";
import { runCommand } from "../../local/src/common/command";
import { AzureClient } from "../../driver/azureClient";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 10_000;
const STACK = "dev";
const WRITE = /^(PUT|PATCH|POST|DELETE)$/;

/** How a command ended: all that it printed, or its errors when it failed. */
interface Ended {
  readonly code: number | undefined;
  readonly text: string;
}

interface OldCli {
  readonly path: string;
  readonly version: string;
}

interface Clis {
  readonly path: string;
  readonly tooOld: OldCli | undefined;
}

/**
 * A first rollout of a project: made at 0, 90/10, and back; then nothing is to change. In between, a CLI that is too old
 * is refused and writes nothing.
 *
 * @returns what is not as it should be, a line each
 */
export async function rolloutFailures(folder: string, { path, tooOld }: Clis): Promise<readonly string[]> {
  const client = new AzureClient(await startLocalAzure({ speed: SPEED }));
  const project = await Project.open(folder, client);
  try {
    await project.run(path, "stack", "init", STACK);
    const failures = [
      ...(await project.step(path, 0, { blue: 100, green: 0 })),
      ...(await project.step(path, 10, { blue: 90, green: 10 })),
      ...(tooOld === undefined ? [] : await project.refusal(tooOld, { caught: false })),
      ...(tooOld === undefined ? [] : await project.refusal(tooOld, { caught: true })),
      ...(await project.step(path, 0, { blue: 100, green: 0 })),
    ];
    const { code, text } = await project.run(path, "preview", "--expect-no-changes");
    return code === 0 ? failures : [...failures, `the last preview has changes: ${text}`];
  } finally {
    project.close();
    await client.close();
  }
}

/** A project in which `pulumi` is typed, whichever one it is. */
class Project {
  private constructor(
    private readonly folder: string,
    private readonly client: AzureClient,
    private readonly env: NodeJS.ProcessEnv,
    private readonly state: string,
  ) {}

  static async open(folder: string, client: AzureClient): Promise<Project> {
    const engine = await findEngine(process.env, folder);
    if (engine === undefined) throw new Error('there is no Pulumi engine; run "npm run setup"');
    const state = mkdtempSync(join(tmpdir(), "versions-"));
    const backend = { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "versions" };
    return new Project(folder, client, { ...process.env, ...client.azure.env, ...engine.env, ...backend }, state);
  }

  close(): void {
    rmSync(this.state, { recursive: true, force: true });
    rmSync(join(this.folder, `Pulumi.${STACK}.yaml`), { force: true });
  }

  async run(cli: string, ...args: readonly string[]): Promise<Ended> {
    const stack = args[0] === "stack" ? [] : ["--stack", STACK];
    const { code, stdout, errors } = await runCommand(
      cli,
      [...args, ...stack, "--non-interactive", "--color", "never"],
      {
        cwd: this.folder,
        env: { ...this.env, PATH: `${this.env["PATH"] ?? ""}${delimiter}${dirname(cli)}` },
        timeoutSeconds: 600,
      },
    );
    const lines = [...stdout.split("\n"), ...errors];
    return { code, text: code === 0 ? stdout : lines.filter((line) => /\berror: /.test(line)).join("; ") };
  }

  /** One `pulumi up` to a weight of the candidate. */
  async step(cli: string, weight: number, live: Readonly<Record<string, number>>): Promise<readonly string[]> {
    const { code, text } = await this.up(cli, weight);
    if (code !== 0) return [`up to ${weight} failed: ${text}`];
    const traffic = JSON.stringify(positive(await this.client.liveTraffic()));
    return traffic === JSON.stringify(positive(live)) ? [] : [`after up to ${weight}, ${traffic} is live`];
  }

  /** One `pulumi up` that is to be refused, also when the program catches the error of the constructor. */
  async refusal({ path: cli, version }: OldCli, { caught }: { caught: boolean }): Promise<readonly string[]> {
    const before = (await this.client.trace("kind=arm")).at(-1)?.seq ?? 0;
    const { code, text } = await this.up(cli, 50, { caught });
    const writes = (await this.client.trace(`kind=arm&since=${before}`)).filter(({ method }) => WRITE.test(method));
    const expected = `the Pulumi CLI ${version} is too old for azure-mlflow-rollout: its hooks need ${CLI_FLOOR} or later; update it ("pulumi about" shows the version)`;
    return [
      ...(code === 0 ? [`the CLI ${version} is not refused`] : []),
      ...(text.includes(expected) ? [] : [`the CLI ${version} is refused with: ${text}`]),
      ...writes.map(({ method, path }) => `the CLI ${version} wrote: ${method} ${path}`),
    ];
  }

  private up(cli: string, weight: number, { caught } = { caught: false }): Promise<Ended> {
    const config = [`versions:weight=${weight}`, `versions:caught=${caught}`].flatMap((pair) => ["--config", pair]);
    return this.run(cli, "up", "--yes", "--skip-preview", ...config);
  }
}

/** Weights above 0, in one order. */
function positive(traffic: unknown): readonly (readonly [string, number])[] {
  const all = Object.entries((traffic ?? {}) as Record<string, number>).filter(([, weight]) => weight > 0);
  return all.toSorted(([one], [other]) => one.localeCompare(other));
}
