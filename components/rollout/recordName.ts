import { createHash } from "node:crypto";

/** Names of template deployments: up to 64 letters, digits and `-_.()`. Source: Azure Resource Manager, name rules. */
const MAX_NAME = 64;
/** Hexadecimal digits of the hash of a workspace whose name does not fit. */
const HASH_DIGITS = 8;

/**
 * Name of the template deployment that writes an endpoint. Names are unique in a resource group, where endpoints of two
 * workspaces may have the same name. Neither name contains a dot, so no two pairs collide.
 *
 * @param step - suffix of the name
 */
export function recordName(workspace: string, endpoint: string, step = "traffic"): string {
  const full = `${workspace}.${endpoint}-${step}`;
  if (full.length <= MAX_NAME) return full;
  const hash = createHash("sha256").update(workspace.toLowerCase()).digest("hex").slice(0, HASH_DIGITS);
  return `${endpoint}-${step}.${hash}`;
}
