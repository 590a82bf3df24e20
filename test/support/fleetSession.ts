import { spawn } from "node:child_process";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { TestAzure } from "./localAzure";
import { GROUP, armIdOf, createWorkspace, registerModel } from "../../driver/heartWorkspace";
import { COMMAND } from "../../driver/paths";
import { TYPESCRIPT_RUNTIME, makeProjectFolder } from "../../driver/projectFolder";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

const PROJECT = stringify({ name: "fleet", runtime: TYPESCRIPT_RUNTIME, main: "index.ts" });
const PROGRAM = `import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
for (const name of new pulumi.Config().requireObject<string[]>("components")) {
  const { versions = {}, ...rollout } = readRollout(new pulumi.Config(name));
  new ProgressiveMlflowEndpoint(name, {
    ...rollout,
    resourceGroupName: "heart",
    workspace: { existingName: "heart" },
    endpointName: name,
    model: { name: "heart-classifier", versions },
    authMode: "Key",
  });
}
`;
/** A gate that fails for the candidates of which there is a file. */
const VERDICT = '[ -f "fail-$MLFLOW_ROLLOUT_CANDIDATE" ] && { echo "it fails"; exit 1; }\nexit 0\n';

interface Output {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** One endpoint of the fleet; its candidate is `<name>-new`. */
interface Endpoint {
  readonly name: string;
  readonly stack: string;
  readonly wave: number;
}

/** Endpoints in waves, each serving with its first deployment and with a candidate beside it, in a few stacks. */
export class FleetSession {
  private constructor(
    readonly azure: TestAzure,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly endpoints: readonly Endpoint[],
  ) {}

  /**
   * @param waves - endpoints in each wave
   * @param stacks - that they are spread over
   */
  static async open(waves: readonly number[], stacks: number): Promise<FleetSession> {
    const azure = await TestAzure.start();
    await azure.clock({ speed: SPEED });
    await createWorkspace(azure);
    await registerModel(azure, "1", "blue");
    const { folder, env } = await makeProjectFolder("fleet-", azure.azure.env);
    const endpoints = waves.flatMap((size, wave) => Array.from({ length: size }, () => wave));
    const session = new FleetSession(
      azure,
      folder,
      env,
      endpoints.map((wave, index) => ({ name: `model-${index}`, stack: `stack-${index % stacks}`, wave })),
    );
    session.write("Pulumi.yaml", PROJECT);
    session.write("index.ts", PROGRAM);
    session.write("verdict.sh", VERDICT);
    for (const stack of new Set(session.endpoints.map((endpoint) => endpoint.stack))) await session.up(stack);
    return session;
  }

  async close(): Promise<void> {
    rmSync(this.folder, { recursive: true, force: true });
    await this.azure.close();
  }

  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  /** The text of a stack's config. */
  config(stack: string): string {
    return readFileSync(join(this.folder, `Pulumi.${stack}.yaml`), "utf8");
  }

  /** Lets the gate of an endpoint's candidate fail. */
  fail(endpoint: string): void {
    this.write(`fail-${endpoint}-new`, "");
  }

  /** Types a command of `mlflow-rollout`. */
  mlflowRollout(...args: readonly string[]): Promise<Output> {
    return this.start([COMMAND, ...args]).end;
  }

  /** The same for one that is killed meanwhile. */
  start(args: readonly string[]): { readonly kill: () => void; readonly end: Promise<Output> } {
    return this.spawn(process.execPath, args);
  }

  /** Live weights of each candidate, in order. */
  async weights(): Promise<readonly number[]> {
    const live = await this.azure.resources("/onlineEndpoints");
    return this.endpoints.map(({ name }) => {
      const properties = live.find((endpoint) => endpoint["name"] === name)?.["properties"];
      return (properties as { traffic: Readonly<Record<string, number>> }).traffic[`${name}-new`] ?? 0;
    });
  }

  /** Names of the endpoints that were written since a position of the trace. */
  async written(since: number): Promise<ReadonlySet<string>> {
    const trace = await this.azure.trace(`kind=arm&since=${since}`);
    const paths = trace.filter(({ method }) => /^(PUT|PATCH|DELETE)$/.test(method)).map(({ path }) => path);
    return new Set(paths.flatMap((path) => /\/onlineEndpoints\/([^/?]+)/.exec(path)?.[1] ?? []));
  }

  async traceEnd(): Promise<number> {
    return (await this.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
  }

  /** Whether previews of all stacks have nothing to do. */
  async isSettled(): Promise<boolean> {
    for (const stack of new Set(this.endpoints.map((endpoint) => endpoint.stack))) {
      const { code } = await this.pulumi("preview", "--expect-no-changes", "--stack", stack);
      if (code !== 0) return false;
    }
    return true;
  }

  private async up(stack: string): Promise<void> {
    const names = this.endpoints.filter((endpoint) => endpoint.stack === stack).map(({ name }) => name);
    const id = armIdOf(
      this.azure,
      `${GROUP}/providers/Microsoft.MachineLearningServices/workspaces/heart/models/heart-classifier/versions/1`,
    );
    const own = names.map((name) => ({
      [`${name}:modelVersions`]: { "1": { id } },
      [`${name}:deployments`]: { [`${name}-old`]: { modelVersion: "1" }, [`${name}-new`]: { modelVersion: "1" } },
      [`${name}:candidate`]: `${name}-new`,
      [`${name}:candidateTraffic`]: 0,
      [`${name}:rollout`]: { steps: [50, 100], gates: { check: { command: { run: ["sh", "verdict.sh"] } } } },
    }));
    const config = Object.assign(
      { "azure-native:location": "westeurope", "fleet:components": names },
      ...own,
    ) as object;
    await this.must("stack", "init", stack);
    this.write(`Pulumi.${stack}.yaml`, stringify({ config }));
    await this.must("up", "--yes", "--skip-preview", "--stack", stack);
  }

  private async must(...args: readonly string[]): Promise<void> {
    const { code, stdout, stderr } = await this.pulumi(...args);
    if (code !== 0) throw new Error(`pulumi ${args.join(" ")} failed:\n${stdout}${stderr}`);
  }

  private pulumi(...args: readonly string[]): Promise<Output> {
    return this.spawn("pulumi", [...args, "--non-interactive", "--color", "never"]).end;
  }

  private spawn(command: string, args: readonly string[]) {
    const child = spawn(command, args, { cwd: this.folder, env: this.env, stdio: ["ignore", "pipe", "pipe"] });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => (texts[name] += text));
    const end = new Promise<Output>((resolve, reject) => {
      child.once("error", reject);
      // Whoever outlives a killed command keeps its output open.
      child.once("exit", (code) => resolve({ code: code ?? 1, ...texts }));
    });
    return { kill: () => void child.kill("SIGKILL"), end };
  }
}
