import { resources } from "@pulumi/azure-native";
import { ProgressiveMlflowEndpoint, readRollout } from "azure-mlflow-rollout";
import type { ProgressiveMlflowEndpointArgs } from "azure-mlflow-rollout";
import { startLocalAzure } from "azure-mlflow-rollout-local";
import { HeartStack } from "../../driver/stack";
import { AzureClient, textAt, valueAt } from "../../driver/azureClient";
import { PREVIEWED_AT, SERVING_SINCE, expectedErrors } from "./badInput";
import type { BadInput, Values } from "./badInput";
import { SERVING, badConfig } from "./serving";
import { EXAMPLE } from "../../driver/paths";

/** Virtual seconds in one real second: operations of minutes end at once. */
const SPEED = 100_000;
const WRITES = /^(PUT|PATCH|POST|DELETE)$/;
/** A frame of a stack trace. */
const FRAME = /^\s+at .*:\d+:\d+/m;

/** A serving stack of the heart-classifier project on the real engine, on which bad inputs are previewed. */
export class BadInputStack {
  private args: Values = {};
  private secrets: readonly string[] = [];

  private constructor(
    private readonly azure: AzureClient,
    private readonly stack: HeartStack,
  ) {}

  static async start(): Promise<BadInputStack> {
    const azure = new AzureClient(await startLocalAzure({ speed: SPEED }));
    const program = (): Promise<Record<string, unknown>> => inputs.program();
    const inputs = new BadInputStack(azure, await HeartStack.open(azure.azure.env, program));
    inputs.stack.configure(SERVING);
    await at(SERVING_SINCE, () => inputs.stack.up());
    inputs.secrets = await inputs.readSecrets();
    return inputs;
  }

  async close(): Promise<void> {
    this.stack.close();
    await this.azure.close();
  }

  /** Previews a bad input. @returns the problems, one line each */
  async check(bad: BadInput): Promise<readonly string[]> {
    const served = await this.endpoint();
    if (bad.live !== undefined) await this.setLive(served, bad.live);
    const before = await this.endpoint();
    const seen = (await this.azure.trace("kind=arm")).at(-1)?.seq ?? 0;
    const said = await this.refusal(bad);
    const writes = (await this.azure.trace(`kind=arm&since=${seen}`)).filter(({ method }) => WRITES.test(method));
    const after = await this.endpoint();
    if (bad.live !== undefined) await this.setLive(served, valueAt(served, "properties.traffic"));
    return [
      ...differences(errorsIn(said), expectedErrors(bad)),
      ...(writes.length === 0 ? [] : [`it writes ${writes.map(({ method, path }) => `${method} ${path}`).join(", ")}`]),
      ...(JSON.stringify(before) === JSON.stringify(after) ? [] : ["the endpoint has changed"]),
      ...(FRAME.test(said) ? ["it shows a stack trace"] : []),
      ...(this.secrets.some((secret) => said.includes(secret)) ? ["it shows a secret"] : []),
    ];
  }

  /** The terminal output of a refused preview. */
  private async refusal(bad: BadInput): Promise<string> {
    this.stack.configure(badConfig(bad));
    this.args = bad.args ?? {};
    return at(bad.now ?? PREVIEWED_AT, async () => {
      try {
        await this.stack.preview();
        return "nothing: the preview succeeds";
      } catch (error) {
        return (error as Error).message;
      } finally {
        this.args = {};
      }
    });
  }

  /** The example's program with the arguments of the bad input. */
  private program(): Promise<Record<string, unknown>> {
    process.chdir(EXAMPLE);
    const { versions = {}, ...rollout } = readRollout();
    const { name: resourceGroupName } = new resources.ResourceGroup("heart-classifier");
    const model = { name: "heart-classifier", versions };
    const args = { ...rollout, resourceGroupName, model, authMode: "Key", ...this.args };
    const { endpointName } = new ProgressiveMlflowEndpoint("heart", args as ProgressiveMlflowEndpointArgs);
    return Promise.resolve({ endpointName });
  }

  private async endpoint(): Promise<Values> {
    const { body } = await this.azure.send("GET", "/_local/state");
    const all = valueAt(body, "resources") as readonly Values[];
    return all.find(({ type }) => String(type).endsWith("/onlineEndpoints")) ?? {};
  }

  private async readSecrets(): Promise<readonly string[]> {
    const { body } = await this.azure.arm("POST", `${String((await this.endpoint())["id"])}/listKeys`);
    const { ARM_CLIENT_SECRET } = this.azure.azure.env;
    return [textAt(body, "primaryKey"), textAt(body, "secondaryKey"), ARM_CLIENT_SECRET ?? ""].filter(
      (secret) => secret !== "",
    );
  }

  /** Sets the live weights as somebody else would. */
  private async setLive(endpoint: Values, traffic: unknown): Promise<void> {
    const properties = endpoint["properties"] as Values;
    await this.azure.operate("PUT", String(endpoint["id"]), { ...endpoint, properties: { ...properties, traffic } });
  }
}

/** Runs with a fixed time for the component. */
async function at<T>(now: string, work: () => Promise<T>): Promise<T> {
  process.env["MLFLOW_ROLLOUT_NOW"] = now;
  try {
    return await work();
  } finally {
    delete process.env["MLFLOW_ROLLOUT_NOW"];
  }
}

/** The errors in the terminal output, each once and with all its lines; generated names end in `*`. */
function errorsIn(said: string): readonly string[] {
  const plain = said
    .replaceAll(/\bheart-classifier(-?)[a-z0-9]{5,8}\b/g, "heart-classifier$1*")
    .replaceAll(/\bmlw-[a-z0-9]{5}\b/g, "mlw-*");
  const [, diagnostics] = plain.split("\nDiagnostics:\n");
  if (diagnostics === undefined) return [...new Set(plain.match(/(?<=^error: ).*$/gm))];
  const errors = [...diagnostics.matchAll(/^ {4}error: (.*(?:\n {6}.*)*)/gm)];
  const texts = [...new Set(errors.map(([, text = ""]) => text.replaceAll(/^ {4}/gm, "")))];
  // The component's hook repeats what the constructor throws.
  return texts.filter((text) => !texts.some((other) => other.endsWith(`failed: ${text}`)));
}

/** Unexpected and missing errors. */
function differences(is: readonly string[], should: readonly string[]): readonly string[] {
  return [
    ...is.filter((error) => !should.includes(error)).map((error) => `it says: ${error}`),
    ...should.filter((error) => !is.includes(error)).map((error) => `it does not say: ${error}`),
  ];
}
