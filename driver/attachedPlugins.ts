import type { Engine } from "azure-mlflow-rollout-local";
import { AttachedPrograms } from "./attachedPrograms";
import { AttachedProviders } from "./attachedProviders";

/** All that an engine would start processes for, in this process: the providers, and the programs themselves. */
export class AttachedPlugins {
  private constructor(private readonly parts: readonly (AttachedProviders | AttachedPrograms)[]) {}

  /** @param env - what the processes would have */
  static async serve(env: NodeJS.ProcessEnv, plugins: Engine["plugins"]): Promise<AttachedPlugins> {
    const programs = await AttachedPrograms.serve(env);
    return new AttachedPlugins(plugins === "real" ? [programs] : [programs, await AttachedProviders.serve(env)]);
  }

  get env(): Readonly<Record<string, string>> {
    return Object.assign({}, ...this.parts.map(({ env }) => env)) as Record<string, string>;
  }

  close(): void {
    for (const part of this.parts) part.close();
  }
}
