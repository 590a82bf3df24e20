import { startLocalAzure } from "azure-mlflow-rollout-local";
import { BLUE, GREEN } from "../../driver/article";
import { HeartStack } from "../../driver/stack";
import { AzureClient, valueAt } from "../../driver/azureClient";
import { declareHeart } from "./program";
import type { Declared } from "./program";

type Document = Readonly<Record<string, unknown>>;
type Weights = Readonly<Record<string, number>>;

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;
export interface Outcome {
  readonly exit: number;
  readonly text: string;
}

/** An endpoint that serves, and its stack on the real engine. */
export class FaultTestbed {
  declared: Declared = { traffic: { [BLUE]: 90, [GREEN]: 10 } };
  private openStack: HeartStack | undefined;

  private constructor(readonly azure: AzureClient) {}

  static async start(): Promise<FaultTestbed> {
    const testbed = new FaultTestbed(new AzureClient(await startLocalAzure()));
    await testbed.run();
    testbed.openStack = await HeartStack.open(testbed.azure.azure.env, () =>
      Promise.resolve(declareHeart(testbed.declared)),
    );
    await testbed.stack.up();
    return testbed;
  }

  get stack(): HeartStack {
    if (this.openStack === undefined) throw new Error("the testbed is not open");
    return this.openStack;
  }

  async close(): Promise<void> {
    this.stack.close();
    await this.azure.close();
  }

  /** Lets Azure's clock run. */
  async run(): Promise<void> {
    await this.azure.clock({ speed: SPEED });
  }

  async preview(): Promise<void> {
    await this.stack.preview();
  }

  /** `pulumi up`, however it ends. */
  async up({ refresh = false } = {}): Promise<Outcome> {
    let text = "";
    try {
      await this.stack.stack.up({ onOutput: (part) => (text += part), color: "never", refresh });
      return { exit: 0, text };
    } catch (error) {
      return { exit: Number(/\bexit code (\d+)/.exec(String(error))?.[1] ?? -1), text };
    }
  }

  async resources(type: string): Promise<readonly Document[]> {
    const { body } = await this.azure.send("GET", "/_local/state");
    return (valueAt(body, "resources") as readonly Document[]).filter((document) =>
      String(document["type"]).endsWith(type),
    );
  }

  async endpoint(): Promise<Document | undefined> {
    const [endpoint] = await this.resources("/onlineEndpoints");
    return endpoint;
  }

  /** ARM id of the endpoint. */
  async endpointId(): Promise<string> {
    return String((await this.endpoint())?.["id"]);
  }

  /** The live weights above 0; undefined when there is no endpoint. */
  async live(): Promise<Weights | undefined> {
    const endpoint = await this.endpoint();
    if (endpoint === undefined) return undefined;
    return withoutZeros((valueAt(endpoint, "properties.traffic") ?? {}) as Weights);
  }

  /** Sets the weights as a portal user does. */
  async setWeights(traffic: Weights): Promise<void> {
    const endpoint = await this.endpoint();
    const properties = { ...(valueAt(endpoint, "properties") as Document), traffic };
    await this.azure.operate("PUT", await this.endpointId(), { ...endpoint, properties });
  }
}

export function withoutZeros(weights: Weights): Weights {
  return Object.fromEntries(Object.entries(weights).filter(([, weight]) => weight > 0));
}
