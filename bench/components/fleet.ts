import type { AzureClient } from "../../driver/azureClient";
import { HeartStack } from "../../driver/stack";
import { programOf } from "./program";
import type { Weights } from "./program";

/** The component's own line and its traffic step. */
const STEP_OF_FIRST = /^update \S+ model-\d+-0(-traffic)?$/;

/** A stack of several components that serve, in a workspace that is there. */
export class Fleet {
  private constructor(
    readonly count: number,
    private readonly weights: Weights,
    private readonly azure: AzureClient,
    private readonly stack: HeartStack,
  ) {}

  static async open(count: number, azure: AzureClient): Promise<Fleet> {
    const weights = { candidate: 0 };
    const stack = await HeartStack.open(azure.azure.env, programOf(count, weights));
    await stack.up();
    return new Fleet(count, weights, azure, stack);
  }

  /** @returns seconds of a preview that has nothing to do */
  async preview(): Promise<number> {
    const [seconds, { steps }] = await timed(() => this.stack.preview());
    if (steps.length > 0) throw new Error(`the preview is not empty: ${steps.join(", ")}`);
    return seconds;
  }

  /** @returns seconds of an update in which the first component makes a step, and no other one does */
  async step(): Promise<number> {
    this.weights.candidate = (this.weights.candidate + 10) % 100;
    const [seconds, { steps }] = await timed(() => this.stack.up());
    const others = steps.filter((step) => !STEP_OF_FIRST.test(step));
    if (steps.length === 0 || others.length > 0) throw new Error(`the step did ${steps.join(", ")}`);
    return seconds;
  }

  /** Bytes of the state as Pulumi exports it. */
  async stateBytes(): Promise<number> {
    return JSON.stringify(await this.stack.stack.exportStack()).length;
  }

  /** How many requests Azure Resource Manager got while the work was done. */
  async armRequests(work: () => Promise<unknown>): Promise<number> {
    const before = (await this.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    await work();
    return (await this.azure.trace(`kind=arm&since=${before}`)).length;
  }

  close(): void {
    this.stack.close();
  }
}

async function timed<T>(work: () => Promise<T>): Promise<readonly [number, T]> {
  const started = performance.now();
  const result = await work();
  return [(performance.now() - started) / 1000, result];
}
