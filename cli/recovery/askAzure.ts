import { randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Variables } from "../stack/environment";
import type { ExportedStack } from "../stack/exportedStack";
import { placeOf } from "../stack/exportedStack";
import type { Lookup } from "./lookups";
import { Pulumi } from "../stack/pulumi";
import { answersOf, scratchStack } from "./scratch";
import type { Answers } from "./scratch";

export interface AskingOptions {
  /** Variables of the stack's environments, on top of the user's own. */
  readonly variables: Variables;
  readonly signal: AbortSignal;
}

/** A stack in a temporary backend whose refresh reads resources from Azure; see {@link scratchStack}. */
export class AzureQuestion {
  private constructor(
    private readonly folder: string,
    private readonly name: string,
    private readonly lookups: readonly Lookup[],
    private readonly pulumi: Pulumi,
  ) {}

  /** @param stack - export of the real stack, with its secrets in plain text */
  static async prepare(
    stack: ExportedStack,
    lookups: readonly Lookup[],
    { variables, signal }: AskingOptions,
  ): Promise<AzureQuestion> {
    const [first] = lookups;
    if (first === undefined) throw new Error("there is nothing to look up");
    const { stack: name, project } = placeOf(first.operation.resource);
    const folder = mkdtempSync(join(tmpdir(), "mlflow-rollout-recover-"));
    writeFileSync(join(folder, "Pulumi.yaml"), `name: ${project}\nruntime: nodejs\n`);
    const question = new AzureQuestion(
      folder,
      name,
      lookups,
      new Pulumi(folder, scratchEnv(folder, variables), signal),
    );
    try {
      await question.type(["stack", "init", "--no-select"]);
      const empty = await question.export();
      await question.type(["stack", "import"], JSON.stringify(scratchStack(empty, stack, lookups)));
      return question;
    } catch (error) {
      question.close();
      throw error;
    }
  }

  /** Reads all resources once. */
  async ask(): Promise<Answers> {
    await this.type(["refresh", "--yes", "--skip-preview"]);
    return answersOf(await this.export(), this.lookups);
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async export(): Promise<ExportedStack> {
    return JSON.parse(await this.type(["stack", "export", "--show-secrets"])) as ExportedStack;
  }

  private type(args: readonly string[], input?: string): Promise<string> {
    return this.pulumi.must([...args, "--stack", this.name, "--non-interactive"], input);
  }
}

/** The user's environment, for its credentials, with a separate backend and passphrase. */
function scratchEnv(folder: string, variables: Variables): NodeJS.ProcessEnv {
  const backend = join(folder, "state");
  mkdirSync(backend);
  const { PULUMI_CONFIG_PASSPHRASE_FILE: _, PULUMI_STACK: __, ...env } = process.env;
  return {
    ...env,
    ...variables,
    PULUMI_BACKEND_URL: `file://${backend}`,
    PULUMI_CONFIG_PASSPHRASE: randomUUID(),
    // Newer engines can run the program during a refresh; there is no program here.
    PULUMI_RUN_PROGRAM: "false",
  };
}
