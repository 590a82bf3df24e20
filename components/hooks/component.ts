import * as pulumi from "@pulumi/pulumi";
import { checkFixed, checkGround, checkModelName } from "../rollout/fixed";
import { checkInitialWeight } from "../rollout/initialWeight";
import type { Ground, NamedModel } from "../rollout/fixed";
import { isMap, at } from "../values/shape";
import type { Violation } from "../values/violation";
import { findEndpoint, planLive, readEarly } from "./context";
import type { RolloutContext } from "./context";
import type { HookInputs, Inputs } from "./hookInputs";
import { checkLiveModels } from "./contracts";
import { parseEndpointId, segmentOf } from "../azure/ids";
import type { EndpointPath } from "../azure/ids";
import type { LiveEndpoint } from "../azure/readEndpoint";
import { refuse } from "./hookInputs";
import { logOnceRegistered } from "../pulumi/later";
import { typeOfUrn } from "../pulumi/azureBehind";
import { textOf } from "../pulumi/known";

/**
 * Runs before an existing component registers anything: refuses whatever its arguments and the live endpoint rule out,
 * so even an update that skipped its preview has written nothing.
 */
export async function beforeComponent(context: RolloutContext, inputs: HookInputs): Promise<void> {
  const { oldInputs, newInputs, oldOutputs } = inputs;
  const earlier = earlierModelsText(inputs);
  if (earlier !== undefined) logOnceRegistered(context.component, earlier);
  const id = textOf(at(oldOutputs, ["endpointId"]));
  if (id === undefined || oldInputs === undefined || newInputs === undefined) return;
  const endpoint = parseEndpointId(id);
  const fixedFor = (location: string | undefined): Violation[] => [
    ...checkFixed([
      ["resourceGroupName", endpoint.resourceGroupName, groupOf(newInputs)],
      ["location", location, textOf(newInputs["location"])],
      ["workspace", endpoint.workspaceName, workspaceOf(newInputs)],
      ["endpointName", endpoint.endpointName, textOf(newInputs["endpointName"])],
    ]),
    ...checkModelName(modelOf(oldInputs), modelOf(newInputs), context.declared),
    ...(context.isProtected ? checkGround(groundOf(oldInputs), groundOf(newInputs)) : []),
  ];
  const declaredBefore = textOf(oldInputs["location"]);
  // A preview writes nothing, so there a refused step is reported on its own resource.
  if (pulumi.runtime.isDryRun() && fixedFor(declaredBefore).length === 0) return;
  const { path, live } = await findEndpoint(context, "the component", endpoint, readEarly);
  const fixed = fixedFor(live?.location ?? declaredBefore);
  const isNew = (name: string): boolean => at(oldInputs, ["deployments", name]) === undefined;
  const step = path && live ? await checkStep(context, path, live, isNew) : [];
  refuse(fixed.length > 0 ? "the component" : "the traffic step", [...fixed, ...step]);
}

/**
 * The rules of the step except the guard, which is left to the step's own hook: its old inputs show what was last
 * written.
 */
async function checkStep(
  context: RolloutContext,
  path: EndpointPath,
  live: LiveEndpoint,
  isNew: (deployment: string) => boolean,
): Promise<Violation[]> {
  const { declared, policy } = context;
  const created = Object.keys(declared.traffic).filter(isNew);
  return [
    ...planLive(context, live, [live]).violations,
    ...created.flatMap((name) => checkInitialWeight(name, "creates it", declared, live, policy)),
    ...(await checkLiveModels(context, live, path)),
  ];
}

/** The resources of the program that contain the component, before and now. */
function groundOf({ standsIn }: Inputs): readonly Ground[] {
  const urns = Array.isArray(standsIn) ? standsIn.filter((urn) => typeof urn === "string") : [];
  return urns.map((urn) => ({ urn, type: typeOfUrn(urn) }));
}

/** The endpoint's declared resource group. */
function groupOf(args: Inputs): string | undefined {
  const id = existingId(args);
  if (id !== undefined) return segmentOf(id, "resourceGroups");
  const {
    existingName,
    existingResourceGroupName = args["resourceGroupName"],
    existingResourceId,
  } = workspaceArgs(args);
  if (existingResourceId !== undefined) return undefined;
  return textOf(existingName === undefined ? args["resourceGroupName"] : existingResourceGroupName);
}

function workspaceOf(args: Inputs): string | undefined {
  const id = existingId(args);
  const { existingName, name } = workspaceArgs(args);
  return id === undefined ? textOf(existingName ?? name) : segmentOf(id, "workspaces");
}

function existingId(args: Inputs): string | undefined {
  return textOf(workspaceArgs(args)["existingResourceId"]);
}

function workspaceArgs(args: Inputs): Inputs {
  const { workspace } = args;
  return isMap(workspace) ? workspace : {};
}

function modelOf(args: Inputs): NamedModel {
  const { deployments } = args;
  const entries = Object.entries(isMap(deployments) ? deployments : {}).flatMap(([name, deployment]) => {
    const version = textOf(at(deployment, ["modelVersion"]));
    const isOwn = version !== undefined && at(args, ["model", "versions", version, "id"]) === undefined;
    return isOwn ? [[name, version] as const] : [];
  });
  return { name: textOf(at(args, ["model", "name"])) ?? "", deployments: Object.fromEntries(entries) };
}

/** Where model files are, as shown on the component's own line. */
export const DEFAULT_DATASTORE = "default datastore of the workspace";

const TEXT =
  "model files are now in the default datastore of the workspace, and the stack has no resources for them any more. What an " +
  "earlier version declared for them (Blob, BlobContainer, Datastore, ModelContainer) leaves the state of the stack only " +
  'and stays in Azure, as the preview\'s "retain" says; what is registered keeps its address and is not written';

/** A one-time notice for a stack whose models an earlier version declared; undefined for any other. */
function earlierModelsText({ oldInputs, newInputs }: HookInputs): string | undefined {
  if (oldInputs === undefined || oldInputs["modelFiles"] !== undefined || newInputs === undefined) return undefined;
  const versions = at(oldInputs, ["model", "versions"]);
  const hadOwn = Object.values(isMap(versions) ? versions : {}).some((source) => at(source, ["id"]) === undefined);
  return hadOwn ? TEXT : undefined;
}
