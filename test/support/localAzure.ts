import type { LocalAzureOptions } from "azure-mlflow-rollout-local";
import { AzureClient } from "../../driver/azureClient";
import { startObservedAzure } from "./observed";

export { textAt, valueAt } from "../../driver/azureClient";
export type { Answer } from "../../driver/azureClient";

/** A local Azure whose clock moves only when a test moves it, and whose exchanges are checked against the specification. */
export class TestAzure extends AzureClient {
  static async start(options: LocalAzureOptions = {}): Promise<TestAzure> {
    const test = new TestAzure(await startObservedAzure(options));
    await test.clock({ freeze: true });
    return test;
  }
}
