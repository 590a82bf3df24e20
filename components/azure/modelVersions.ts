import * as pulumi from "@pulumi/pulumi";
import { planVersion } from "../models/versionPlan";
import type { VersionPlan } from "../models/versionPlan";
import type { ReadFolder } from "../models/modelFolders";
import type { ModelStores, WorkspacePath } from "./modelStores";
import { Unanswered, reasonOf } from "./readEndpoint";
import type { RegisteredVersions } from "./registeredVersions";
import type { UploadPlan } from "../models/uploadText";

/** Where model versions are registered and where their files are; known once the workspace is. */
export interface ModelPlace {
  readonly workspace: WorkspacePath;
  readonly stores: ModelStores;
  /** Uploads of this run by destination: versions with the same content are uploaded once. */
  readonly uploads: Map<string, Promise<UploadPlan>>;
}

/** Where a model without a local folder is; undefined while a preview does not know it. */
export interface ModelSource {
  readonly id?: string | undefined;
  readonly uri?: string | undefined;
}

/** What is known about a declared version before it is registered. */
export interface VersionFacts extends ReadFolder {
  /** Undefined while a preview does not know the workspace yet, or Azure could not be asked. */
  readonly plan?: VersionPlan;
  /** Why Azure could not be asked. */
  readonly unread?: string;
  readonly place?: ModelPlace;
}

/** A version that the component registers. */
export interface VersionRequest {
  readonly version: string;
  /** In full; undefined for a folder, or while a preview does not know it. */
  readonly uri: Promise<string | undefined> | undefined;
  readonly archived: boolean | undefined;
}

/** Compares a version with Azure's; never rejects. */
export async function versionFacts(
  registered: RegisteredVersions,
  { version, uri, archived }: VersionRequest,
  reading: Promise<ReadFolder>,
  placing: Promise<ModelPlace | undefined>,
): Promise<VersionFacts> {
  let place: ModelPlace | undefined;
  try {
    place = await placing;
    if (place === undefined) return await reading;
    const [read, full, found] = await Promise.all([reading, uri, registered.read(place.workspace, version)]);
    const declared = { contentName: read.folder?.contentName, uri: full, archived };
    return { ...read, place, plan: planVersion(declared, found) };
  } catch (error) {
    // A provider that a preview cannot configure yet reveals nothing.
    const isOpen = error instanceof Unanswered && pulumi.runtime.isDryRun();
    return { ...(await reading), ...(place && { place }), ...(!isOpen && { unread: reasonOf(error) }) };
  }
}
