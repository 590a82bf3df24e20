import { describeRef, refOf } from "../contract/liveModel";
import type { KnownContract } from "../contract/contractFacts";
import { MlModelError, readMlModel } from "../contract/modelContract";
import { datastoreFolder } from "../models/modelAddress";
import { readText } from "../models/modelStore";
import type * as pulumi from "@pulumi/pulumi";
import type { ModelPlace, ModelSource } from "./modelVersions";
import { readVersion } from "./registeredVersions";
import { isSameName } from "../values/sameName";

/**
 * The component whose provider reads, and where its models are; undefined while a preview does not know their
 * workspace.
 */
interface Reader {
  readonly component: pulumi.ComponentResource;
  readonly modelPlace?: Promise<ModelPlace | undefined>;
}

/**
 * The contract of a model in Azure, from its `MLmodel` in the datastore; never rejects: a failed read is reported, and
 * decides nothing.
 *
 * @param what - how the model is called, such as `the model of green`
 */
export async function readContract(reader: Reader, what: string, source: ModelSource): Promise<KnownContract> {
  try {
    const place = await reader.modelPlace;
    if (place === undefined) return unknown(`the workspace of ${what} is not known yet`);
    const { id, uri } = source;
    if (id !== undefined) return await readById(reader, place, id);
    return uri === undefined ? unknown(`${what} is not known yet`) : await readAt(place, what, uri);
  } catch (error) {
    return unknown(`${what} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function readById({ component }: Reader, place: ModelPlace, id: string): Promise<KnownContract> {
  const ref = refOf(id, place.workspace);
  if (ref === undefined) return unknown(`${id} is not a model version`);
  const shown = describeRef(ref);
  if (ref.place !== "") return unknown(`the files of ${shown} are not read`);
  const { name, version } = ref;
  const registered = await readVersion(component, { ...place.workspace, name, version });
  return registered === undefined ? unknown(`${shown} is not registered`) : readAt(place, shown, registered.modelUri);
}

async function readAt({ stores, workspace }: ModelPlace, what: string, uri: string): Promise<KnownContract> {
  const folder = datastoreFolder(uri);
  if (folder === undefined) return unknown(`the files of ${what} are at ${uri}, which is not a folder of a datastore`);
  if (folder.workspace !== undefined && !isSameName(folder.workspace.workspaceName, workspace.workspaceName)) {
    return unknown(`the files of ${what} are in workspace ${folder.workspace.workspaceName}`);
  }
  const text = await readText(await stores.store(folder.datastore), `${folder.path}/MLmodel`);
  if (text === undefined) return unknown(`${what} has no MLmodel at ${uri}`);
  try {
    return { contract: readMlModel(text) };
  } catch (error) {
    if (error instanceof MlModelError) return unknown(`the MLmodel of ${what} ${error.message}`);
    throw error;
  }
}

function unknown(reason: string): KnownContract {
  return { contract: undefined, unknown: reason };
}
