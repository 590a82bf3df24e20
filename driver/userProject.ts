import { spawn, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { COMMAND, MODELS, ROOT } from "./paths";

const NAME = "heart";
const STACK = "dev";

/** What a line typed in a shell came to. */
export interface TypedLine {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface StartOptions {
  readonly onText?: (text: string) => void;
  /** Whether it leads a process group, which is then killed. */
  readonly isLeader?: boolean;
}

/** A line that goes on. */
interface StartedLine {
  readonly pid: number;
  readonly end: Promise<TypedLine>;
}

/** A project that `mlflow-rollout init` has made of the first model, with this repository in place of an install. */
export class UserProject {
  private constructor(
    private readonly root: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly attached: Readonly<Record<string, string>>,
  ) {}

  /**
   * @param env - variables of a local Azure, and of the engine
   * @param attached - more of them for lines that nobody kills, whose engines may attach to plugins that are served elsewhere
   */
  static make(env: Readonly<Record<string, string>>, attached: Readonly<Record<string, string>> = {}): UserProject {
    const root = mkdtempSync(join(tmpdir(), "mlflow-rollout-user-"));
    const [bin, state] = [join(root, NAME, "node_modules", ".bin"), join(root, "state")];
    mkdirSync(state);
    cpSync(join(MODELS, "blue"), join(root, "my-model"), { recursive: true });
    const path = [bin, env["PATH"] ?? process.env["PATH"] ?? ""].join(delimiter);
    const own = { PULUMI_BACKEND_URL: `file://${state}`, PULUMI_CONFIG_PASSPHRASE: "rehearsal", PATH: path };
    const project = new UserProject(root, { ...process.env, ...env, ...own }, attached);
    project.init();
    link(join(root, NAME, "node_modules"));
    return project;
  }

  get folder(): string {
    return join(this.root, NAME);
  }

  /** The folder of Pulumi's file backend. */
  get stateFolder(): string {
    return join(this.root, "state");
  }

  /** The file with the config of its stack. */
  get stackFile(): string {
    return join(this.folder, `Pulumi.${STACK}.yaml`);
  }

  /** Puts a model of the example beside those that are there, as `models/2`. */
  addModel(version: string, model: "blue" | "green"): void {
    cpSync(join(MODELS, model), join(this.folder, "models", version), { recursive: true });
  }

  read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /**
   * Types a line in a shell, where nobody answers questions. `npx` is left out: the command is found without it.
   *
   * @param onText - gets what is printed, as it comes
   */
  type(line: string, onText?: (text: string) => void): Promise<TypedLine> {
    return this.start(line, onText && { onText }).end;
  }

  /** The same for a line that goes on meanwhile; as a leader it can be killed with its whole process group. */
  start(line: string, { onText, isLeader = false }: StartOptions = {}): StartedLine {
    const child = spawn(line.replace(/^npx /, ""), {
      cwd: this.folder,
      env: isLeader ? this.env : { ...this.env, ...this.attached },
      shell: true,
      detached: isLeader,
      stdio: ["ignore", "pipe", "pipe"],
    });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const)
      child[name].setEncoding("utf8").on("data", (text: string) => {
        texts[name] += text;
        onText?.(text);
      });
    const end = new Promise<TypedLine>((resolve, reject) => {
      child.once("error", reject);
      // Whoever outlives a killed line keeps its output open.
      child.once(isLeader ? "exit" : "close", (code) => resolve({ code: code ?? 1, ...texts }));
    });
    return { pid: child.pid ?? 0, end };
  }

  /** The same for a line that has to succeed. @throws Error with what it printed */
  async must(line: string, onText?: (text: string) => void): Promise<string> {
    const { code, stdout, stderr } = await this.type(line, onText);
    if (code !== 0) throw new Error(`${line} ended with exit code ${code}:\n${stdout}${stderr}`);
    return stdout;
  }

  close(): void {
    rmSync(this.root, { recursive: true, force: true });
  }

  private init(): void {
    const args = [COMMAND, "init", NAME, "--model", "my-model"];
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: this.root, encoding: "utf8" });
    if (status !== 0) throw new Error(stderr);
  }
}

/** What `npm install` would put there. */
function link(modules: string): void {
  mkdirSync(join(modules, ".bin"), { recursive: true });
  symlinkSync(ROOT, join(modules, "azure-mlflow-rollout"), "junction");
  symlinkSync(join(ROOT, "node_modules", "@pulumi"), join(modules, "@pulumi"), "junction");
  symlinkSync(COMMAND, join(modules, ".bin", "mlflow-rollout"));
}
