import { execFile, spawn } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import type { CommandOutput } from "./project";
import { COMMAND } from "../../driver/paths";
import { TYPESCRIPT_RUNTIME, makeProjectFolder } from "../../driver/projectFolder";

const STACK = "dev";
const PROJECT = stringify({ name: "heart", runtime: TYPESCRIPT_RUNTIME, main: "index.ts" });
const CONFIG = "config:\n  azure-native:location: westeurope\n";

/** A project folder of its own with the package installed, an empty stack, and no program yet. */
export class EmptyProject {
  private constructor(
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    readonly close: () => void,
    /** The stack file as Pulumi makes it. */
    private readonly settings = "",
  ) {}

  /** @param attached - as `makeProjectFolder` has it */
  static async open(azureEnv: Readonly<Record<string, string>>, attached = true): Promise<EmptyProject> {
    const { folder, env, initFlags, close } = await makeProjectFolder("heart-adopted-", azureEnv, attached);
    const made = new EmptyProject(folder, env, close);
    made.write("Pulumi.yaml", PROJECT);
    await made.pulumi("stack", "init", STACK, ...initFlags);
    const project = new EmptyProject(folder, env, close, made.read(`Pulumi.${STACK}.yaml`));
    project.configure("");
    return project;
  }

  /** Writes a file of the project. */
  write(name: string, text: string): void {
    writeFileSync(join(this.folder, name), text);
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), "utf8");
  }

  /** Adds to the config of the stack, as it stands below `config:`. */
  configure(text: string): void {
    this.write(`Pulumi.${STACK}.yaml`, `${this.settings}${CONFIG}${text.replace(/^config:\n/, "")}`);
  }

  pulumi(...args: readonly string[]): Promise<CommandOutput> {
    const stack = args[1] === "init" ? [] : ["--stack", STACK];
    return this.run("pulumi", [...args, ...stack, "--non-interactive", "--color", "never"]);
  }

  /** Types a pulumi command at a terminal, where Ctrl-C reaches all of its processes. */
  atTerminal(...args: readonly string[]): { interrupt(): void; readonly end: Promise<CommandOutput> } {
    const given = [...args, "--stack", STACK, "--non-interactive", "--color", "never"];
    const child = spawn("pulumi", given, { cwd: this.folder, env: this.env, detached: true });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) child[name].on("data", (text) => (texts[name] += String(text)));
    const end = new Promise<CommandOutput>((resolve) => {
      child.once("close", (code) => resolve({ code: code ?? 1, ...texts }));
    });
    return { interrupt: () => process.kill(-(child.pid ?? 0), "SIGINT"), end };
  }

  /** Types `mlflow-rollout` where there is no terminal. */
  mlflowRollout(...args: readonly string[]): Promise<CommandOutput> {
    return this.run(process.execPath, [COMMAND, ...args, "--stack", STACK]);
  }

  private run(command: string, args: readonly string[]): Promise<CommandOutput> {
    return new Promise((resolve) => {
      const options = { cwd: this.folder, env: this.env, maxBuffer: 2 ** 26 };
      const child = execFile(command, args, options, (_, stdout, stderr) => {
        resolve({ code: child.exitCode ?? 1, stdout, stderr });
      });
      child.stdin?.end();
    });
  }
}
