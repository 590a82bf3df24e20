import { createHash } from "node:crypto";

/** Names of template deployments: up to 64 letters, digits and `-_.()`. Source: Azure Resource Manager, name rules. */
const MAX_NAME = 64;
/** Hexadecimal digits of the hash of a workspace whose name does not fit. */
const HASH_DIGITS = 8;

/**
 * Name of the template deployment that writes an endpoint. Those of a resource group share one space of names, in which
 * endpoints of two workspaces may have the same name. A dot stands in neither name, so that no two pairs make one name.
 *
 * @param step - ends the name
 */
export function recordName(workspace: string, endpoint: string, step = "traffic"): string {
  const full = `${workspace}.${endpoint}-${step}`;
  if (full.length <= MAX_NAME) return full;
  const hash = createHash("sha256").update(workspace.toLowerCase()).digest("hex").slice(0, HASH_DIGITS);
  return `${endpoint}-${step}.${hash}`;
}
