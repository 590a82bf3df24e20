import { ProgressiveMlflowEndpoint } from "../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import type { LocalAzureOptions, TraceEntry } from "azure-mlflow-rollout-local";
import { WORKSPACE, createWorkspace, armIdOf, registerModel } from "../../driver/heartWorkspace";
import { Rehearsal } from "./rehearsal";

type Changes = {
  readonly [key in keyof ProgressiveMlflowEndpointArgs]?: ProgressiveMlflowEndpointArgs[key] | undefined;
};

/** The component in an adopted workspace with both models registered, on the real engine, with arguments that change. */
export class AdoptedHeart {
  private constructor(
    readonly rehearsal: Rehearsal,
    private args: ProgressiveMlflowEndpointArgs,
  ) {}

  static async start(options: LocalAzureOptions = {}): Promise<AdoptedHeart> {
    let heart: AdoptedHeart | undefined;
    const rehearsal = await Rehearsal.start(options, () => {
      const component = heart && new ProgressiveMlflowEndpoint("heart", heart.args);
      const { traffic, principalId, keySecretUri } = component ?? {};
      return Promise.resolve({ traffic, principalId, ...(heart?.args.keySecret && { keySecretUri }) });
    });
    await createWorkspace(rehearsal.azure);
    await registerModel(rehearsal.azure, "1", "blue");
    await registerModel(rehearsal.azure, "2", "green");
    const id = (version: string) => ({
      id: armIdOf(rehearsal.azure, `${WORKSPACE}/models/heart-classifier/versions/${version}`),
    });
    heart = new AdoptedHeart(rehearsal, {
      resourceGroupName: "heart",
      workspace: { existingName: "heart" },
      endpointName: "heart-classifier",
      model: { name: "heart-classifier", versions: { "1": id("1"), "2": id("2") } },
      deployments: {},
    });
    return heart;
  }

  close(): Promise<void> {
    return this.rehearsal.close();
  }

  /** What the program declares from now on; undefined leaves an argument out. */
  declare(changes: Changes): void {
    this.args = { ...this.args, ...changes } as ProgressiveMlflowEndpointArgs;
  }

  /** Runs `pulumi up` and gives the writes that Azure saw. */
  async up(): Promise<readonly TraceEntry[]> {
    return writes(await this.rehearsal.armTrace(() => this.rehearsal.stack.up()));
  }

  /** Runs `pulumi up` without deletion protection, then `pulumi destroy`, and gives the writes of the latter. */
  async destroy(): Promise<readonly TraceEntry[]> {
    this.declare({ deletionProtection: false });
    await this.up();
    return writes(await this.rehearsal.armTrace(() => this.rehearsal.stack.destroy()));
  }
}

/** The bodies that were put at the end of a path. */
export function bodiesAt(trace: readonly TraceEntry[], end: string): readonly unknown[] {
  return trace.filter(({ method, path }) => method === "PUT" && path.endsWith(end)).map(({ body }) => body);
}

/** The writes of a trace by the last type of their path, so an extension is not taken for what it stands on. */
export function lastTypesOf(trace: readonly TraceEntry[]): readonly string[] {
  return trace.map(({ method, path }) => `${method} ${path.split("/").at(-2) ?? ""}`);
}

function writes(trace: readonly TraceEntry[]): readonly TraceEntry[] {
  return trace.filter(({ method }) => /^(PUT|PATCH|DELETE)$/.test(method));
}
