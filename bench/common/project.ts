import { spawn } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { text } from "node:stream/consumers";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { stringify } from "yaml";
import { COMMAND, ROOT } from "../../driver/paths";

const STACK = "dev";
const TSCONFIG = "tsconfig.pulumi.json";
/** As in the projects of `pulumi new typescript`; the compiler there does not see that links lead to the same files. */
const COMPILER = {
  ...{ target: "es2020", module: "commonjs", moduleResolution: "node", strict: true, skipLibCheck: true },
  baseUrl: ROOT,
  paths: { "azure-mlflow-rollout": ["dist/components/index.d.ts"], "@pulumi/*": ["node_modules/@pulumi/*"] },
};

/** How a project has Pulumi run its program, where that is not as the program's own project file has it. */
export interface Runtime {
  readonly options?: Readonly<Record<string, unknown>>;
  /** Whether the program is JavaScript, compiled before. */
  readonly isCompiled?: true;
}

/** A program of `bench/programs` in a project folder of its own, as somebody has it who types commands there. */
export class BenchProject {
  private constructor(
    readonly name: string,
    private readonly root: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /**
   * @param name - folder below `bench/programs`
   * @param env - variables of a local Azure and of the engine
   * @param config - of its stack, keys without the project
   * @param runtime - in place of the one in its project file
   */
  static async make(
    name: string,
    env: Readonly<Record<string, string>>,
    config: Readonly<Record<string, unknown>>,
    runtime: Runtime = {},
  ): Promise<BenchProject> {
    const root = mkdtempSync(join(tmpdir(), `bench-${name}-`));
    const [folder, state, modules] = [
      join(root, "project"),
      join(root, "state"),
      join(root, "project", "node_modules"),
    ];
    cpSync(join(ROOT, "bench", "programs", name), folder, { recursive: true });
    cpSync(join(ROOT, "bench", "programs", TSCONFIG), join(root, TSCONFIG));
    for (const path of [state, join(modules, ".bin")]) mkdirSync(path, { recursive: true });
    symlinkSync(ROOT, join(modules, "azure-mlflow-rollout"), "junction");
    for (const module of ["@pulumi", "@types", "tsx"])
      symlinkSync(join(ROOT, "node_modules", module), join(modules, module), "junction");
    symlinkSync(COMMAND, join(modules, ".bin", "mlflow-rollout"));
    setRuntime(folder, name, runtime);
    const own = Object.fromEntries(Object.entries(config).map(([key, value]) => [`${name}:${key}`, value]));
    writeFileSync(join(folder, `Pulumi.${STACK}.yaml`), stringify({ config: own }));
    const project = new BenchProject(name, root, {
      ...process.env,
      ...env,
      PATH: [join(modules, ".bin"), env["PATH"] ?? ""].join(delimiter),
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
    });
    await project.run("pulumi", "stack", "init", STACK);
    return project;
  }

  /** Runs a command to its end. @returns seconds that it took. @throws Error with what it printed when it fails */
  async run(command: string, ...args: readonly string[]): Promise<number> {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd: join(this.root, "project"),
      env: this.env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const exit = new Promise<number>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (code) => resolve(code ?? 1));
    });
    const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), exit]);
    if (code !== 0)
      throw new Error(`${this.name}: ${command} ${args.join(" ")} ended with ${code}:\n${stdout}${stderr}`);
    return (performance.now() - started) / 1000;
  }

  /** `pulumi up` without a preview. */
  up(...config: readonly string[]): Promise<number> {
    return this.run("pulumi", "up", "--yes", "--skip-preview", "--non-interactive", ...config);
  }

  /** `pulumi preview`. */
  preview(): Promise<number> {
    return this.run("pulumi", "preview", "--non-interactive");
  }

  /** Changes the program, as somebody who works on it: what was compiled of it is compiled anew. */
  edit(comment: string): void {
    const main = ["index.ts", "index.js"].map((name) => join(this.root, "project", name)).find(existsSync);
    if (main !== undefined) appendFileSync(main, `// ${comment}\n`);
  }

  /** Bytes of the state as the backend keeps it. */
  stateBytes(): number {
    return statSync(join(this.root, "state", ".pulumi", "stacks", this.name, `${STACK}.json`)).size;
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }
}

function setRuntime(folder: string, name: string, { options, isCompiled }: Runtime): void {
  if (options === undefined) return;
  const [typescript, javascript] = [join(folder, "index.ts"), join(folder, "index.js")];
  const project = { name, runtime: { name: "nodejs", options }, main: isCompiled ? "index.js" : "index.ts" };
  writeFileSync(join(folder, "Pulumi.yaml"), stringify(project));
  writeFileSync(
    join(folder, "tsconfig.checked.json"),
    JSON.stringify({ compilerOptions: COMPILER, files: ["index.ts"] }),
  );
  if (isCompiled !== true) return;
  const { outputText } = transpileModule(readFileSync(typescript, "utf8"), {
    compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
  });
  writeFileSync(javascript, outputText);
  rmSync(typescript);
}
