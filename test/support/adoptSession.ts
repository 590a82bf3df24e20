import type { AdoptionResult } from "../../cli/adoption/adoption";
import { createAzEndpoint } from "./azEndpoint";
import type { AzTraffic } from "./azEndpoint";
import { EmptyProject } from "./emptyProject";
import { ENDPOINT, armIdOf } from "../../driver/heartWorkspace";
import { TestAzure } from "./localAzure";
import { writesOf } from "./rehearsal";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;
/** What a command may take on a machine with much else to do. */
export const TIMEOUT_MS = 180_000;
/** The writes of a traffic step. */
export const STEP = ["PUT deployments", "PUT onlineEndpoints via"];

/** A user at a terminal, with an empty project and an endpoint that `az` made on a local Azure. */
export class AdoptSession {
  private constructor(
    readonly azure: TestAzure,
    readonly project: EmptyProject,
  ) {}

  static async open(weights: AzTraffic): Promise<AdoptSession> {
    const azure = await TestAzure.start();
    await azure.clock({ speed: SPEED });
    await createAzEndpoint(azure, weights);
    return new AdoptSession(azure, await EmptyProject.open(azure.azure.env));
  }

  async close(): Promise<void> {
    this.project.close();
    await this.azure.close();
  }

  get endpointId(): string {
    return armIdOf(this.azure, ENDPOINT);
  }

  /** Types `mlflow-rollout adopt`, and reads what it prints for a machine. */
  async adopt(...flags: readonly string[]) {
    const args = ["adopt", "--endpoint-id", this.endpointId, "--json", ...flags];
    const { code, stdout, stderr } = await this.project.mlflowRollout(...args);
    return { code, stderr, result: stdout === "" ? undefined : (JSON.parse(stdout) as AdoptionResult) };
  }

  /** Types a pulumi command that has to succeed. */
  async must(...args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.project.pulumi(...args);
    if (code !== 0) throw new Error(stdout + stderr);
    return stdout;
  }

  /** Sets weights in the config of the stack. */
  async weigh(weights: Readonly<Record<string, number>>): Promise<void> {
    for (const [name, weight] of Object.entries(weights))
      await this.must("config", "set", "--path", `traffic.${name}`, String(weight));
  }

  /** What is written to Azure meanwhile. */
  async writesWhile(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = await this.azure.trace("kind=arm");
    await work();
    return writesOf(await this.azure.trace(`kind=arm&since=${before.at(-1)?.seq ?? 0}`));
  }

  /** The endpoint as Azure has it. */
  async endpoint(): Promise<unknown> {
    return (await this.azure.arm("GET", ENDPOINT)).body;
  }
}
