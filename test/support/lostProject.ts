import { join } from "node:path";
import type { RecoveryResult } from "../../cli/recovery/recovery";
import { resourcesOf } from "../../cli/stack/exportedStack";
import type { ExportedStack, ResourceState } from "../../cli/stack/exportedStack";
import { EmptyProject } from "./emptyProject";
import { ENDPOINT, createWorkspace } from "../../driver/heartWorkspace";
import { TestAzure, valueAt } from "./localAzure";
import { writesOf } from "./rehearsal";
import { MODELS } from "../../driver/paths";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

/** What the program of the project declares; the name of a deployment decides which model it runs. */
export interface LostProgram {
  readonly traffic: Readonly<Record<string, number>>;
  readonly versions?: readonly ("1" | "2")[];
}

/** A project whose endpoint serves, and a state that forgets some of it. */
export class LostProject {
  private constructor(
    readonly azure: TestAzure,
    readonly project: EmptyProject,
  ) {}

  static async open(program: LostProgram): Promise<LostProject> {
    const azure = await TestAzure.start();
    await azure.clock({ speed: SPEED });
    await createWorkspace(azure);
    const lost = new LostProject(azure, await EmptyProject.open(azure.azure.env));
    lost.declare(program);
    await lost.must("up", "--yes", "--skip-preview");
    return lost;
  }

  async close(): Promise<void> {
    this.project.close();
    await this.azure.close();
  }

  declare({ traffic, versions = ["1", "2"] }: LostProgram): void {
    const args = {
      resourceGroupName: "heart",
      workspace: { existingName: "heart" },
      endpointName: "heart-classifier",
      model: {
        name: "heart-classifier",
        versions: Object.fromEntries(versions.map((v) => [v, { path: join(MODELS, v === "1" ? "blue" : "green") }])),
      },
      deployments: Object.fromEntries(
        Object.keys(traffic).map((name) => [name, { modelVersion: name === "blue" ? "1" : "2" }]),
      ),
      traffic,
    };
    this.project.write(
      "index.ts",
      `import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";\nnew ProgressiveMlflowEndpoint("heart", ${JSON.stringify(args)});\n`,
    );
  }

  /** Types a pulumi command that has to succeed. */
  async must(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.project.pulumi(...args);
    if (code !== 0) throw new Error(stdout + stderr);
    return stdout;
  }

  /** Takes resources out of the state, as a refresh that met a 404 does. */
  async forget(isLost: (resource: ResourceState) => boolean): Promise<void> {
    const stack = JSON.parse(await this.must("stack", "export")) as ExportedStack;
    const lost = new Set(
      resourcesOf(stack)
        .filter(isLost)
        .map(({ urn }) => urn),
    );
    const kept = (urns: readonly string[] = []): readonly string[] => urns.filter((urn) => !lost.has(urn));
    const resources = resourcesOf(stack)
      .filter(({ urn }) => !lost.has(urn))
      .map(({ deletedWith, ...resource }) => ({
        ...resource,
        ...(deletedWith !== undefined && !lost.has(deletedWith) && { deletedWith }),
        dependencies: kept(resource.dependencies),
        propertyDependencies: Object.fromEntries(
          Object.entries(resource.propertyDependencies ?? {}).map(([key, urns]) => [key, kept(urns)]),
        ),
      }));
    await this.import({ ...stack, deployment: { ...stack.deployment, resources } });
  }

  /** Changes resources of the state. */
  async change(edit: (resource: ResourceState) => ResourceState): Promise<void> {
    const stack = JSON.parse(await this.must("stack", "export")) as ExportedStack;
    await this.import({ ...stack, deployment: { ...stack.deployment, resources: resourcesOf(stack).map(edit) } });
  }

  /** What is written to Azure while the work is done. */
  async writes(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = await this.azure.trace("kind=arm");
    await work();
    return writesOf(await this.azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`));
  }

  /** Types `mlflow-rollout recover`, and tells what came of it: writes to Azure, weights, and the next preview. */
  async recover() {
    let result = { code: 0, stdout: "", stderr: "" };
    const writes = await this.writes(async () => {
      result = await this.project.mlflowRollout("recover", "--yes", "--skip-preview", "--json");
    });
    const { code, stdout, stderr } = result;
    const { changes } = stdout === "" ? { changes: [] } : (JSON.parse(stdout) as RecoveryResult);
    const preview = await this.project.pulumi("preview", "--expect-no-changes");
    const { body } = await this.azure.arm("GET", ENDPOINT);
    return {
      failure: code === 0 ? "" : stderr,
      changes: changes.map(({ action, urn }) => `${action} ${urn.split("::").at(-1) ?? ""}`),
      writes,
      isEmpty: preview.code === 0,
      traffic: valueAt(body, "properties.traffic"),
    };
  }

  /** Replaces the state. */
  async import(stack: object): Promise<void> {
    this.project.write("state.json", JSON.stringify(stack));
    await this.must("stack", "import", "--file", "state.json");
  }
}
