import { getClientConfig } from "@pulumi/azure-native/authorization/getClientConfig";
import { getClientToken } from "@pulumi/azure-native/authorization/getClientToken";
import { OnlineDeployment } from "@pulumi/azure-native/machinelearningservices/onlineDeployment";
import { OnlineEndpoint } from "@pulumi/azure-native/machinelearningservices/onlineEndpoint";
import { resourcesOf, nameIn, textIn } from "../stack/exportedStack";
import type { ExportedStack } from "../stack/exportedStack";
import { withScratchStack } from "../stack/scratchStack";
import { armReaderWith } from "../../components/azure/armReaderWith";
import { isMap } from "../../components/values/shape";
import type { EndpointId } from "./endpointId";
import type { Service } from "./service";
import type { StackSettings } from "../stack/stackSettings";
import { isSameName } from "../../components/values/sameName";
import { API_QUERY } from "../../components/azure/apiVersion";

const ENDPOINT_TYPE = "azure-native:machinelearningservices:OnlineEndpoint";
const DEPLOYMENT_TYPE = "azure-native:machinelearningservices:OnlineDeployment";
const PROVIDER_TYPE = "pulumi:providers:azure-native";

/** The documents of the endpoint and its deployments. */
type Documents = Pick<Service, "endpoint" | "deployments">;

/**
 * Reads an endpoint with the provider that the stack uses and its credentials. It runs in a temporary stack that only
 * reads.
 *
 * @throws Error when there is no such endpoint, or the provider of the stack cannot read it
 */
export async function readService(id: EndpointId, settings: StackSettings): Promise<Service> {
  let found: Documents | undefined;
  let failure: unknown;
  const program = async (): Promise<void> => {
    // A throw here would be reported with the stack trace of the program.
    found = await readAll(id).catch((error: unknown) => void (failure = error));
  };
  return withScratchStack({ settings, program }, async (stack) => {
    await stack.up();
    if (found === undefined) throw failure;
    const exported = (await stack.exportStack()) as unknown as ExportedStack;
    return { id, ...found, ...readByProvider(exported) };
  });
}

async function readAll(id: EndpointId): Promise<Documents> {
  const { subscriptionId } = await getClientConfig();
  if (!isSameName(subscriptionId, id.subscriptionId))
    throw new Error(
      `the endpoint is in subscription ${id.subscriptionId}, and the stack is set to ${subscriptionId}; ` +
        `"pulumi config set azure-native:subscriptionId ${id.subscriptionId}" sets it`,
    );
  const { token } = await getClientToken();
  const azure = armReaderWith(() => Promise.resolve(token));
  const endpoint = await azure.get(`${id.text}?${API_QUERY}`);
  if (!isMap(endpoint))
    throw new Error(`there is no endpoint ${id.endpointName} in workspace ${id.workspaceName} (${id.text})`);
  const deployments = (await azure.list(`${id.text}/deployments?${API_QUERY}`)).filter(isMap);
  OnlineEndpoint.get(nameIn(endpoint), textIn(endpoint, "id") ?? "");
  for (const deployment of deployments) OnlineDeployment.get(nameIn(deployment), textIn(deployment, "id") ?? "");
  return { endpoint, deployments };
}

function readByProvider(stack: ExportedStack): Pick<Service, "outputs" | "provider"> {
  const resources = resourcesOf(stack);
  const read = resources.filter(({ type }) => type === ENDPOINT_TYPE || type === DEPLOYMENT_TYPE);
  const provider = resources.find(({ type }) => type === PROVIDER_TYPE);
  if (provider === undefined) throw new Error("the provider left no state");
  return {
    outputs: new Map(read.map((resource) => [(resource.id ?? "").toLowerCase(), resource.outputs ?? {}])),
    provider,
  };
}
