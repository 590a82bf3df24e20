import { isDeepStrictEqual } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint, readRollout } from "../../components";
import type { ProgressiveMlflowEndpointArgs } from "../../components";
import { PREVIEWED_AT, SERVING_SINCE } from "../../prove/inputs/badInput";
import type { BadInput, Values } from "../../prove/inputs/badInput";
import { SERVING, badConfig } from "../../prove/inputs/serving";
import { textOf } from "./configText";
import { NOT_FOUND } from "./mockedAzure";
import type { Answers } from "./mockedAzure";
import { mockRun, settle } from "./mocks";
import type { MockedRun, Registered } from "./mocks";
import { EXAMPLE } from "../../driver/paths";

const PROJECT = "project";

interface Given {
  readonly config: Values;
  readonly args?: Values | undefined;
  readonly now: string;
  readonly answers?: Answers;
}

let servingRun: Promise<MockedRun> | undefined;

/** What is said of a bad input by the program and the hooks of its resources, against a mocked engine and Azure. */
export async function refusalOf(bad: BadInput): Promise<string> {
  const serving = await (servingRun ??= declare({ config: SERVING, now: SERVING_SINCE }));
  const { tags } = parametersOf(serving.resource("heart-traffic"));
  const answers = answersOf(bad.live ?? (SERVING["traffic"] as Values), tags, serving.children);
  try {
    const now = bad.now ?? PREVIEWED_AT;
    const run = await declare({ config: badConfig(bad), args: bad.args, now, answers });
    for (const resource of run.children) await runHooks(run, resource, serving.children);
    return "nothing";
  } catch (error) {
    return (error as Error).message;
  }
}

/** Runs the example's program against the mocks. */
async function declare({ config, args, now, answers }: Given): Promise<MockedRun> {
  const run = await mockRun(answers);
  const texts = Object.keys(config).map((key) => [`${PROJECT}:${key}`, textOf(config, key) ?? ""]);
  pulumi.runtime.setAllConfig(Object.fromEntries(texts) as Record<string, string>);
  process.env["MLFLOW_ROLLOUT_NOW"] = now;
  process.chdir(EXAMPLE);
  try {
    const { versions = {}, ...rollout } = readRollout(new pulumi.Config(PROJECT));
    const model = { name: "heart-classifier", versions };
    const all = { ...rollout, resourceGroupName: "rg-heart", model, authMode: "Key", ...args };
    const { urn } = new ProgressiveMlflowEndpoint("heart", all as ProgressiveMlflowEndpointArgs);
    await settle(urn);
    return run;
  } finally {
    // A component that is refused is on its way to the engine, too.
    await run.settled();
    delete process.env["MLFLOW_ROLLOUT_NOW"];
    pulumi.runtime.setAllConfig({});
  }
}

/** As the engine does for a resource that is new or has changed. */
async function runHooks(run: MockedRun, resource: Registered, earlier: readonly Registered[]): Promise<void> {
  const before = earlier.find(({ name }) => name === resource.name);
  const { beforeCreate = [], beforeUpdate = [] } = resource.hooks;
  if (before === undefined) for (const hook of beforeCreate) await run.runHook(hook, resource.inputs);
  else if (!isDeepStrictEqual(before.inputs, resource.inputs)) {
    for (const hook of beforeUpdate) await run.runHook(hook, resource.inputs, before.inputs);
  }
}

/** Azure has what the serving run has declared. */
function answersOf(traffic: Values, tags: unknown, serving: readonly Registered[]): Answers {
  const properties = { authMode: "Key", publicNetworkAccess: "Enabled", traffic };
  const registered = serving.filter(({ type }) => type === "azure-native:machinelearningservices:ModelVersion");
  return {
    getOnlineEndpoint: { location: "westeurope", tags, properties },
    getOnlineDeployment: ({ deploymentName }) => {
      const declared = serving.find(({ name }) => name === `heart-deployment-${String(deploymentName)}`);
      if (declared === undefined) throw NOT_FOUND;
      const { sku, properties: settings } = declared.inputs;
      return { sku, properties: { ...Object(settings), provisioningState: "Succeeded" } };
    },
    getModelVersion: ({ version }) => {
      const declared = registered.find(({ inputs }) => inputs["version"] === version);
      if (declared === undefined) throw NOT_FOUND;
      return { id: `/versions/${String(version)}`, properties: Object(declared.inputs["properties"]) as Values };
    },
    getModelContainer: { properties: { latestVersion: String(registered.length) } },
  };
}

function parametersOf({ inputs }: Registered): Values {
  const { parameters } = inputs["properties"] as { parameters: Readonly<Record<string, { value: unknown }>> };
  return Object.fromEntries(Object.entries(parameters).map(([name, { value }]) => [name, value]));
}
