import type { ProgressiveMlflowEndpointArgs } from "../args";
import { EndpointAuthMode, KeyType } from "../args";
import { authModeOf } from "../rollout/authMode";
import { show } from "../rollout/violation";
import type { Violation } from "../rollout/violation";
import { checkArmId } from "./armId";
import { checkSettings } from "./checkMap";
import { checkInputText } from "./plain";
import { checkChoice, checkGiven } from "./scalars";

/** How callers authenticate, and the secret that holds a key for them. */
export function checkAccess(args: ProgressiveMlflowEndpointArgs): Violation[] {
  return [...checkAuthMode(args), ...checkKeySecret(args)];
}

function checkAuthMode({ authMode, compute }: ProgressiveMlflowEndpointArgs): Violation[] {
  if (authMode === "AADToken" && compute !== undefined) {
    return [{ path: "authMode", reason: '"AADToken" is for managed endpoints; use AMLToken or Key on Kubernetes' }];
  }
  return checkChoice("authMode", authMode, EndpointAuthMode);
}

function checkKeySecret(args: ProgressiveMlflowEndpointArgs): Violation[] {
  const path = "keySecret";
  const keys = ["keyVaultResourceId", "secretName", "keyType"];
  return checkSettings(path, args.keySecret, keys, ({ keyVaultResourceId, secretName, keyType }) => [
    ...(authModeOf(args) === "Key"
      ? []
      : [{ path, reason: `holds a key, and authMode is ${authModeOf(args)}; use Key` }]),
    ...checkGiven(`${path}.keyVaultResourceId`, keyVaultResourceId, "give the ARM id of the key vault"),
    ...checkArmId(`${path}.keyVaultResourceId`, keyVaultResourceId, "keyVault"),
    ...checkInputText(`${path}.secretName`, secretName, (name) =>
      /^[-a-zA-Z0-9]{1,127}$/.test(name) ? undefined : `must be 1 to 127 letters, digits and dashes, got ${show(name)}`,
    ),
    ...checkChoice(`${path}.keyType`, keyType, KeyType),
  ]);
}
