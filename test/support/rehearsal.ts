import type { PulumiFn } from "@pulumi/pulumi/automation";
import type { LocalAzureOptions, TraceEntry } from "azure-mlflow-rollout-local";
import { BLUE, GREEN } from "../../driver/article";
import { HeartStack } from "../../driver/stack";
import { editedEndpoint } from "../../driver/editedEndpoint";
import { TestAzure, textAt } from "./localAzure";
import type { Answer } from "./localAzure";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;

/** Config of the project with both deployments of the article. */
export const BOTH = {
  modelVersions: { "1": "models/blue", "2": "models/green" },
  deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
};

type Document = Readonly<Record<string, unknown>>;

/** The heart-classifier project on the real engine and a local Azure, and what Azure saw of it. */
export class Rehearsal {
  private constructor(
    readonly azure: TestAzure,
    readonly stack: HeartStack,
  ) {}

  static async start(options: LocalAzureOptions = {}, program?: PulumiFn): Promise<Rehearsal> {
    const azure = await TestAzure.start(options);
    await azure.clock({ speed: SPEED });
    return new Rehearsal(azure, await HeartStack.open(azure.azure.env, program));
  }

  async close(): Promise<void> {
    this.stack.close();
    await this.azure.close();
  }

  /** What a client of Azure Resource Manager did while the work was done. */
  async armTrace(work: () => Promise<unknown>): Promise<readonly TraceEntry[]> {
    const before = await this.azure.trace("kind=arm");
    await work();
    return this.azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`);
  }

  resources(type: string): Promise<readonly Document[]> {
    return this.azure.resources(type);
  }

  liveTraffic(): Promise<unknown> {
    return this.azure.liveTraffic();
  }

  /** Changes the endpoint as somebody else would, who reads it and puts it back. */
  async editEndpoint(change: Document): Promise<Answer> {
    const [endpoint] = await this.resources("/onlineEndpoints");
    return this.azure.operate("PUT", textAt(endpoint, "id"), editedEndpoint(endpoint, change));
  }
}

/** The writes of a trace as `PUT onlineEndpoints/deployments`, in order; `via` marks those of a template deployment. */
export function writesOf(trace: readonly TraceEntry[]): readonly string[] {
  return trace
    .filter(({ method }) => /^(PUT|PATCH|DELETE)$/.test(method))
    .map(({ method, path, via }) => `${method} ${typeOf(path)}${via === undefined ? "" : " via"}`);
}

/** Resource types of a path below its provider, without the workspace. */
function typeOf(path: string): string {
  const [, below = path] = path.split("/providers/");
  const types = below.split("/").filter((_, index) => index % 2 === 1);
  return types.filter((type) => type !== "workspaces" || types.length === 1).join("/");
}
