import { textAt } from "../../driver/azureClient";
import type { Answer } from "../../driver/azureClient";
import { operationOf } from "./armClient";
import { EndpointClient } from "./endpointClient";
import type { Connection } from "./connection";
import { deleteUploads, registerModel } from "./models";
import { DEPLOYMENTS, Target } from "./target";

/** Creates the endpoint that semantics run on; removes everything again if that fails. */
export async function createTarget(connection: Connection, name: string): Promise<Target> {
  const workspace = await new EndpointClient(connection, name, "").read(connection.workspace);
  const client = new EndpointClient(connection, name, textAt(workspace.body, "location"));
  try {
    return await create(client);
  } catch (error) {
    const left = await remove(client, [client.endpoint]);
    const reasons = [String(error), ...left.map((text) => `left behind: ${text}`)];
    throw new Error(reasons.join("\n"), { cause: error });
  }
}

/** Deletes everything created for a target; returns what could not be deleted, with the reason. */
export function removeTarget(target: Target): Promise<readonly string[]> {
  return remove(target, [...target.spareEndpoints, target.endpoint]);
}

async function create(client: EndpointClient): Promise<Target> {
  for (const [version, name] of Object.entries(DEPLOYMENTS)) await registerModel(client, version, name);
  const endpoint = await started(client, client.endpoint, client.endpointBody());
  const deployment = await started(client, client.deployment("blue"), client.deploymentBody("1"));
  await client.succeed("PUT", client.deployment("green"), client.deploymentBody("2"));
  return new Target(client, {
    endpoint: endpoint.first,
    endpointPoll: endpoint.poll,
    endpointEnd: endpoint.end,
    deployment: deployment.first,
    deploymentPoll: deployment.poll,
    unweighted: await client.read(client.endpoint),
  });
}

/** A PUT with the first and last poll of its operation. */
async function started(
  client: EndpointClient,
  path: string,
  body: object,
): Promise<Record<"first" | "poll" | "end", Answer>> {
  const first = await client.arm("PUT", path, body);
  const operation = operationOf(first);
  if (operation === undefined) throw new Error(`PUT ${path} starts no operation: ${JSON.stringify(first.body)}`);
  const poll = await client.arm("GET", operation);
  const end = await client.finish(first);
  const state = textAt((await client.read(path)).body, "properties.provisioningState");
  if (state !== "Succeeded") throw new Error(`PUT ${path} ends ${state}: ${JSON.stringify(end.body)}`);
  return { first, poll, end };
}

async function remove(client: EndpointClient, endpoints: readonly string[]): Promise<readonly string[]> {
  const left: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
    } catch (error) {
      left.push(`${what}: ${String(error)}`);
    }
  };
  const { body } = await client.arm("GET", `${client.model}/versions`);
  const versions = (body as { value?: readonly { id: string }[] }).value ?? [];
  for (const id of [...endpoints, ...versions.map((version) => version.id), client.model]) {
    await attempt(id, () => client.delete(id));
  }
  await attempt(client.template, () => client.delete(client.template));
  await attempt(`blobs ${client.name}/`, () => deleteUploads(client));
  return left;
}
