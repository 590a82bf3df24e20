import { ResourceGroup } from "@pulumi/azure-native/resources/resourceGroup";
import { mergeOptions } from "@pulumi/pulumi";
import type { Output, ResourceTransform } from "@pulumi/pulumi";
import { ProgressiveMlflowEndpoint } from "azure-mlflow-rollout";
import { BLUE } from "../../driver/article";
import { EXAMPLE } from "../../driver/paths";

type Weights = Readonly<Record<string, number>>;

/** Long enough for one more read or try. */
const VERIFY_SECONDS = 6;
const DEADLINE = "5s";

/** What the program declares. */
export interface Declared {
  readonly traffic: Weights;
  readonly acceptLive?: Weights;
  /** Whether the operations have a short deadline. */
  readonly deadline?: boolean;
}

/** The program of the testbed. */
export function declareHeart({ traffic, acceptLive, deadline = false }: Declared): { endpointName: Output<string> } {
  process.chdir(EXAMPLE);
  const { name: resourceGroupName } = new ResourceGroup("heart-classifier");
  const deployments = Object.keys(traffic).map((name) => [name, { modelVersion: name === BLUE ? "1" : "2" }] as const);
  const { endpointName } = new ProgressiveMlflowEndpoint(
    "heart",
    {
      resourceGroupName,
      model: { name: "heart-classifier", versions: { "1": { path: "models/blue" }, "2": { path: "models/green" } } },
      deployments: Object.fromEntries(deployments),
      traffic,
      ...(acceptLive && { acceptLive }),
      policy: { verifyTimeoutSeconds: VERIFY_SECONDS },
      authMode: "Key",
    },
    { transforms: deadline ? [withDeadline] : [] },
  );
  return { endpointName };
}

const withDeadline: ResourceTransform = ({ props, opts }) => ({
  props,
  opts: mergeOptions(opts, { customTimeouts: { create: DEADLINE, update: DEADLINE } }),
});
