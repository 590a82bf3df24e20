import { join } from "node:path";
import { EmptyProject } from "./emptyProject";
import type { CommandOutput } from "./project";
import { writesOf } from "./rehearsal";
import { TestAzure } from "./localAzure";
import type { RolloutView } from "../../cli/view/rolloutView";
import { createWorkspace } from "../../driver/heartWorkspace";
import { MODELS } from "../../driver/paths";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

const PROGRAM = `import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
const { versions = {}, ...rollout } = readRollout();
new ProgressiveMlflowEndpoint("heart", {
  ...rollout,
  resourceGroupName: "heart",
  workspace: { existingName: "heart" },
  endpointName: "heart-classifier",
  model: { name: "heart-classifier", versions },
  authMode: "Key",
});
`;

/** A user at a terminal with a project on a local Azure, whose rollout is looked at. */
export class StatusSession {
  private constructor(
    readonly azure: TestAzure,
    readonly project: EmptyProject,
  ) {}

  static async open(): Promise<StatusSession> {
    const azure = await TestAzure.start();
    const session = new StatusSession(azure, await EmptyProject.open(azure.azure.env));
    await session.hurry();
    await createWorkspace(azure);
    session.project.write("index.ts", PROGRAM);
    session.configure({ deployments: { "model-1": { modelVersion: "1" } } });
    return session;
  }

  async close(): Promise<void> {
    this.project.close();
    await this.azure.close();
  }

  /** Lets the clock of Azure run fast, or stand still. */
  async hurry(speed = SPEED): Promise<void> {
    await this.azure.clock(speed === 0 ? { freeze: true } : { speed });
  }

  /** What stack config says of the rollout, instead of what it said before. */
  configure(values: Readonly<Record<string, unknown>>): void {
    const modelVersions = { "1": join(MODELS, "blue"), "2": join(MODELS, "green") };
    const lines = Object.entries({ modelVersions, ...values }).map(
      ([key, value]) => `  heart:${key}: ${JSON.stringify(value)}\n`,
    );
    this.project.configure(lines.join(""));
  }

  up(): Promise<CommandOutput> {
    return this.project.pulumi("up", "--yes", "--skip-preview");
  }

  /** Types `mlflow-rollout status`. */
  async status(...flags: readonly string[]): Promise<{ readonly code: number; readonly text: string }> {
    const { code, stdout, stderr } = await this.project.mlflowRollout("status", ...flags);
    return { code, text: stdout + stderr };
  }

  async view(): Promise<RolloutView> {
    const { stdout, stderr } = await this.project.mlflowRollout("status", "--json");
    if (stdout === "") throw new Error(stderr);
    return JSON.parse(stdout) as RolloutView;
  }

  /** What is written to Azure while the work is done. */
  async writesWhile(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = await this.azure.trace("kind=arm");
    await work();
    return writesOf(await this.azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`));
  }
}
