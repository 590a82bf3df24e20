import type { Values } from "../stack/exportedStack";
import { textIn } from "../stack/exportedStack";

/** A registered model version, parsed from its id. */
export interface RegisteredModel {
  readonly id: string;
  readonly name: string;
  readonly version: string;
}

/** `.../models/<name>/versions/<version>`, of a workspace (ARM id) or a registry. */
const MODEL_ID = /\/models\/([^/]+)\/versions\/([^/]+)$/i;

/** The model version that a deployment runs; undefined when it runs something else. */
export function modelOf(deployment: Values): RegisteredModel | undefined {
  const id = textIn(deployment, "properties.model");
  const [, name, version] = MODEL_ID.exec(id ?? "") ?? [];
  return id === undefined || name === undefined || version === undefined ? undefined : { id, name, version };
}
