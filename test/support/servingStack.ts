import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import type { ComponentResourceOptions } from "@pulumi/pulumi";
import type { Stack } from "@pulumi/pulumi/automation";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import type { ProgressiveMlflowEndpointArgs } from "azure-mlflow-rollout";
import type { LocalAzureOptions, TraceEntry } from "azure-mlflow-rollout-local";
import { expect } from "vitest";
import { BLUE, GREEN } from "../../driver/article";
import { valueAt } from "../../driver/azureClient";
import { Callers } from "../../driver/callers";
import { documentedWrites } from "./liveTrafficTable";
import { Rehearsal, writesOf } from "./rehearsal";
import { ROOT } from "../../driver/paths";

type Args = Omit<ProgressiveMlflowEndpointArgs, "resourceGroupName">;

const execute = promisify(execFile);

/** A component of the program, by what differs from the one named `heart` that serves 90/10. */
export interface Declared extends Partial<Args> {
  readonly name?: string;
  readonly options?: ComponentResourceOptions;
}

/** A command of the engine. */
type Operation = (stack: Stack) => Promise<{ readonly stdout: string }>;

/** What a change did. */
export interface Outcome {
  readonly refused: boolean;
  /** What the engine printed, its error included. */
  readonly text: string;
  /** To endpoints, their deployments and the records of traffic steps. */
  readonly writes: readonly string[];
}

export const SERVED = { [BLUE]: 90, [GREEN]: 10 };
export const STEPPED = { [BLUE]: 80, [GREEN]: 20 };

const HEART: Args = {
  model: { name: "heart-classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } },
  deployments: { [BLUE]: { modelVersion: "1" }, [GREEN]: { modelVersion: "2" } },
  traffic: SERVED,
  authMode: "Key",
};

/** A stack on the real engine whose endpoint serves, with requests under way from then on. */
export class ServingStack {
  private constructor(
    readonly rehearsal: Rehearsal,
    private readonly program: { components: readonly Declared[] },
    private readonly callers: Callers,
  ) {}

  /** Declares components and brings them up; the first one's endpoint is called. */
  static async start(components: readonly Declared[] = [{}], options: LocalAzureOptions = {}): Promise<ServingStack> {
    const program = { components };
    const rehearsal = await Rehearsal.start(options, () => declareAll(program.components));
    await rehearsal.stack.up();
    return new ServingStack(rehearsal, program, await Callers.start(rehearsal));
  }

  /** What the program declares from now on. */
  declare(...components: readonly Declared[]): void {
    this.program.components = components;
  }

  async close(): Promise<void> {
    await this.callers.stop();
    await this.rehearsal.close();
  }

  /**
   * Makes a change that a test is named after and checks what holds for every one: no request is lost, each write of
   * the endpoint carries its weights, and the writes are those that `docs/live-traffic.md` names.
   */
  async change(make: Operation): Promise<Outcome> {
    const outcome = await this.run(make);
    expect(outcome.writes).toEqual(documentedWrites());
    return outcome;
  }

  /** As `change`, for what comes before or after the change itself. */
  async run(make: Operation): Promise<Outcome> {
    this.callers.take();
    const outcome = await this.observe(make);
    const { requests, lost } = this.callers.take();
    expect(requests).toBeGreaterThan(0);
    expect({ lost, unweighted: outcome.unweighted }).toEqual({ lost: 0, unweighted: [] });
    return outcome;
  }

  /** What a change does, even when requests are lost by it. */
  async observe(make: Operation): Promise<Outcome & { readonly unweighted: readonly unknown[] }> {
    let result = { refused: false, text: "" };
    const trace = await this.rehearsal.armTrace(async () => {
      result = await make(this.rehearsal.stack.stack).then(
        ({ stdout }) => ({ refused: false, text: stdout }),
        (error: Error) => ({ refused: true, text: error.message }),
      );
    });
    const writes = writesOf(trace).filter((write) => / (onlineEndpoints|deployments)\b/.test(write));
    return { ...result, writes, unweighted: endpointWrites(trace).filter((weights) => sum(weights) !== 100) };
  }

  /** The next `up`, which must find nothing to do. */
  async expectSettled(): Promise<void> {
    const { refused, text, writes } = await this.run((stack) => stack.up());
    expect({ refused, writes }).toEqual({ refused: false, writes: [] });
    expect(text).not.toMatch(/\d+ (created|updated|deleted|replaced)/);
  }

  /** A member of the endpoint as Azure has it. */
  async live(path: string): Promise<unknown> {
    const [endpoint] = await this.rehearsal.resources("/onlineEndpoints");
    return valueAt(endpoint, path);
  }

  /** Types a pulumi command that the Automation API has no method for. */
  pulumi(...args: readonly string[]): Promise<{ readonly stdout: string }> {
    const { pulumiCommand, workDir, envVars } = this.rehearsal.stack.stack.workspace;
    const env = { ...process.env, ...envVars };
    return execute(pulumiCommand.command, [...args, "--stack", "dev", "--yes"], { cwd: workDir, env });
  }

  /** Takes a resource out of the state, though it is protected, with what depends on it. */
  async forget(name: string): Promise<void> {
    await this.pulumi("state", "delete", "--force", "--target-dependents", await this.urn(name));
  }

  /** The URN of a resource of the state, by its name. */
  async urn(name: string): Promise<string> {
    const found = (await this.rehearsal.stack.resources()).find(({ urn }) => urn.endsWith(`::${name}`));
    if (found === undefined) throw new Error(`the state has no ${name}`);
    return found.urn;
  }
}

async function declareAll(components: readonly Declared[]): Promise<Record<string, unknown>> {
  process.chdir(join(ROOT, "examples", "heart-classifier"));
  const { name: resourceGroupName } = new ResourceGroup("heart-classifier");
  for (const { name = "heart", options = {}, ...args } of components) {
    void new ProgressiveMlflowEndpoint(name, { ...HEART, ...args, resourceGroupName }, options);
  }
  return {};
}

/** The weights in each write of the endpoint that is called. */
function endpointWrites(trace: readonly TraceEntry[]): readonly Readonly<Record<string, number>>[] {
  return trace
    .filter(({ method, path }) => method === "PUT" && /\/onlineEndpoints\/heart-classifier[^/]+$/.test(path))
    .map(({ body }) => (valueAt(body, "properties.traffic") ?? {}) as Record<string, number>);
}

function sum(weights: Readonly<Record<string, number>>): number {
  return Object.values(weights).reduce((total, weight) => total + weight, 0);
}
