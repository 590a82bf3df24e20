import { randomBytes } from "node:crypto";
import type { ArmRequest } from "../../arm/resourceHandler";
import type { Resource } from "../../arm/store";
import { isObject, objectAt, textAt } from "../../common/json";
import type { Reply } from "../../http/exchange";
import { ENDPOINT_TOKEN_SECONDS } from "../../identity/tokens";
import { deleteAccepted, operationUrl } from "../shared/operations";
import type { MlServices } from "../shared/services";
import { ENDPOINT_UPDATE_MS } from "./records";
import { requireNoOperation } from "./refusals";

/** The keys of a new endpoint: from its PUT, else random. */
export function newKeys(given: unknown): object {
  const keys = isObject(given) ? given : {};
  return { primaryKey: keys["primaryKey"] ?? randomKey(), secondaryKey: keys["secondaryKey"] ?? randomKey() };
}

/** Replaces one key with a given or random one. */
export function regenerateKeys(services: MlServices, request: ArmRequest, endpoint: Resource): Reply {
  requireNoOperation(services, endpoint.id);
  const which = textAt(request.body, "keyType") === "Secondary" ? "secondaryKey" : "primaryKey";
  const value = textAt(request.body, "keyValue") ?? randomKey();
  const complete = () => {
    endpoint.hidden = { ...endpoint.hidden, keys: { ...objectAt(endpoint.hidden, "keys"), [which]: value } };
    services.store.touch();
  };
  const operation = services.operations.start(
    { resourceId: endpoint.id, running: "Updating", durationMs: ENDPOINT_UPDATE_MS, complete },
    endpoint.id,
  );
  return {
    ...deleteAccepted(operationUrl(services, request, "oeidp", String(endpoint.document["location"]), operation.id)),
    body: undefined,
  };
}

/** A token for callers, who compare its times with their own clock and not with the virtual one. */
export function issueToken({ identity }: MlServices, { id }: Resource): Reply {
  const { token, expires } = identity.issueEndpointToken(id);
  return {
    status: 200,
    body: {
      accessToken: token,
      tokenType: "Bearer",
      expiryTimeUtc: expires,
      refreshAfterTimeUtc: expires - ENDPOINT_TOKEN_SECONDS / 2,
    },
  };
}

function randomKey(): string {
  return randomBytes(24).toString("base64url");
}
