import type { OpenRollout } from "../../cli/stack/openRollout";
import { Pulumi } from "../../cli/stack/pulumi";
import { StackFile } from "../../cli/stack/stackFile";
import type { ResourceState } from "../../cli/stack/exportedStack";
import { ENDPOINT_ID, exportedStack, resourceState } from "./exportedStack";

const ENDPOINT_TYPE = "azure-native:machinelearningservices:OnlineEndpoint";

export interface AzureRolloutParts {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly provider?: ResourceState;
  readonly endpointId?: string;
  readonly signal?: AbortSignal;
}

/** A rollout as a command opens it, whose endpoint was written with a provider. */
export function azureRollout({ cwd, env, provider, endpointId = ENDPOINT_ID, signal }: AzureRolloutParts): OpenRollout {
  const own = provider && { provider: `${provider.urn}::${provider.id ?? ""}` };
  const endpoint = resourceState(ENDPOINT_TYPE, "heart-endpoint", { id: endpointId, ...own });
  return {
    cwd,
    pulumi: new Pulumi(cwd, env, signal),
    place: { name: "dev", fullName: "organization/heart/dev", backendUrl: `file://${cwd}` },
    state: exportedStack([], provider === undefined ? [endpoint] : [provider, endpoint]),
    component: { name: "heart", urn: "urn:pulumi:dev::heart::c::heart", inputs: {}, outputs: {}, endpointId },
    file: StackFile.read(cwd, "heart", "dev"),
    namespace: "heart",
    declared: { deployments: {} },
  };
}

/** A provider that a program declares, as a state has it. */
export function ownProvider(inputs: Readonly<Record<string, unknown>>): ResourceState {
  return {
    urn: "urn:pulumi:dev::heart::pulumi:providers:azure-native::prod",
    type: "pulumi:providers:azure-native",
    custom: true,
    id: "own-id",
    inputs: { version: "3.28.0", ...inputs },
  };
}
